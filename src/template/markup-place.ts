/** Where in HTML or XML a text ends, as far as it matters for the value that comes next. */
export interface MarkupPlace {
  readonly within: 'text' | 'comment' | 'cdata' | 'tag' | 'value' | 'raw';
  /** Of the tag, in lower case, `/` before it where it closes. */
  readonly element: string;
  /** In lower case. */
  readonly attribute: string;
  /** Around the attribute's value; empty: there is none. */
  readonly quote: string;
  /** The attribute's value until here. */
  readonly value: string;
}

type Step = (place: MarkupPlace, text: string) => readonly [place: MarkupPlace, rest: string];

export const MARKUP_START: MarkupPlace = { within: 'text', element: '', attribute: '', quote: '', value: '' };

/** Elements whose text a browser runs and does not unescape. */
const RAW: ReadonlySet<string> = new Set(['script', 'style']);
/** Attributes whose value is unescaped and then run, or read as a page. */
const CODE = /^(?:on|srcdoc$)/;
/** Attributes whose value may be followed, `javascript:` too. */
const ADDRESS: ReadonlySet<string> = new Set(['href', 'xlink:href', 'src', 'action', 'formaction', 'data']);
/** Beginnings of addresses behind which a value can no longer say what kind of address it is. */
const SETTLED = /^(?:https?:|mailto:|[^:]*[/#?])/i;

/** The place behind some more text. */
export function markupAfter(start: MarkupPlace, text: string): MarkupPlace {
  let [place, rest] = [start, text];
  while (rest !== '') [place, rest] = STEPS[place.within](place, rest);
  return place;
}

/** Why no value may stand at a place, if it is printed by that helper, or by none. */
export function markupProblem({ within, element, attribute, quote, value }: MarkupPlace, helper: string) {
  if (within === 'raw')
    return `what is escaped is still code inside <${element}>: put it in an attribute, such as data-run="{{json this}}"`;
  if (within === 'tag') return 'inside a tag values stand in quoted attributes only';
  if (within !== 'value') return undefined;
  if (quote === '') return `a value could leave the attribute "${attribute}": put quotes around it`;
  if (CODE.test(attribute)) return `"${attribute}" is code, also where the value is escaped: use another attribute`;
  if (ADDRESS.has(attribute) && helper !== 'url' && !SETTLED.test(value))
    return `an address could run something: write ${attribute}="{{url …}}"`;
  return undefined;
}

/** Whether what comes next is read the same way at both. */
export function isSamePlace(one: MarkupPlace, other: MarkupPlace): boolean {
  return (['within', 'element', 'attribute', 'quote'] as const).every((part) => one[part] === other[part]);
}

const STEPS: Readonly<Record<MarkupPlace['within'], Step>> = {
  text(place, text) {
    const found = /<!--|<!\[CDATA\[|<(?=[a-z/!?]|$)(\/?[^\s/>]*)/i.exec(text);
    if (!found) return [place, ''];
    const [opening, element = ''] = found;
    const within = opening === '<!--' ? 'comment' : opening.startsWith('<![') ? 'cdata' : 'tag';
    return [{ ...MARKUP_START, within, element: element.toLowerCase() }, text.slice(found.index + opening.length)];
  },
  comment: (place, text) => until('-->', place, text),
  cdata: (place, text) => until(']]>', place, text),
  raw(place, text) {
    const at = text.toLowerCase().indexOf(`</${place.element}`);
    return at < 0 ? [place, ''] : [MARKUP_START, text.slice(at)];
  },
  tag(place, text) {
    const attribute = /^([^\s=>/"']+)\s*=\s*(["']?)/.exec(text);
    if (attribute) {
      const [all, name = '', quote = ''] = attribute;
      return [{ ...place, within: 'value', attribute: name.toLowerCase(), quote, value: '' }, text.slice(all.length)];
    }
    if (!text.startsWith('>')) return [place, text.slice(/^[^\s=>/"']+/.exec(text)?.[0].length ?? 1)];
    return [RAW.has(place.element) ? { ...place, within: 'raw' } : MARKUP_START, text.slice(1)];
  },
  value(place, text) {
    const end = text.search(place.quote === '' ? /[\s>]/ : place.quote);
    if (end < 0) return [{ ...place, value: place.value + text }, ''];
    return [{ ...MARKUP_START, within: 'tag', element: place.element }, text.slice(end + place.quote.length)];
  },
};

function until(end: string, place: MarkupPlace, text: string): ReturnType<Step> {
  const at = text.indexOf(end);
  return at < 0 ? [place, ''] : [MARKUP_START, text.slice(at + end.length)];
}
