import type { QueryExecutor } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { type EngineName, providing } from './engine.ts';

/** What a table needs of the sessions that read it. */
export interface SessionNeeds {
  /** SQL of the contract runs in them. */
  readonly sql: boolean;
  /** That SQL is about times. */
  readonly times: boolean;
  readonly instants: boolean;
}

const UTC = /^(?:UTC|Etc\/UTC|GMT|[+-]00:00)$/i;
/** Modes of MySQL and MariaDB in which the same SQL means something else, and the names of groups of them. */
const OTHER_SQL = [
  ...['ANSI_QUOTES', 'HIGH_NOT_PRECEDENCE', 'PAD_CHAR_TO_FULL_LENGTH', 'PIPES_AS_CONCAT', 'NO_BACKSLASH_ESCAPES'],
  ...['ANSI', 'ORACLE', 'MSSQL', 'DB2', 'POSTGRESQL', 'MAXDB'],
];

/** What sessions of `connect` are set to, whatever the server is; how strictly it takes what is written stays. */
export const MYSQL_SESSION = `set time_zone = '+00:00', session sql_mode = ${OTHER_SQL.reduce(
  (mode, word) => `replace(${mode}, '${word}', '')`,
  '@@session.sql_mode',
)}`;

/**
 * Throws `TypeError` where the sessions of a connection that the user made give other values than those of `connect`, without saying
 * so: contract SQL means local times of UTC, and MySQL and MariaDB give instants in the zone of the session.
 */
export async function checkSession(executor: QueryExecutor, engine: EngineName, needs: SessionNeeds): Promise<void> {
  if (engine === 'mysql' && (needs.sql || needs.instants)) return checkMysql(executor, needs);
  if (engine !== 'postgres' || !needs.times) return;
  const query = sql<{ readonly zone: string }>`select current_setting('TimeZone') as ${sql.id('zone')}`;
  const { rows } = await query.execute(providing(executor));
  checkZone(rows[0]?.zone ?? '', `"set timezone = 'UTC'"`);
}

async function checkMysql(executor: QueryExecutor, needs: SessionNeeds): Promise<void> {
  const query = sql<{ readonly zone: string; readonly system: string; readonly mode: string }>`
    select @@session.time_zone as zone, @@system_time_zone as ${sql.id('system')}, @@session.sql_mode as mode`;
  const { rows } = await query.execute(providing(executor));
  const { zone, system, mode } = rows[0] ?? { zone: '', system: '', mode: '' };
  if (needs.instants || needs.times) checkZone(zone === 'SYSTEM' ? system : zone, `"set time_zone = '+00:00'"`);
  const other = needs.sql ? OTHER_SQL.find((word) => mode.includes(word)) : undefined;
  if (other === undefined) return;
  throw new TypeError(
    `the sessions of this connection have the sql_mode ${other}, in which SQL of the contract means something else: use connect(), or take it out`,
  );
}

function checkZone(zone: string, remedy: string): void {
  if (UTC.test(zone)) return;
  throw new TypeError(
    `the sessions of this connection are in the zone "${zone}", in which times come out otherwise: use connect(), or run ` +
      `${remedy} on each new connection`,
  );
}
