import type { QueryExecutor } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { providing } from './engine.ts';

/** Throws where the sessions of MySQL or MariaDB are not in UTC: instants would come in another zone, without saying so. */
export async function checkZone(executor: QueryExecutor): Promise<void> {
  const query = sql<{ readonly zone: string; readonly system: string }>`
    select @@session.time_zone as zone, @@system_time_zone as ${sql.id('system')}`;
  const { rows } = await query.execute(providing(executor));
  const { zone, system } = rows[0] ?? { zone: '', system: '' };
  const found = zone === 'SYSTEM' ? system : zone;
  if (/^(?:UTC|Etc\/UTC|[+-]00:00)$/i.test(found)) return;
  throw new TypeError(
    `the sessions of this connection are in the zone "${found}", so instants cannot be read: use connect(), or run ` +
      `"set time_zone = '+00:00'" on each new connection`,
  );
}
