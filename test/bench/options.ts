import { parseArgs } from 'node:util';

/** What the benchmark can run on: a DuckDB database file, Parquet, and the servers that tests know. */
export const ENGINES = ['duckdb', 'parquet', 'postgres', 'postgres15', 'mariadb', 'mysql'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface Options {
  /** Rows of the large table; 0 leaves it out. */
  readonly rows: number;
  /** Small tables; 0 leaves them out. */
  readonly tables: number;
  readonly engines: readonly EngineName[];
  /** Timed runs of each side. */
  readonly runs: number;
}

/** The defaults suit a laptop: a first look, not a measurement. */
const DEFAULTS: Options = { rows: 100_000, tables: 20, engines: ENGINES, runs: 3 };

export const USAGE = `npm run bench -- [--rows N] [--tables N] [--engines ${ENGINES.join(',')}] [--runs N]
  --rows     rows of the large table (absent: ${DEFAULTS.rows}; 0 leaves it out)
  --tables   small tables of 1,000 rows (absent: ${DEFAULTS.tables}; 0 leaves them out)
  --engines  absent: all that are there
  --runs     timed runs of each side (absent: ${DEFAULTS.runs})
`;

/** Throws for what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { rows: text, tables: text, engines: text, runs: text } });
  return {
    rows: number('rows', values.rows, 0),
    tables: number('tables', values.tables, 0),
    engines: values.engines === undefined ? DEFAULTS.engines : values.engines.split(',').map(engine),
    runs: number('runs', values.runs, 1),
  };
}

function number(name: 'rows' | 'tables' | 'runs', text: string | undefined, least: number): number {
  if (text === undefined) return DEFAULTS[name];
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new Error(`--${name} "${text}" is no number from ${least}`);
  return Number(text);
}

function engine(name: string): EngineName {
  const found = ENGINES.find((each) => each === name);
  if (!found) throw new Error(`there is no engine "${name}", expected ${ENGINES.join(', ')}`);
  return found;
}
