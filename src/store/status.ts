import { readInstant } from './instants.ts';
import { latestOf, type StoreState, stateOf } from './migrate.ts';
import type { Store } from './open.ts';
import { reading } from './open.ts';
import { absent } from './problems.ts';

/** What there is in a store. */
export interface StoreStatus {
  /** For people, without a password. */
  readonly place: string;
  readonly state: Exclude<StoreState['state'], 'empty'>;
  readonly version: number;
  /** The version that this Surety reads and writes. */
  readonly latest: number;
  /** Of a current store only. */
  readonly runs?: RunsStatus;
  /** In bytes; absent where nobody knows. */
  readonly size?: number;
}

export interface RunsStatus {
  readonly runs: number;
  readonly measurements: number;
  readonly contracts: number;
  /** The instants that the first and the last run measured against; null: there are no runs. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Throws `EngineError`: where there is no store too. */
export async function statusOf(store: Store): Promise<StoreStatus> {
  const found = await stateOf(store);
  if (found.state === 'empty') throw absent(store.place);
  const size = await store.size();
  return {
    place: store.place,
    ...found,
    latest: latestOf(),
    ...(found.state === 'current' && { runs: await runsOf(store) }),
    ...(size !== undefined && { size }),
  };
}

function runsOf(store: Store): Promise<RunsStatus> {
  return reading(store, async (db) => {
    const { max, min, countAll } = db.fn;
    const [runs] = await db
      .selectFrom('run')
      .select([countAll().as('runs'), min('measured_at').as('first'), max('measured_at').as('last')])
      .execute();
    const [measurements] = await db.selectFrom('measurement').select(countAll().as('n')).execute();
    const [contracts] = await db.selectFrom('contract_version').select(countAll().as('n')).execute();
    return {
      runs: Number(runs?.runs),
      measurements: Number(measurements?.n),
      contracts: Number(contracts?.n),
      first: runs?.first ? readInstant(runs.first) : null,
      last: runs?.last ? readInstant(runs.last) : null,
    };
  });
}
