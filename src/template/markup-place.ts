/** Where in HTML or XML a text ends, as far as it matters for the value that comes next. */
export interface MarkupPlace {
  readonly within: 'text' | 'comment' | 'cdata' | 'tag' | 'value' | 'raw';
  /** Of the tag, in lower case, `/` before it where it closes; of `<meta>` with the attribute that says what it is: `meta name`. */
  readonly element: string;
  /** Whether a name in the tag may go on in what comes next. */
  readonly isOpen: boolean;
  /** In lower case. */
  readonly attribute: string;
  /** Around the attribute's value; empty: there is none. */
  readonly quote: string;
  /** The attribute's value until here. */
  readonly value: string;
}

type Step = (place: MarkupPlace, text: string) => readonly [place: MarkupPlace, rest: string];

export const MARKUP_START: MarkupPlace = {
  within: 'text',
  element: '',
  isOpen: false,
  attribute: '',
  quote: '',
  value: '',
};

/** Elements whose text a browser runs. */
export const CODE_ELEMENTS: ReadonlySet<string> = new Set(['script', 'style']);
/** Elements whose text a browser reads as it is, entities too. */
const RAW: ReadonlySet<string> = new Set([...CODE_ELEMENTS, 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);
/** Attributes that say what a `<meta>` is; the last one counts more than the others. */
const META = ['name', 'property', 'itemprop', 'http-equiv'];

/** The place behind some more text. */
export function markupAfter(start: MarkupPlace, text: string): MarkupPlace {
  let [place, rest] = [start, text];
  while (rest !== '') [place, rest] = STEPS[place.within](place, rest);
  return place;
}

/** Whether a text goes on with a name, or with the beginning of a value, that other tags of the template stand inside of. */
export function isSplit({ within, isOpen, quote }: MarkupPlace, text: string): boolean {
  if (within === 'tag') return /^\s*=/.test(text) || (isOpen && /^[^\s/>]/.test(text));
  return within === 'value' && quote === '' && /^["']/.test(text);
}

/** Whether what comes next is read the same way at both. */
export function isSamePlace(one: MarkupPlace, other: MarkupPlace): boolean {
  return (['within', 'element', 'attribute', 'quote'] as const).every((part) => one[part] === other[part]);
}

/** `svg:script` → `script` */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const STEPS: Readonly<Record<MarkupPlace['within'], Step>> = {
  text(place, text) {
    const found = /<!--(?:-?>)?|<!\[CDATA\[|<(?=[a-z/!?]|$)(\/?[^\s/>]*)/i.exec(text);
    if (!found) return [place, ''];
    const [opening, element = ''] = found;
    const rest = text.slice(found.index + opening.length);
    if (opening.startsWith('<!--'))
      return [{ ...MARKUP_START, within: opening.endsWith('>') ? 'text' : 'comment' }, rest];
    const within = opening.startsWith('<![') ? 'cdata' : 'tag';
    return [{ ...MARKUP_START, within, element: element.toLowerCase(), isOpen: rest === '' }, rest];
  },
  comment: (place, text) => until(/--!?>/, place, text),
  cdata: (place, text) => until(/\]\]>/, place, text),
  raw(place, text) {
    const at = text.toLowerCase().indexOf(`</${place.element}`);
    return at < 0 ? [place, ''] : [MARKUP_START, text.slice(at)];
  },
  tag(place, text) {
    const attribute = /^([^\s=>/"']+)\s*=\s*(["']?)/.exec(text);
    if (attribute) {
      const [all, given = '', quote = ''] = attribute;
      const name = given.toLowerCase();
      const element = ofMeta(place.element, name);
      return [{ ...MARKUP_START, within: 'value', element, attribute: name, quote }, text.slice(all.length)];
    }
    if (!text.startsWith('>')) {
      const name = /^[^\s=>/"']+/.exec(text)?.[0];
      const rest = text.slice(name?.length ?? 1);
      return [{ ...place, isOpen: name !== undefined && rest === '' }, rest];
    }
    const isRaw = RAW.has(localName(place.element));
    return [isRaw ? { ...MARKUP_START, within: 'raw', element: place.element } : MARKUP_START, text.slice(1)];
  },
  value(place, text) {
    const end = text.search(place.quote === '' ? /[\s>]/ : place.quote);
    if (end < 0) return [{ ...place, value: place.value + text }, ''];
    return [{ ...MARKUP_START, within: 'tag', element: place.element }, text.slice(end + place.quote.length)];
  },
};

function ofMeta(element: string, attribute: string): string {
  const [tag, known = ''] = element.split(' ');
  return tag === 'meta' && META.indexOf(attribute) > META.indexOf(known) ? `meta ${attribute}` : element;
}

function until(end: RegExp, place: MarkupPlace, text: string): ReturnType<Step> {
  const found = end.exec(text);
  return found ? [MARKUP_START, text.slice(found.index + found[0].length)] : [place, ''];
}
