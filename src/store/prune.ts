import { sql } from '../sql/kysely.ts';
import { keptInstant } from './instants.ts';
import { refuseOther } from './migrate.ts';
import { reading, type Store, writing } from './open.ts';

export interface Pruned {
  readonly removed: number;
  /** Runs before the instant that stay: some check was not measured after them. */
  readonly kept: number;
}

/** Runs that one transaction removes: others that write wait no longer than that. */
const BATCH = 20;

/**
 * Removes the runs that measured against an instant before this one (ISO 8601), each as a whole, but none in which some check was
 * measured for the last time. What contracts said stays. Throws `EngineError`.
 */
export async function prune(store: Store, before: string): Promise<Pruned> {
  await refuseOther(store);
  const limit = keptInstant(before);
  const { old, removable } = await reading(store, async (db) => {
    const isLast = sql<boolean>`not exists (
      select 1 from measurement later
      where later.fingerprint = own.fingerprint
        and (later.measured_at > own.measured_at or (later.measured_at = own.measured_at and later.run_id > own.run_id)))`;
    const all = await db.selectFrom('run').select('id').where('measured_at', '<', limit).execute();
    const free = await db
      .selectFrom('run')
      .select('id')
      .where('measured_at', '<', limit)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('measurement as own').select('own.run_id').whereRef('own.run_id', '=', 'run.id').where(isLast),
          ),
        ),
      )
      .execute();
    return { old: all.length, removable: free.map(({ id }) => id) };
  });
  for (let at = 0; at < removable.length; at += BATCH) {
    const batch = removable.slice(at, at + BATCH);
    await writing(store, async (db) => {
      await db.deleteFrom('run').where('id', 'in', batch).execute();
    });
  }
  return { removed: removable.length, kept: old - removable.length };
}
