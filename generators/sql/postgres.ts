import type { LogicalType } from '../../src/model/logical-type.ts';
import { quoteName } from '../../src/sql/quote.ts';
import type { DdlEngine, NativeType, TypeInput } from './engine.ts';
import { nativeText } from './native.ts';
import { regexPrinter } from './regex.ts';
import { standardLiteral } from './standard-literal.ts';

/** Bytes of a name (NAMEDATALEN); longer ones are cut by the server. */
const LONGEST_NAME = 63;

/** PostgreSQL's advanced regular expressions (manual, §9.7.3): without options `^` and `$` are the ends of the text alone. */
const pattern = regexPrinter({
  start: ['^', '(?:^)'],
  end: ['$', '(?:$)'],
  any: '.',
  hidden: (code) =>
    code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`,
});

export const postgres: DdlEngine = {
  name: 'postgres',
  title: 'PostgreSQL',
  syntax: 'standard',
  foldsNames: true,
  warehouses: ['postgres'],
  quote: quoteName,
  nameProblem: (name) => {
    const bytes = Buffer.byteLength(name);
    return bytes > LONGEST_NAME ? `its name has ${bytes} bytes, PostgreSQL takes ${LONGEST_NAME}` : undefined;
  },
  preamble: [],
  type,
  text,
  literal: (literal, of) => standardLiteral(literal, of, text, (special) => `double precision ${text(special)}`),
  defaultOf(literal, of) {
    if (literal.kind !== 'now') {
      const value = this.literal(literal, of);
      return value === undefined ? { note: 'PostgreSQL has no literal for it' } : { text: value };
    }
    return of.name === 'instant' ? { text: 'now()' } : { note: 'the current time of a zone is no default' };
  },
  comparable: (column) => column,
  codePoints: (column) => `char_length(${column})`,
  matches: (column, tree) => `${column} ~ ${text(pattern(tree))}`,
  isNumber: (column, { name }) => (name === 'float' || name === 'decimal' ? `${column} <> 'NaN'` : undefined),
  comparisonProblem: () => undefined,
  notes: [],
  comments: 'statements',
  comment: (comment) => ({ text: text(comment) }),
  tableOptions: [],
  altersForeignKeys: true,
};

/** Backslashes are themselves only where `standard_conforming_strings` is on; an `E` string reads them the same everywhere. */
function text(value: string): string {
  const quoted = value.replaceAll("'", "''");
  if (!/[\\\p{Cc}\u2028\u2029]/u.test(value)) return `'${quoted}'`;
  const escaped = quoted
    .replaceAll('\\', '\\\\')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => NAMED[character] ?? `\\u${hex(character)}`);
  return `E'${escaped}'`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}

function type({ field, declared }: TypeInput): NativeType {
  const { shape } = field;
  if (shape.kind === 'array' && shape.element.shape.kind === 'value' && shape.element.type.name !== 'native') {
    const element = scalar(
      shape.element.type,
      shape.element.type.name === 'string' ? shape.element.type.length : undefined,
    );
    return { text: `${element.text}[]`, notes: element.notes ?? [] };
  }
  if (shape.kind === 'value') return scalar(shape.type, declared);
  const kind = shape.kind === 'array' ? 'array' : 'object';
  // A JSON column may hold anything else too, unless the contract says that it is a struct.
  return field.type.name === 'json'
    ? { text: 'jsonb' }
    : { text: 'jsonb', check: (column) => `jsonb_typeof(${column}) = '${kind}'` };
}

/** PostgreSQL's own maximum for `varchar(n)`. */
const LONGEST_TEXT = 10_485_760;

function scalar(of: LogicalType, declared: number | undefined): NativeType {
  switch (of.name) {
    case 'string':
      if (declared === undefined || declared > LONGEST_TEXT) return { text: 'text' };
      return { text: `varchar(${declared})`, width: declared };
    case 'integer':
      if (of.bits !== 8) return { text: { 16: 'smallint', 32: 'integer', 64: 'bigint' }[of.bits ?? 64] };
      return {
        text: 'smallint',
        check: (column) => `${column} between -128 and 127`,
        notes: ['PostgreSQL has no integer of 8 bits: it is a smallint, which its type check calls another size'],
      };
    case 'decimal':
      return { text: of.precision === undefined ? 'numeric' : `numeric(${of.precision},${of.scale ?? 0})` };
    case 'float':
      return { text: of.bits === 32 ? 'real' : 'double precision' };
    case 'time':
    case 'timestamp':
      return { text: sized(of.name, of.precision) };
    case 'instant':
      return { text: sized('timestamptz', of.precision) };
    case 'json':
      return { text: 'jsonb' };
    case 'bytes':
      return { text: 'bytea' };
    case 'native':
      return nativeText(of.native, 'text');
    default:
      return { text: of.name };
  }
}

function sized(name: string, precision: number | undefined): string {
  return precision === undefined ? name : `${name}(${precision})`;
}
