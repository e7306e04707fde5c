import { CODE_ELEMENTS, localName, type MarkupPlace } from './markup-place.ts';

/** Attributes whose value is unescaped and then run, or read as a page. */
const CODE = /^(?:on|(?:srcdoc|style)$)/;
/** Attributes whose value may be followed, `javascript:` too. */
const ADDRESS: ReadonlySet<string> = new Set(['href', 'src', 'action', 'formaction', 'data']);
/** Elements whose address is loaded into the page, or that all its other addresses are read from. */
const LOADING: ReadonlySet<string> = new Set([
  'script',
  'base',
  'link',
  'iframe',
  'frame',
  'embed',
  'object',
  'applet',
]);
/** Elements that set attributes of others, `href` too, and by what. */
const ANIMATION: ReadonlySet<string> = new Set(['animate', 'set']);
const ANIMATED: ReadonlySet<string> = new Set(['to', 'from', 'by', 'values']);

/** Beginnings of addresses behind which a value can no longer say what kind of address it is; behind a slash alone it can, by another. */
const SETTLED = /^(?!\s*\/$)(?:https?:|mailto:|[^:&]*[/#?])/i;

/** Why no value may stand at a place, if it is printed by that helper, or by none. */
export function markupProblem(place: MarkupPlace, helper: string): string | undefined {
  const { within, element, quote, attribute } = place;
  if (within === 'raw')
    return CODE_ELEMENTS.has(localName(element))
      ? `what is escaped is still code inside <${element}>: put it in an attribute, such as data-run="{{json this}}"`
      : `what is escaped is not read as escaped inside <${element}>: use another element`;
  if (within === 'comment') return 'a value could end the comment: write it outside, or comment by {{!-- … --}}';
  if (within === 'cdata') return 'inside CDATA nothing is read as escaped: leave out "<![CDATA[" and "]]>"';
  if (within === 'tag') return 'inside a tag values stand in quoted attributes only';
  if (within !== 'value') return undefined;
  if (quote === '') return `a value could leave the attribute "${attribute}": put quotes around it`;
  return attributeProblem(place, helper);
}

function attributeProblem({ element, attribute, value }: MarkupPlace, helper: string): string | undefined {
  const [tag, name] = [localName(element), localName(attribute)];
  const isAddress = ADDRESS.has(name);
  if (/^[!?]/.test(element)) return `no value may stand in <${element}>`;
  if (CODE.test(attribute)) return `"${attribute}" is code, also where the value is escaped: use another attribute`;
  if (isAddress && LOADING.has(tag)) return `no value may say what <${element}> loads: write the whole address`;
  if (name === 'formaction' || (isAddress && tag === 'form'))
    return 'no value may say where a form goes: write the whole address';
  if (ANIMATION.has(tag) && ANIMATED.has(name))
    return `"${attribute}" of <${element}> becomes the value of another attribute: write it without values`;
  if (name === 'content' && tag === 'meta') return 'write the name of <meta> before its content';
  if (name === 'content' && tag === 'meta http-equiv') return `no value may say what <${element}> does`;
  if (isAddress && settled(value) < (helper === 'url' ? 1 : 2))
    return `an address could run something, or lead to another site: write ${attribute}="{{url …}}"`;
  return undefined;
}

/** How far an address is settled: 2: whatever comes next is a part of it, 1: nothing is said yet, 0: what comes next can mean anything. */
function settled(address: string): 0 | 1 | 2 {
  if (SETTLED.test(address)) return 2;
  return address.trim() === '' ? 1 : 0;
}

/** The place behind either of two branches, whose values can be what they are in one of them. */
export function joined(one: MarkupPlace, other: MarkupPlace): MarkupPlace {
  const value = settled(one.value) < settled(other.value) ? one.value : other.value;
  return { ...one, value, isOpen: one.isOpen || other.isOpen };
}
