import type { Column } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { quoteName } from '../../src/sql/quote.ts';
import type { Field } from '../../src/sql/shape.ts';
import type { DdlEngine, NativeType, TypeInput } from './engine.ts';
import { nativeText } from './native.ts';
import { pieces, UNSEEN } from './pieces.ts';
import { regexPrinter } from './regex.ts';
import { standardLiteral } from './standard-literal.ts';

/** RE2. DuckDB takes a bare anchor for one of the whole text wherever it stands; a group keeps it from that. */
const pattern = regexPrinter({
  start: ['\\A', '(\\A)'],
  end: ['\\z', '(\\z)'],
  any: '(?s:.)',
  hidden: (code) => `\\x{${code.toString(16)}}`,
});

export const duckdb: DdlEngine = {
  name: 'duckdb',
  title: 'DuckDB',
  syntax: 'standard',
  foldsNames: false,
  warehouses: ['duckdb', 'files'],
  quote: quoteName,
  nameProblem: () => undefined,
  preamble: [],
  type: ({ field }: TypeInput) => typeOf(field),
  text,
  literal(literal, of) {
    const plain = standardLiteral(literal, of, text, (special) => `cast(${text(special)} as double)`);
    // DuckDB would round a plain number to the 32 bits of the column before it compares them.
    const isRounded = of.name === 'float' && of.bits === 32 && plain === literal.text;
    return isRounded ? `cast(${plain} as double)` : plain;
  },
  defaultOf(literal, of) {
    if (literal.kind !== 'now') {
      const value = this.literal(literal, of);
      return value === undefined ? { note: 'DuckDB has no literal for it' } : { text: value };
    }
    return of.name === 'instant' ? { text: 'now()' } : { note: 'the current time of a zone is no default' };
  },
  comparable: (column) => column,
  codePoints: (column) => `length(${column})`,
  matches: (column, tree) => `regexp_matches(${column}, ${text(pattern(tree))})`,
  isNumber: (column, { name }) => (name === 'float' ? `not isnan(${column})` : undefined),
  comparisonProblem: () => undefined,
  notes: [],
  comments: 'statements',
  comment: (comment) => ({ text: text(comment) }),
  tableOptions: [],
  altersForeignKeys: false,
};

/** Plain strings have no escapes at all; what nobody sees is written by its number. */
function text(value: string): string {
  if (value === '') return "''";
  return pieces(value, UNSEEN)
    .flatMap((part) =>
      part.isSpecial
        ? [...part.text].map((character) => `chr(${character.codePointAt(0)})`)
        : [`'${part.text.replaceAll("'", "''")}'`],
    )
    .join(' || ');
}

function typeOf(field: Field<Column>): NativeType {
  const { shape, path } = field;
  switch (shape.kind) {
    case 'value':
      return scalar(shape.type);
    case 'array': {
      const element = typeOf(shape.element);
      return { text: `${element.text}[]`, notes: element.notes ?? [] };
    }
    case 'map': {
      const [key, value] = [scalar(shape.key), typeOf(shape.value)];
      return { text: `map(${key.text}, ${value.text})`, notes: [...(key.notes ?? []), ...(value.notes ?? [])] };
    }
    case 'struct': {
      if (field.type.name === 'json') return { text: 'json' };
      if (shape.fields.length === 0) {
        return {
          text: 'json',
          notes: [`${path} is json: DuckDB has no struct without members, and the contract names none`],
        };
      }
      const members = shape.fields.map((member) => ({ name: member.name, ...typeOf(member) }));
      return {
        text: `struct(${members.map((member) => `${quoteName(member.name)} ${member.text}`).join(', ')})`,
        notes: members.flatMap(({ notes = [] }) => notes),
      };
    }
  }
}

/** Digits of a second → the type that keeps exactly so many. */
const TIMESTAMPS: Readonly<Record<number, string>> = { 0: 'timestamp_s', 3: 'timestamp_ms', 6: 'timestamp' };

function scalar(of: LogicalType): NativeType {
  switch (of.name) {
    case 'string':
      return { text: 'varchar' };
    case 'integer':
      return { text: { 8: 'tinyint', 16: 'smallint', 32: 'integer', 64: 'bigint' }[of.bits ?? 64] };
    case 'decimal':
      if (of.precision !== undefined) return { text: `decimal(${of.precision},${of.scale ?? 0})` };
      return { text: 'decimal(38,10)', notes: ['it is a decimal(38,10): DuckDB has no decimals of any size'] };
    case 'float':
      return { text: of.bits === 32 ? 'float' : 'double' };
    case 'time':
      return always6('time', of.precision);
    case 'timestamp':
      return TIMESTAMPS[of.precision ?? 6]
        ? { text: TIMESTAMPS[of.precision ?? 6] as string }
        : always6('timestamp', of.precision);
    case 'instant':
      return always6('timestamptz', of.precision);
    case 'bytes':
      return { text: 'blob' };
    case 'native':
      return nativeText(of.native, 'varchar');
    default:
      return { text: of.name };
  }
}

function always6(name: string, precision = 6): NativeType {
  if (precision === 6) return { text: name };
  return {
    text: name,
    notes: [
      `DuckDB's ${name} always has 6 digits of a second, the contract has ${precision}: its type check will say so`,
    ],
  };
}
