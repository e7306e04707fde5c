import type { Kysely as Database } from 'kysely';
import { EngineError, type RunOptions } from '../sql/dialect.ts';
import { Kysely } from '../sql/kysely.ts';
import type { StoreDoor, StoreEngine } from './connection.ts';
import { storeDialect } from './driver.ts';
import type { StoreTables } from './tables.ts';
import type { StoreTarget } from './target.ts';

/** An open store. */
export interface Store {
  readonly db: Database<StoreTables>;
  readonly engine: StoreEngine;
  /** For people, without a password. */
  readonly place: string;
  /** In bytes; undefined where nobody knows. */
  size(): Promise<number | undefined>;
  close(): Promise<void>;
}

export interface OpenOptions extends Partial<RunOptions> {
  /** Whether a file that is not there is made. */
  readonly makes?: boolean;
}

/** Longest wait for a connection, in milliseconds. */
const PATIENCE = 10_000;

/** Opens a store, whatever is in it; the driver of its engine is loaded here. Throws `EngineError`. */
export async function openStore(target: StoreTarget, options: OpenOptions = {}): Promise<Store> {
  const door = await doorOf(target, options.makes ?? false);
  const { engine, place } = door;
  const connection = await door.connect({ timeout: PATIENCE, ...options });
  const db = new Kysely<StoreTables>({ dialect: storeDialect(engine, connection) });
  return {
    db,
    engine,
    place,
    size: async () => door.size?.(),
    close: () => connection.close(),
  };
}

async function doorOf(target: StoreTarget, makes: boolean): Promise<StoreDoor> {
  switch (target.engine) {
    case 'sqlite':
      return (await import('./engines/sqlite.ts')).sqliteDoor(target, makes);
    case 'postgres':
      return (await import('./engines/postgres.ts')).postgresDoor(target);
    case 'mysql':
      return (await import('./engines/mysql.ts')).mysqlDoor(target);
  }
}

/** How often a transaction is tried where others are in the way. */
const MOST_TRIES = 6;

/**
 * Runs one transaction that writes, whole or not at all, once more where somebody else was faster: `work` begins anew and sees what they
 * have written. Throws `EngineError`.
 */
export async function writing<T>({ db, engine }: Store, work: (db: Database<StoreTables>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const cause = error instanceof EngineError ? error.cause : undefined;
      if (tries >= MOST_TRIES || !cause || !engine.isConflict(cause)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries));
    }
  }
}

/** Runs statements that see one state of the store. Throws `EngineError`. */
export function reading<T>({ db }: Store, work: (db: Database<StoreTables>) => Promise<T>): Promise<T> {
  return db.transaction().setAccessMode('read only').execute(work);
}
