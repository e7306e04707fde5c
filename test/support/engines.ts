import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A physical table of a spec: column → the engine-neutral type it is created with, and rows as texts (null is NULL). */
export interface SpecTable {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly (string | null)[])[];
  /** A text file as it is, instead of the rows. */
  readonly text?: string;
}

/** An engine that specs run on. */
export interface TestEngine {
  readonly name: string;
  /** Creates the tables in the project folder; gives `surety.yaml` and the location of a table. */
  create(
    folder: string,
    tables: ReadonlyMap<string, SpecTable>,
  ): Promise<{ readonly surety: string; location(table: string): string }>;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string | null, type: string): string =>
  text === null ? 'null' : `cast('${text.replaceAll("'", "''")}' as ${type})`;

/** Column types of specs are DuckDB's own names; other engines map them. */
async function fill(
  path: string,
  tables: ReadonlyMap<string, SpecTable>,
  after: (run: (sql: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const run = async (sql: string): Promise<void> => void (await connection.run(sql));
  try {
    await run("set timezone = 'America/New_York'");
    for (const [name, table] of tables) {
      const columns = Object.entries(table.columns);
      await run(
        `create table ${quoted(name)} (${columns.map(([column, type]) => `${quoted(column)} ${type}`).join(', ')})`,
      );
      for (const row of table.rows) {
        await run(
          `insert into ${quoted(name)} values (${columns.map(([, type], index) => literal(row[index] ?? null, type)).join(', ')})`,
        );
      }
    }
    await after(run);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const database: TestEngine = {
  name: 'duckdb',
  async create(folder, tables) {
    await fill(join(folder, 'spec.duckdb'), tables, async () => {});
    return {
      surety: 'warehouses: { default: { type: duckdb, url: spec.duckdb } }\n',
      location: (table) => (/^\w+$/.test(table) ? table : quoted(table)),
    };
  },
};

const parquet: TestEngine = {
  name: 'parquet',
  async create(folder, tables) {
    await mkdir(join(folder, 'data'), { recursive: true });
    const names = [...tables.keys()];
    const file = (table: string): string => `t${names.indexOf(table)}.parquet`;
    await fill(':memory:', tables, async (run) => {
      for (const name of names)
        await run(`copy ${quoted(name)} to '${join(folder, 'data', file(name))}' (format parquet)`);
    });
    return { surety: 'warehouses: { default: { type: duckdb, root: data } }\n', location: file };
  },
};

/** Text files hold every value as its text; only cases that say so run on them. */
export const csv: TestEngine = {
  name: 'csv',
  async create(folder, tables) {
    await mkdir(join(folder, 'data'), { recursive: true });
    const names = [...tables.keys()];
    const cell = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
    for (const [index, name] of names.entries()) {
      const table = tables.get(name) as SpecTable;
      const lines = [Object.keys(table.columns), ...table.rows].map((row) => row.map(cell).join(','));
      await writeFile(join(folder, 'data', `t${index}.csv`), table.text ?? `${lines.join('\n')}\n`);
    }
    return {
      surety: 'warehouses: { default: { type: duckdb, root: data } }\n',
      location: (table) => `t${names.indexOf(table)}.csv`,
    };
  },
};

/** Every engine that specs run on by default. */
export const ENGINES: readonly TestEngine[] = [database, parquet];
