import { countOf } from '../checks/judge.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { allOf, anyOf, countWhere } from '../sql/build.ts';
import type { RunOptions, Session, SourceColumn, Sql, SqlDialect, TableSource } from '../sql/dialect.ts';
import { FORMATS } from '../sql/formats.ts';
import { sql } from '../sql/kysely.ts';
import { parsePattern } from '../sql/pattern.ts';

/** What the data of a column shows. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: LogicalType;
  readonly missing: bigint;
  readonly distinct: bigint;
  /** Numbers: whether none is below zero. */
  readonly neverNegative: boolean;
  /** All values, where there are at most twelve and the column is text. */
  readonly values?: readonly string[];
  /** A format that every value fits and that the name agrees with. */
  readonly format?: string;
  /** Newest value of dates and times, in microseconds since 1970. */
  readonly newest?: bigint;
}

export interface TableProfile {
  readonly rows: bigint;
  readonly columns: readonly ColumnProfile[];
  /** One or two columns that are present in every row and together unique; empty where there are none. */
  readonly key: readonly string[];
}

/** Most values that make an enum (semantics §12). */
const MOST_VALUES = 12n;
/** Pairs of columns that are tried as a key. */
const MOST_PAIRS = 45;

/** Asks for numbers over all rows of the table; several scans only where they are wider than a select list may be. */
type Ask = (values: readonly Sql[]) => Promise<readonly bigint[]>;

/** Expressions in one statement; each distinct count holds its values in memory. */
const WIDEST = 200;

/** Describes a table by its data, for `surety init`. */
export async function profileTable(
  source: TableSource,
  dialect: SqlDialect,
  session: Session,
  options: RunOptions,
): Promise<TableProfile> {
  const ask: Ask = async (values) => {
    const found: bigint[] = [];
    for (let start = 0; start < values.length; start += WIDEST) {
      const part = values.slice(start, start + WIDEST);
      const selected = part.map((value, index) => sql`${value} as ${sql.id(`v${index}`)}`);
      const [row] = await session.run(dialect.compile(sql`select ${sql.join(selected)} from ${source.scan}`), options);
      found.push(...part.map((_, index) => countOf(row?.[`v${index}`])));
    }
    return found;
  };
  const readable = source.columns.filter(({ forbidden }) => !forbidden);
  const types: LogicalType[] = [];
  for (const column of readable) types.push(source.text ? await inferType(column, dialect, ask) : column.type);
  const questions = readable.map((column, index) => questionsOf(column, types[index] as LogicalType, source, dialect));
  const [rows = 0n, ...answers] = await ask([sql`count(*)`, ...questions.flatMap(({ asked }) => asked)]);
  const columns: ColumnProfile[] = [];
  for (const question of questions) {
    const own = answers.splice(0, question.asked.length);
    columns.push(await profileColumn(question, own, source, dialect, session, options));
  }
  return { rows, columns, key: await findKey(rows, columns, source, dialect, session, options) };
}

/** Types that the cells of a text file may all fit, the strictest first. */
const CANDIDATES: readonly LogicalType[] = [
  { name: 'integer', bits: 64 },
  { name: 'decimal', precision: 38, scale: 10 },
  { name: 'float', bits: 64 },
  { name: 'date' },
  { name: 'timestamp' },
  { name: 'instant' },
  { name: 'uuid' },
  { name: 'boolean' },
];

async function inferType(column: SourceColumn, dialect: SqlDialect, ask: Ask): Promise<LogicalType> {
  const raw = column.cell?.raw ?? column.value;
  const { cell } = dialect;
  if (!cell) return column.type;
  // A leading zero is the mark of a code, not of a number.
  const code = parsePattern('^[+-]?0[0-9]');
  const coded = 'tree' in code ? countWhere(dialect.matches(raw, code.tree)) : sql`0`;
  const fraction = sql`max(case when position('.' in ${raw}) > 0 then ${dialect.codePoints(raw)} - position('.' in ${raw}) else 0 end)`;
  const [present = 0n, codes = 0n, scale = 0n, ...misfits] = await ask([
    sql`count(${raw})`,
    coded,
    fraction,
    ...CANDIDATES.map((type) => countWhere(cell(raw, type, {}).unparsable)),
  ]);
  if (present === 0n) return { name: 'string' };
  const type = CANDIDATES.find((candidate, index) => misfits[index] === 0n && !(codes > 0n && isNumber(candidate)));
  if (type?.name === 'decimal') return { name: 'decimal', precision: 18, scale: Math.max(1, Number(scale)) };
  return type ?? { name: 'string' };
}

function isNumber(type: LogicalType): boolean {
  return type.name === 'integer' || type.name === 'decimal' || type.name === 'float';
}

interface Questions {
  readonly column: SourceColumn;
  readonly type: LogicalType;
  readonly format: (typeof FORMATS)[number] | undefined;
  readonly asked: readonly Sql[];
}

function isTimed({ name }: LogicalType): boolean {
  return name === 'date' || name === 'timestamp' || name === 'instant';
}

/** As values compare: text by code point. */
function comparable(column: SourceColumn, type: LogicalType, source: TableSource, dialect: SqlDialect): Sql {
  const raw = column.cell?.raw ?? column.value;
  return type.name === 'string' && !source.text ? dialect.text(raw) : raw;
}

function questionsOf(column: SourceColumn, type: LogicalType, source: TableSource, dialect: SqlDialect): Questions {
  const raw = column.cell?.raw ?? column.value;
  const value = source.text && dialect.cell ? dialect.cell(raw, type, {}).value : column.value;
  const simple = !['struct', 'array', 'map', 'json', 'native', 'bytes'].includes(type.name);
  const format = type.name === 'string' ? formatByName(column.name) : undefined;
  const pattern = format && parsePattern(format.pattern);
  const newest = sql`coalesce(max(case when ${dialect.isFinite(value, type)} then ${dialect.microseconds(value, type)} end), 0)`;
  return {
    column,
    type,
    format,
    asked: [
      countWhere(sql`${raw} is null`),
      simple ? sql`count(distinct ${comparable(column, type, source, dialect)})` : sql`0`,
      isNumber(type) ? countWhere(anyOf(sql`${value} < 0`, dialect.isNaN(value, type))) : sql`1`,
      isTimed(type) ? newest : sql`0`,
      pattern && 'tree' in pattern
        ? countWhere(allOf(sql`${raw} is not null`, sql`not (${dialect.matches(raw, pattern.tree)})`))
        : sql`1`,
    ],
  };
}

async function profileColumn(
  { column, type, format }: Questions,
  answers: readonly bigint[],
  source: TableSource,
  dialect: SqlDialect,
  session: Session,
  options: RunOptions,
): Promise<ColumnProfile> {
  const [missing = 0n, distinct = 0n, negative = 0n, newest = 0n, misfits = 1n] = answers;
  const few = type.name === 'string' && distinct > 0n && distinct <= MOST_VALUES;
  const value = comparable(column, type, source, dialect);
  const values = few
    ? await session.run(
        dialect.compile(
          sql`select ${dialect.display(sql`v`)} as v from (select distinct ${value} as v from ${source.scan}) d where v is not null order by 1`,
        ),
        options,
      )
    : [];
  return {
    name: column.name,
    type,
    missing,
    distinct,
    neverNegative: isNumber(type) && negative === 0n,
    ...(few && { values: values.map((row) => String(row['v'])) }),
    ...(format && misfits === 0n && distinct > 0n && { format: format.name }),
    ...(isTimed(type) && distinct > 0n && { newest }),
  };
}

function formatByName(name: string): (typeof FORMATS)[number] | undefined {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const has = (...any: readonly string[]): boolean => any.some((word) => words.includes(word));
  const wanted = has('email', 'mail')
    ? 'email'
    : has('uuid', 'guid')
      ? 'uuid'
      : has('url', 'uri', 'link')
        ? 'uri'
        : has('iban')
          ? 'iban'
          : undefined;
  const coded = has('country')
    ? 'country-code'
    : has('currency')
      ? 'currency-code'
      : has('phone', 'mobile')
        ? 'phone'
        : has('ip')
          ? 'ipv4'
          : undefined;
  return FORMATS.find((format) => format.name === (wanted ?? coded));
}

/** A key of one column, then of two: only what holds exactly for every row. */
async function findKey(
  rows: bigint,
  columns: readonly ColumnProfile[],
  source: TableSource,
  dialect: SqlDialect,
  session: Session,
  options: RunOptions,
): Promise<readonly string[]> {
  if (rows === 0n) return [];
  const whole = columns.filter(({ missing, type }) => missing === 0n && type.name !== 'float');
  const single = whole.find(({ distinct }) => distinct === rows);
  if (single) return [single.name];
  const pairs = whole.flatMap((left, index) => whole.slice(index + 1).map((right) => [left, right] as const));
  const likely = pairs.filter(([left, right]) => left.distinct * right.distinct >= rows).slice(0, MOST_PAIRS);
  for (const [left, right] of likely) {
    const values = [left, right].map(({ name }) => {
      const column = source.columns.find((candidate) => candidate.name === name);
      return column
        ? comparable(column, whole.find((each) => each.name === name)?.type ?? column.type, source, dialect)
        : sql.id(name);
    });
    const repeated = sql`select 1 as one from ${source.scan} group by ${sql.join(values)} having count(*) > 1 limit 1`;
    if ((await session.run(dialect.compile(repeated), options)).length === 0) return [left.name, right.name];
  }
  return [];
}
