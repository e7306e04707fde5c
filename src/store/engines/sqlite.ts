import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { SqliteAdapter, SqliteQueryCompiler, sql } from '../../sql/kysely.ts';
import type { StoreAnswer, StoreConnection, StoreDoor, StoreEngine, StoreValue } from '../connection.ts';
import { absent } from '../problems.ts';
import type { FileTarget } from '../target.ts';
import { explain, isBusy } from './sqlite-errors.ts';

/** How long a connection waits for another one that writes, in milliseconds. */
const PATIENCE = 5000;

/**
 * A run touches as many pages as it has measurements, in the index by check: they are kept in memory (32 MiB at most), and written into
 * the file itself (after 16 MiB) once for several runs. What is committed is on the disk before.
 */
const SETTINGS = ['foreign_keys = on', 'synchronous = full', 'cache_size = -32768', 'wal_autocheckpoint = 4000']
  .map((each) => `pragma ${each}`)
  .join('; ');

/** Extended codes of a key that is there already. */
const CONFLICTS: ReadonlySet<unknown> = new Set([1555, 2067]);

export const SQLITE: StoreEngine = {
  types: {
    key: sql`text`,
    text: sql`text`,
    long: sql`text`,
    integer: sql`integer`,
    number: sql`real`,
    instant: sql`text`,
  },
  tableEnd: sql`strict`,
  tableNames: sql`select name from sqlite_master where type in ('table', 'view')`,
  mostValues: 32_766,
  adapter: new SqliteAdapter(),
  compiler: () => new SqliteQueryCompiler(),
  // A transaction that writes keeps every other one out.
  migrating: (db, work) => db.transaction().execute(work),
  isConflict: (cause) => CONFLICTS.has((cause as { readonly sqliteExtendedCode?: unknown }).sqliteExtendedCode),
};

/** A file of this machine. `makes`: it is made where it is not there. */
export function sqliteDoor(target: FileTarget, makes: boolean): StoreDoor {
  const { path, shown, ownFolder } = target;
  return {
    engine: SQLITE,
    place: `sqlite ${shown}`,
    size: () =>
      stat(path).then(
        ({ size }) => size,
        () => undefined,
      ),
    async connect() {
      if (!existsSync(path)) {
        if (!makes) throw absent(`sqlite ${shown}`);
        if (ownFolder) await makeFolder(dirname(path));
      }
      return open(path, shown);
    },
  };
}

/** Beside surety.yaml, where it would else be committed. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    // Opening the file tells what is wrong with the folder.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return;
  }
}

async function open(path: string, shown: string): Promise<StoreConnection> {
  let database: DatabaseSyncInstance;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw explain(error, shown);
  }
  try {
    await patiently(() => {
      database.exec(SETTINGS);
      // Readers and a writer side by side, in files that are new; another one may belong to somebody else.
      const isNew = database.prepare('select 1 from sqlite_master').get() === undefined;
      if (isNew) database.exec('pragma journal_mode = wal');
    });
    return new SqliteConnection(database, shown);
  } catch (error) {
    database.close();
    throw explain(error, shown);
  }
}

/**
 * Runs a statement again while another connection is in its way. SQLite would wait by itself, but it blocks this process meanwhile, in
 * which that connection may be, and does not wait where the journal changes.
 */
async function patiently<T>(work: () => T): Promise<T> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 15));
    }
  }
}

class SqliteConnection implements StoreConnection {
  readonly #database: DatabaseSyncInstance;
  readonly #shown: string;

  constructor(database: DatabaseSyncInstance, shown: string) {
    this.#database = database;
    this.#shown = shown;
  }

  async run(text: string, values: readonly StoreValue[]): Promise<StoreAnswer> {
    try {
      return await patiently(() => {
        const statement = this.#database.prepare(text);
        if (statement.columns().length === 0) {
          const { changes } = statement.run(...values);
          return { rows: [], changed: BigInt(changes) };
        }
        statement.setReadBigInts(true);
        return { rows: statement.all(...values) as StoreAnswer['rows'], changed: 0n };
      });
    } catch (error) {
      throw explain(error, this.#shown);
    }
  }

  async begin(access: 'read' | 'write'): Promise<void> {
    await this.run(access === 'read' ? 'begin' : 'begin immediate', []);
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}
