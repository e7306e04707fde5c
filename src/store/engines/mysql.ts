import { explain } from '../../dialects/mysql/errors.ts';
import { type OpenWire, openWire } from '../../dialects/mysql/link.ts';
import { limitsOf } from '../../dialects/mysql/settings.ts';
import { readAddress, type ServerAddress } from '../../dialects/server/address.ts';
import { EngineError, type RunOptions } from '../../sql/dialect.ts';
import { MysqlAdapter, MysqlQueryCompiler, sql } from '../../sql/kysely.ts';
import type { StoreAnswer, StoreConnection, StoreDoor, StoreEngine, StoreValue } from '../connection.ts';
import type { ServerTarget } from '../target.ts';
import { placeOf, warehouseOf } from './server.ts';

/** Duplicate key and deadlock, of the servers' error references. */
const CONFLICTS: ReadonlySet<unknown> = new Set([1062, 1213]);

/** How long a statement may take and wait for a lock, in milliseconds. */
const LIMIT = 60_000;
const LOCK_SECONDS = 30;

const TEXT = sql`character set utf8mb4 collate utf8mb4_bin`;

export const MYSQL: StoreEngine = {
  types: {
    key: sql`varchar(64) character set ascii collate ascii_bin`,
    text: sql`text ${TEXT}`,
    long: sql`mediumtext ${TEXT}`,
    integer: sql`bigint`,
    number: sql`double`,
    instant: sql`datetime(6)`,
  },
  tableEnd: sql`engine = innodb`,
  tableNames: sql`select table_name as name from information_schema.tables where table_schema = database()`,
  mostValues: 65_535,
  adapter: new MysqlAdapter(),
  compiler: () => new MysqlQueryCompiler(),
  async migrating(db, work) {
    // Every statement that makes or alters a table commits, so the lock is the connection's.
    const lock = sql`concat('surety ', md5(database()))`;
    const { rows } = await sql<{ taken: unknown }>`select get_lock(${lock}, ${sql.lit(LOCK_SECONDS)}) as taken`.execute(
      db,
    );
    if (String(rows[0]?.taken) !== '1') {
      throw new EngineError('time-out', 'somebody else migrates the store', 'try again when they are done');
    }
    try {
      return await work(db);
    } finally {
      await sql`select release_lock(${lock})`.execute(db);
    }
  },
  isConflict: (cause) => CONFLICTS.has((cause as { readonly errno?: unknown }).errno),
};

/** Throws `EngineError` where the address is wrong. */
export async function mysqlDoor(target: ServerTarget): Promise<StoreDoor> {
  const address = await readAddress(warehouseOf(target), {
    schemes: ['mysql', 'mariadb'],
    port: 3306,
    needsDatabase: true,
    needsUser: true,
  });
  return {
    engine: MYSQL,
    place: placeOf('mysql', address),
    async connect(options: RunOptions) {
      const open = await openWire(address, options);
      const connection = new MysqlConnection(open, address);
      await connection.run(limitsOf(open.flavor, LIMIT), []);
      await connection.run(`set session innodb_lock_wait_timeout = ${LOCK_SECONDS}`, []);
      return connection;
    },
  };
}

class MysqlConnection implements StoreConnection {
  readonly #open: OpenWire;
  readonly #address: ServerAddress;

  constructor(open: OpenWire, address: ServerAddress) {
    this.#open = open;
    this.#address = address;
  }

  /** What has no values goes as it is: some statements have no other way. */
  async run(text: string, values: readonly StoreValue[]): Promise<StoreAnswer> {
    const { wire } = this.#open;
    try {
      const { rows, fields, changed } = values.length === 0 ? await wire.say(text) : await wire.ask(text, values);
      const names = fields.map(({ name }) => name);
      return {
        rows: rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] as StoreValue]))),
        changed: BigInt(changed),
      };
    } catch (error) {
      const explained = explain(error, this.#address);
      explained.cause = error;
      throw explained;
    }
  }

  async begin(access: 'read' | 'write'): Promise<void> {
    // Gaps between keys are not locked, so that runs that are stored at the same time do not wait for each other.
    if (access === 'write') await this.run('set transaction isolation level read committed', []);
    await this.run(
      access === 'read' ? 'start transaction with consistent snapshot, read only' : 'start transaction',
      [],
    );
  }

  close(): Promise<void> {
    return this.#open.wire.close();
  }
}
