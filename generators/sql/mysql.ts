import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Literal } from '../../src/sql/literal.ts';
import type { DdlEngine, NativeType, TypeInput } from './engine.ts';
import { nativeText } from './native.ts';
import { pieces } from './pieces.ts';
import { regexPrinter } from './regex.ts';

/** Regular expressions as ICU and PCRE2 both read them; `$` would let a line break come after it. */
const pattern = regexPrinter({
  start: ['^', '(?:^)'],
  end: ['(?!(?s:.))', '(?!(?s:.))'],
  any: '(?s:.)',
  hidden: (code) => `\\x{${code.toString(16)}}`,
});

/** Characters of a name; of a comment on a column and on a table. */
const LONGEST = { name: 64, column: 1024, table: 2048 };
/** A row has 65,535 bytes; some are for what we do not count. */
const ROW_BYTES = 65_000;
/** Of InnoDB's index. */
const KEY_BYTES = 3072;
const CHARACTER_BYTES = 4;

const CUT = 'blanks at the end of a text that is too long for its column are cut off without a word';

const shared = (title: string) =>
  ({
    syntax: 'mysql',
    foldsNames: false,
    warehouses: ['mysql'],
    quote: (name: string): string => `\`${name.replaceAll('`', '``')}\``,
    nameProblem(name: string): string | undefined {
      const { length } = [...name];
      if (length > LONGEST.name) return `its name has ${length} characters, ${title} takes ${LONGEST.name}`;
      if (/[\u{10000}-\u{10ffff}]/u.test(name)) return `${title} takes no characters of four bytes in names`;
      return name.endsWith(' ') ? `${title} takes no names that end in a blank` : undefined;
    },
    preamble: ['set names utf8mb4'],
    text,
    literal,
    defaultOf(value: Literal, of: LogicalType, native: string): { readonly text: string } | { readonly note: string } {
      const fraction = /\((\d)\)$/.exec(native)?.[1] ?? '0';
      if (value.kind === 'now') {
        return of.name === 'instant'
          ? { text: `current_timestamp(${fraction})` }
          : { note: 'the current time of a zone is no default' };
      }
      if (value.kind === 'instant') return { note: `${title} reads it in the time zone of the session` };
      // A default takes no literals with a word before them.
      const plain = ['date', 'time', 'timestamp'].includes(value.kind)
        ? `'${value.text.replace('T', ' ')}'`
        : literal(value, of);
      if (plain === undefined) return { note: `${title} has no literal for it` };
      // Long texts take expressions alone.
      return { text: native === 'longtext' || /^(?:char|concat)\(/.test(plain) ? `(${plain})` : plain };
    },
    codePoints: (column: string): string => `char_length(${column})`,
    isNumber: () => undefined,
    comparisonProblem: ({ name }: LogicalType): string | undefined =>
      name === 'instant' ? `${title} compares a TIMESTAMP in the time zone of the session` : undefined,
    comments: 'inline' as const,
    comment: (value: string, of: 'table' | 'column') => comment(value, of, title),
    altersForeignKeys: true,
    mostKeyBytes: KEY_BYTES,
    mostRowBytes: ROW_BYTES,
  }) satisfies Partial<DdlEngine>;

export const mysql: DdlEngine = {
  ...shared('MySQL'),
  name: 'mysql',
  title: 'MySQL',
  type: (input) => typeOf(input, charUuid(), 'MySQL'),
  // The collation of 8.0 pads with blanks; bytes do not.
  comparable: (column) => `cast(${column} as binary)`,
  matches: (column, tree) => `regexp_like(${column}, ${text(pattern(tree) || '(?:)')}, 'c')`,
  tableOptions: ['engine = InnoDB', 'default character set utf8mb4', 'collate utf8mb4_bin'],
  uniqueTextNote: 'MySQL takes two texts for the same that differ in trailing blanks only',
  notes: ['MySQL keeps conditions since 8.0.16; before that it reads them and lets every value in', CUT],
};

export const mariadb: DdlEngine = {
  ...shared('MariaDB'),
  name: 'mariadb',
  notes: [CUT],
  title: 'MariaDB',
  type: (input) => typeOf(input, { text: 'uuid', indexBytes: 16, rowBytes: 16 }, 'MariaDB'),
  comparable: (column) => column,
  matches: (column, tree) => `${column} regexp ${text(pattern(tree))}`,
  tableOptions: ['engine = InnoDB', 'default character set utf8mb4', 'collate utf8mb4_nopad_bin'],
};

/** What a literal cannot hold in every mode, what nobody sees, and what MariaDB forgets of the conditions that it keeps. */
const SPECIAL = /[\\\p{Cc}\u2028\u2029\u{10000}-\u{10ffff}]/u;

/** Backslashes mean something or nothing, as `sql_mode` says: they are written by their number, as other special characters are. */
function text(value: string): string {
  const parts = pieces(value, SPECIAL).map((part) =>
    part.isSpecial
      ? `char(${[...part.text].map((character) => BigInt(`0x${Buffer.from(character).toString('hex')}`)).join(', ')} using utf8mb4)`
      : `'${part.text.replaceAll("'", "''")}'`,
  );
  const [only = "''", ...more] = parts;
  return more.length === 0 ? only : `concat(${parts.join(', ')})`;
}

function literal({ kind, text: value }: Literal, type: LogicalType): string | undefined {
  switch (kind) {
    case 'decimal':
    case 'boolean':
      return value;
    case 'float':
      return Number.isFinite(Number(value)) ? value : undefined;
    case 'date':
    case 'time':
    case 'timestamp':
      return `${kind} '${value.replace('T', ' ')}'`;
    case 'uuid':
      return `'${value}'`;
    case 'text':
      return type.name === 'string' ? text(value) : undefined;
    default:
      return undefined;
  }
}

/** A comment is a plain string in whatever mode, so it holds no backslash; nor does it hold characters of four bytes. */
function comment(
  value: string,
  of: 'table' | 'column',
  title: string,
): { readonly text: string; readonly note?: string } {
  const most = LONGEST[of];
  const plain = value.replaceAll('\\', '\uff3c').replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');
  const isCut = [...plain].length > most;
  const cut = isCut ? `${[...plain].slice(0, most - 1).join('')}…` : plain;
  const notes = [
    ...(plain === value
      ? []
      : [`${title} takes no backslashes in every mode, and no characters of four bytes: others stand for them`]),
    ...(isCut ? [`${title} takes ${most} characters: the rest is left out`] : []),
  ];
  return { text: `'${cut.replaceAll("'", "''")}'`, ...(notes.length > 0 && { note: `comment: ${notes.join('; ')}` }) };
}

function charUuid(): NativeType {
  const form = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!(?s:.))';
  return {
    // Upper and lower case are the same.
    text: 'char(36) character set ascii collate ascii_general_ci',
    check: (column) => `regexp_like(${column}, '${form}', 'i')`,
    indexBytes: 36,
    rowBytes: 36,
  };
}

function typeOf({ field, longest, asLong }: TypeInput, uuid: NativeType, title: string): NativeType {
  const { shape } = field;
  if (shape.kind !== 'value') {
    const kind = shape.kind === 'array' ? 'ARRAY' : 'OBJECT';
    return field.type.name === 'json'
      ? { text: 'json' }
      : { text: 'json', check: (column) => `json_type(${column}) = '${kind}'` };
  }
  const of = shape.type;
  switch (of.name) {
    case 'string': {
      const bytes = (longest ?? Number.POSITIVE_INFINITY) * CHARACTER_BYTES;
      if (asLong || longest === undefined || bytes > ROW_BYTES) {
        return { text: 'longtext', rowBytes: 12 };
      }
      return { text: `varchar(${longest})`, width: longest, indexBytes: bytes, rowBytes: bytes + 2 };
    }
    case 'uuid':
      return uuid;
    case 'json':
      return { text: 'json', rowBytes: 12 };
    case 'bytes':
      return { text: 'longblob', rowBytes: 12 };
    default:
      return { indexBytes: 20, rowBytes: 20, ...scalar(of, title) };
  }
}

const MOST_PLACES = 30;
const EXACT = 'decimal(65,30)';

function scalar(of: LogicalType, title: string): NativeType {
  switch (of.name) {
    case 'integer':
      return { text: { 8: 'tinyint', 16: 'smallint', 32: 'int', 64: 'bigint' }[of.bits ?? 64] };
    case 'decimal': {
      const { precision, scale = 0 } = of;
      if (precision === undefined)
        return { text: EXACT, notes: [`it is a ${EXACT}: ${title} has no decimals of any size`] };
      if (scale <= MOST_PLACES) return { text: `decimal(${precision},${scale})` };
      return {
        text: `decimal(${precision - scale + MOST_PLACES},${MOST_PLACES})`,
        notes: [`${title} keeps at most ${MOST_PLACES} digits behind the point, the contract has ${scale}`],
      };
    }
    case 'float':
      return { text: of.bits === 32 ? 'float' : 'double' };
    case 'boolean':
      return { text: 'boolean', check: (column) => `${column} in (0, 1)` };
    case 'date':
      return { text: 'date' };
    case 'time':
      return { text: `time(${of.precision ?? 6})` };
    case 'timestamp':
      return { text: `datetime(${of.precision ?? 6})` };
    case 'instant':
      return {
        text: `timestamp(${of.precision ?? 6})`,
        saysNull: true,
        notes: [`${title}'s TIMESTAMP goes from 1970 to 2038`],
      };
    case 'native':
      return nativeText(of.native, 'longtext');
    default:
      return { text: 'longtext' };
  }
}
