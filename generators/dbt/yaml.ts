import { Document, Scalar } from 'yaml';

/** What dbt's properties are made of; `undefined` is left out. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Texts that every YAML reader takes for texts as they are. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)[a-z_](?:[\w.,()/-]| (?![#-]))*$/i;
/** Several lines that a block can hold. */
const BLOCK =
  /^(?=\S)(?:[\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdff\ufe10-\ufefe\uff00-\ufffd]|[\ud800-\udbff][\udc00-\udfff])+\S$/;
/** Line breaks and controls of older readers, and marks of byte order. */
const HIDDEN = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** The properties as YAML 1.1, which dbt reads: whatever could be taken for something else stands in double quotes. */
export function printYaml(header: string, value: Json): string {
  const document = new Document(styled(value), { version: '1.2', aliasDuplicateObjects: false });
  const text = document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    indentSeq: true,
    blockQuote: 'literal',
  });
  return `# ${header}\n${text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;
}

function styled(value: Json | undefined): unknown {
  if (typeof value === 'string') return Object.assign(new Scalar(value), { type: styleOf(value) });
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(styled);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, styled(inside)]));
}

function styleOf(text: string): Scalar.Type {
  if (text.includes('\n') && BLOCK.test(text) && !/[\u2028\u2029\t]| \n/.test(text)) return Scalar.BLOCK_LITERAL;
  return PLAIN.test(text) && !text.endsWith(' ') ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
}
