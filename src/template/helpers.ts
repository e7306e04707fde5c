import { camelCase, pascalCase } from '../util/identifier.ts';
import { prose } from '../util/markdown-escape.ts';
import { csvField, linkAddress, markupText } from './escape.ts';
import { TemplateError } from './problem.ts';

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const WIDEST = 100;
/** Texts that every YAML reader takes for texts without quotes, in lists too. */
const PLAIN_YAML = /^(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)[a-z_][\w./-]*(?: [\w./][\w./-]*)*$/i;

/** A helper of templates, by its values alone. Throws `TemplateError` that says what its values should be. */
export type Helper = (...values: readonly unknown[]) => unknown;

/** The helpers beside the blocks `if unless each with`. */
export const HELPERS: Readonly<Record<string, Helper>> = {
  json: (value) => JSON.stringify(value),
  yaml: (value) => (typeof value === 'string' && PLAIN_YAML.test(value) ? value : JSON.stringify(value)),
  upper: (value) => textOf(value).toUpperCase(),
  lower: (value) => textOf(value).toLowerCase(),
  pascal: (value) => pascalCase(textOf(value)),
  camel: (value) => camelCase(textOf(value)),
  snake: (value) => snakeCase(textOf(value)),
  quote: (value) => `'${textOf(value).replaceAll("'", "''")}'`,
  eq: (left, right) => left === right,
  lookup: (from, key) => partOf(from, key),
  join: (values, separator = ', ') => listOf(values).map(textOf).join(textOf(separator)),
  indent: (value, by = 2) => prefixed(textOf(value), by),
  html: (value) => markupText(textOf(value)),
  xml: (value) => markupText(textOf(value)),
  markdown: (value) => prose(textOf(value), Number.POSITIVE_INFINITY),
  csv: (value) => (typeof value === 'number' ? String(value) : csvField(textOf(value))),
  url: (value) => linkAddress(textOf(value)),
};

/** Behind the end of a list is nothing, so that lists of different lengths can be walked side by side. */
function partOf(from: unknown, key: unknown): unknown {
  if (from === null) return null;
  if (typeof from !== 'object') throw new TemplateError('looks into a list or a part with parts of its own');
  const name = String(key);
  if (Object.hasOwn(from, name)) return Reflect.get(from, name);
  if (Array.isArray(from) && /^\d+$/.test(name)) return null;
  throw new TemplateError(`finds no "${name}" there`);
}

/** `orderItems`, `order-items` → `order_items` */
function snakeCase(name: string): string {
  return pascalCase(name)
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, '_')
    .toLowerCase();
}

/** Every line, the first one too, so that a comment cannot end inside a text of several lines. */
function prefixed(text: string, by: unknown): string {
  if (typeof by !== 'string' && !(typeof by === 'number' && by >= 0 && by <= WIDEST))
    throw new TemplateError(`indents by ${String(by)}, expected 0 to ${WIDEST} blanks or a text`);
  const start = typeof by === 'string' ? by : ' '.repeat(by);
  return text
    .split(LINE_BREAK)
    .map((line) => `${start}${line}`.trimEnd())
    .join('\n');
}

function textOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'object') throw new TemplateError('takes a text, and was given a part with parts of its own');
  return String(value);
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TemplateError('takes a list');
  return value;
}
