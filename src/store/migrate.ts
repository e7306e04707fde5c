import type { Kysely } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { keptMilliseconds } from './instants.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration, MigrationTools } from './migrations/migration.ts';
import { reading, type Store } from './open.ts';
import { absent, foreign, newer, older } from './problems.ts';
import type { StoreTables } from './tables.ts';

/** Tables that a store has from the first migration on. */
const OURS = ['contract_version', 'run', 'measurement'];

/** What a place holds. */
export type StoreState =
  | { readonly state: 'empty' }
  | { readonly state: 'older' | 'current' | 'newer'; readonly version: number };

export interface Migrated {
  /** 0: there was no store. */
  readonly from: number;
  readonly to: number;
  /** Names of the migrations that ran. */
  readonly applied: readonly string[];
}

/** The version that this Surety reads and writes. */
export function latestOf(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.at(-1)?.number ?? 0;
}

/**
 * Brings a store to the latest version, an empty place to a store; of several processes one does it, and the others wait for it and find
 * nothing to do. Throws `EngineError`: for a newer store too.
 */
export async function migrate(store: Store, migrations: readonly Migration[] = MIGRATIONS): Promise<Migrated> {
  return store.engine.migrating(store.db, async (db) => {
    const from = await versionIn(store, db);
    if (from > latestOf(migrations)) throw newer(store.place, from, latestOf(migrations));
    const pending = migrations.filter(({ number }) => number > from);
    const tools = toolsOf(store, db);
    if (from === 0) {
      await tools
        .table('surety_migration')
        .addColumn('number', tools.types.integer, (column) => column.notNull())
        .addColumn('name', tools.types.text, (column) => column.notNull())
        .addColumn('applied_at', tools.types.instant, (column) => column.notNull())
        .addPrimaryKeyConstraint('surety_migration_key', ['number'])
        .execute();
    }
    for (const { number, name, statements } of pending) {
      for (const statement of statements(tools)) await statement.execute();
      const applied_at = keptMilliseconds(Date.now());
      await db.insertInto('surety_migration').values({ number, name, applied_at }).execute();
    }
    return { from, to: latestOf(migrations), applied: pending.map(({ name }) => name) };
  });
}

function toolsOf({ engine: { types, tableEnd } }: Store, db: Kysely<StoreTables>): MigrationTools {
  return {
    schema: db.schema,
    types,
    table(name) {
      const table = db.schema.createTable(name).ifNotExists();
      return tableEnd ? table.modifyEnd(tableEnd) : table;
    },
  };
}

export async function stateOf(store: Store, migrations: readonly Migration[] = MIGRATIONS): Promise<StoreState> {
  const version = await reading(store, (db) => versionIn(store, db));
  if (version === 0) return { state: 'empty' };
  const latest = latestOf(migrations);
  return { state: version < latest ? 'older' : version > latest ? 'newer' : 'current', version };
}

/** 0: there is no store. Throws where something else is in its place. */
async function versionIn({ engine, place }: Store, db: Kysely<StoreTables>): Promise<number> {
  const { rows } = await sql<{ name: string }>`${engine.tableNames}`.execute(db);
  const names = new Set(rows.map(({ name }) => name));
  if (names.has('surety_migration')) {
    const last = await db.selectFrom('surety_migration').select('number').orderBy('number', 'desc').limit(1).execute();
    return Number(last[0]?.number ?? 0);
  }
  const other = OURS.find((name) => names.has(name));
  if (other !== undefined) throw foreign(place, other);
  return 0;
}

/** Refuses a store that this Surety cannot read or write. Throws `EngineError`. */
export async function refuseOther(store: Store, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const found = await stateOf(store, migrations);
  const latest = latestOf(migrations);
  if (found.state === 'empty') throw absent(store.place);
  if (found.state === 'newer') throw newer(store.place, found.version, latest);
  if (found.state === 'older') throw older(store.place, found.version, latest);
}

/** The same for who writes: an empty place becomes a store. */
export async function readyToWrite(store: Store, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const { state } = await stateOf(store, migrations);
  if (state === 'empty') await migrate(store, migrations);
  else await refuseOther(store, migrations);
}
