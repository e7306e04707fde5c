/** Ages are measured from here, so that every run counts the same. */
export const NOW = '2026-11-25 00:00:00';
/** Five minutes ahead of it: what is later does not count for freshness. */
const AHEAD = '2026-11-25 00:05:00';
const TODAY = `date '${NOW.slice(0, 10)}'`;

/** Text types have a length behind them, decimals precision and scale. */
type TypeName = 'bigint' | 'integer' | 'smallint' | 'double' | 'boolean' | 'date' | 'timestamp' | 'timestamptz';
export type BenchType = TypeName | `varchar(${number})` | `decimal(${number},${number})`;

/** Where the engines' SQL differs, for making the data and for what a person would write by hand. */
export interface Flavour {
  /** A type as `create table` takes it, where that is not its own name. */
  readonly types: Readonly<Partial<Record<BenchType, string>>>;
  /** A type as the catalog says it. */
  catalogued(type: BenchType): string;
  /** A relation with the numbers from 1 in its column `i`. */
  series(rows: number): string;
  days(date: string, count: string): string;
  seconds(time: string, count: string): string;
  /** The text by code point, whatever the collation of its column. */
  exact(text: string): string;
  /** True where the text is an `A` and eight digits, and nothing else. */
  isNumber(text: string): string;
  /** Seconds from the newest time that counts to now. */
  age(column: string): string;
  /** True for times that are too far ahead. */
  isAhead(column: string): string;
  readonly today: string;
  /** True for values that the engine's type holds and that of the contract does not: a rule on values there. */
  strays(column: string, type: BenchType): string | undefined;
}

const POSTGRES_NAMES: Readonly<Partial<Record<TypeName, string>>> = {
  double: 'double precision',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
};

export const postgres: Flavour = {
  types: { double: 'double precision' },
  catalogued: (type) =>
    type
      .replace('varchar', 'character varying')
      .replace('decimal', 'numeric')
      .replace(/^\w+$/, (name) => {
        return POSTGRES_NAMES[name as TypeName] ?? name;
      }),
  series: (rows) => `generate_series(cast(1 as bigint), ${rows}) as s(i)`,
  days: (date, count) => `${date} + cast(${count} as integer)`,
  seconds: (time, count) => `${time} + (${count}) * interval '1 second'`,
  exact: (text) => `${text} collate "C"`,
  isNumber: (text) => `${text} collate "C" ~ '^A[0-9]{8}$'`,
  age: (column) =>
    `cast(extract(epoch from timestamptz '${NOW}+00' - max(case when ${column} <= timestamptz '${AHEAD}+00' then ${column} end)) as bigint)`,
  isAhead: (column) => `${column} > timestamptz '${AHEAD}+00'`,
  today: TODAY,
  strays: () => undefined,
};

export const duckdb: Flavour = {
  types: {},
  catalogued: (type) => {
    if (type === 'timestamptz') return 'TIMESTAMP WITH TIME ZONE';
    return type.startsWith('varchar') ? 'VARCHAR' : type.toUpperCase();
  },
  series: (rows) => `range(1, ${rows + 1}) as s(i)`,
  days: (date, count) => `${date} + cast(${count} as integer)`,
  seconds: (time, count) => `${time} + to_seconds(${count})`,
  exact: (text) => text,
  isNumber: (text) => `regexp_full_match(${text}, 'A[0-9]{8}')`,
  age: (column) =>
    `date_diff('second', max(case when ${column} <= timestamptz '${AHEAD}+00' then ${column} end), timestamptz '${NOW}+00')`,
  isAhead: (column) => `${column} > timestamptz '${AHEAD}+00'`,
  today: TODAY,
  // A varchar has no length.
  strays(column, type) {
    const length = /^varchar\((\d+)\)$/.exec(type)?.[1];
    return length === undefined ? undefined : `length(${column}) > ${length}`;
  },
};

const mysqlFamily: Omit<Flavour, 'isNumber'> = {
  types: { boolean: 'tinyint(1)', timestamp: 'datetime(6)', timestamptz: 'timestamp(6) null' },
  catalogued: (type) => (mysqlFamily.types[type] ?? type).replace(' null', '').replace('integer', 'int'),
  series: (rows) => `(select i from $s.numbers where i <= ${rows}) as s`,
  days: (date, count) => `${date} + interval ${count} day`,
  seconds: (time, count) => `${time} + interval ${count} second`,
  exact: (text) => `cast(${text} as binary)`,
  // The session's zone is UTC.
  age: (column) =>
    `timestampdiff(second, max(case when ${column} <= timestamp '${AHEAD}' then ${column} end), timestamp '${NOW}')`,
  isAhead: (column) => `${column} > timestamp '${AHEAD}'`,
  today: TODAY,
  // A boolean is a number.
  strays: (column, type) => (type === 'boolean' ? `${column} not in (0, 1)` : undefined),
};

/** Makes the numbers that series are taken from, as many digits side by side as it takes: the two have no series of their own in common. */
export function numbers(rows: number): readonly string[] {
  const digits = String(rows).length;
  const places = Array.from({ length: digits }, (_, place) => place);
  const sum = places.map((place) => `d${place}.d * ${10 ** place}`).join(' + ');
  const from = places.map((place) => `$s.digits d${place}`).join(', ');
  return [
    'create table $s.digits (d bigint)',
    'insert into $s.digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)',
    'create table $s.numbers (i bigint primary key)',
    `insert into $s.numbers select ${sum} from ${from} where ${sum} between 1 and ${rows} order by 1`,
  ];
}

export const mysql: Flavour = {
  ...mysqlFamily,
  isNumber: (text) => `regexp_like(${text}, '^A[0-9]{8}\\\\z', 'c')`,
};

export const mariadb: Flavour = {
  ...mysqlFamily,
  isNumber: (text) => `${text} collate utf8mb4_bin regexp '^A[0-9]{8}\\\\z'`,
};
