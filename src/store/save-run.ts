import type { Kysely } from 'kysely';
import { readyToWrite } from './migrate.ts';
import { type Store, writing } from './open.ts';
import { type RunToKeep, rowsOfRun } from './rows-of-run.ts';
import type { StoreTables } from './tables.ts';

/**
 * Keeps a run in one transaction: all of it or, whatever happens, nothing. A run that is there already stays as it is. An empty place
 * becomes a store. Throws `EngineError`.
 */
export async function saveRun(store: Store, kept: RunToKeep): Promise<'saved' | 'there already'> {
  await readyToWrite(store);
  const { run, contracts, measurements } = rowsOfRun(kept);
  return writing(store, async (db) => {
    const there = await db.selectFrom('run').select('id').where('id', '=', run.id).execute();
    if (there.length > 0) return 'there already';
    await db.insertInto('run').values(run).execute();
    await insertAll(store, db, 'contract_version', await unknown(db, contracts));
    await insertAll(store, db, 'measurement', measurements);
    return 'saved';
  });
}

type Rows = { readonly [Table in keyof StoreTables]: readonly StoreTables[Table][] };

/** The versions that no run has had before, each once, in an order in which two writers cannot wait for each other. */
async function unknown(
  db: Kysely<StoreTables>,
  contracts: Rows['contract_version'],
): Promise<Rows['contract_version']> {
  const byHash = new Map(contracts.map((contract) => [contract.hash, contract]));
  const known = new Set<string>();
  for (const hashes of chunks([...byHash.keys()], 500)) {
    const found = await db.selectFrom('contract_version').select('hash').where('hash', 'in', hashes).execute();
    for (const { hash } of found) known.add(hash);
  }
  const hashes = [...byHash.keys()].filter((hash) => !known.has(hash)).sort();
  return hashes.flatMap((hash) => byHash.get(hash) ?? []);
}

/** Rows of one statement: with more of them none of the engines is faster. */
const MOST_ROWS = 100;

async function insertAll<Table extends keyof StoreTables>(
  { engine }: Store,
  db: Kysely<StoreTables>,
  table: Table,
  rows: Rows[Table],
): Promise<void> {
  const width = Object.keys(rows[0] ?? {}).length;
  const most = Math.min(MOST_ROWS, Math.floor(engine.mostValues / Math.max(1, width)));
  for (const chunk of chunks(rows, most)) {
    await db
      .insertInto(table)
      .values(chunk as never)
      .execute();
  }
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
