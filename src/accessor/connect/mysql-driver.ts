import type { Driver, TransactionSettings } from 'kysely';
import type { Pool, PoolConnection, TypedParameter } from 'mysql2';
import { readAddress } from '../../dialects/server/address.ts';
import { mysqlPlace } from '../../dialects/server/drivers.ts';
import { kysely } from '../kysely.ts';
import { MYSQL_SESSION } from '../session.ts';
import { driverModule } from './driver-module.ts';
import { MysqlConnection } from './mysql-connection.ts';
import { type ServerOptions, targetOf } from './server-options.ts';

/** Options of a `mysql2` connection or pool that lose nothing. Its sessions have to be in UTC too: `set time_zone = '+00:00'`. */
export const mysqlSettings = {
  charset: 'utf8mb4',
  supportBigNumbers: true,
  bigNumberStrings: true,
  dateStrings: true,
  jsonStrings: true,
  timezone: 'Z',
} as const;

const ADDRESS = { schemes: ['mysql', 'mariadb'], port: 3306, needsUser: true } as const;

/** A pool of connections whose statements are prepared, so that values never become SQL and floats arrive in full. */
export class MysqlDriver implements Driver {
  readonly #options: ServerOptions;
  readonly #known = new WeakMap<PoolConnection, MysqlConnection>();
  #pool: Pool | undefined;
  #typed: TypedParameter | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {
    const address = await readAddress(targetOf(this.#options), ADDRESS);
    const { createPool, TypedParameter } = await driverModule(() => import('mysql2'), 'MySQL', 'mysql2');
    this.#typed = TypedParameter;
    this.#pool = createPool({
      ...mysqlPlace(address),
      ...(address.user !== undefined && { user: address.user }),
      ...(address.password !== undefined && { password: address.password }),
      ...(address.database !== undefined && { database: address.database }),
      ...mysqlSettings,
      // No server may ask for a file of ours.
      flags: ['-LOCAL_FILES'],
      connectAttributes: { program_name: 'surety' },
      connectionLimit: this.#options.connections ?? 10,
      enableKeepAlive: true,
      // The server counts those that it keeps, over all connections.
      maxPreparedStatements: 100,
    } as never);
  }

  async acquireConnection(): Promise<MysqlConnection> {
    const raw = await new Promise<PoolConnection>((resolve, reject) => {
      this.#pool?.getConnection((error, found) => (error ? reject(error) : resolve(found)));
    });
    const known = this.#known.get(raw);
    if (known) return known;
    const connection = new MysqlConnection(raw, this.#typed);
    this.#known.set(raw, connection);
    try {
      await connection.say(MYSQL_SESSION);
    } catch (error) {
      raw.destroy();
      throw error;
    }
    return connection;
  }

  async beginTransaction(
    connection: MysqlConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const settings = [isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean);
    if (settings.length > 0) await connection.say(`set transaction ${settings.join(', ')}`);
    await connection.say('begin');
  }

  commitTransaction(connection: MysqlConnection): Promise<void> {
    return connection.say('commit');
  }

  rollbackTransaction(connection: MysqlConnection): Promise<void> {
    return connection.say('rollback');
  }

  savepoint(connection: MysqlConnection, name: string): Promise<void> {
    return connection.say(`savepoint ${quoted(name)}`);
  }

  rollbackToSavepoint(connection: MysqlConnection, name: string): Promise<void> {
    return connection.say(`rollback to ${quoted(name)}`);
  }

  releaseSavepoint(connection: MysqlConnection, name: string): Promise<void> {
    return connection.say(`release savepoint ${quoted(name)}`);
  }

  async releaseConnection(connection: MysqlConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pool?.end((error) => (error ? reject(error) : resolve()));
    });
  }
}

function quoted(name: string): string {
  return new kysely.MysqlQueryCompiler().compileQuery(kysely.IdentifierNode.create(name) as never, { queryId: '' }).sql;
}
