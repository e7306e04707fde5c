import type { Row } from '../../model/value.ts';
import { EngineError } from '../../sql/dialect.ts';
import { quoteName } from '../../sql/quote.ts';
import type { ServerAddress } from '../server/address.ts';
import { placeText } from '../server/connect.ts';
import type { ServerRole } from '../server/dialect.ts';

/** The first version that gives the seconds of a time as an exact number. */
const OLDEST = 14;

/** Who we are and what we could do, by one statement. Predefined roles: PostgreSQL's manual, §22.5. */
export const ROLE = `select current_setting('server_version_num', true) as number, current_setting('server_version', true) as version,
  current_user as role, current_database() as database, current_schema() as schema,
  cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as clock,
  coalesce((select s.ssl from pg_stat_ssl s where s.pid = pg_backend_pid()), false) as encrypted,
  r.rolsuper as super, r.rolcreaterole as roles, r.rolcreatedb as databases,
  pg_has_role(current_user, 'pg_write_server_files', 'member') as files,
  pg_has_role(current_user, 'pg_execute_server_program', 'member') as programs,
  pg_has_role(current_user, 'pg_read_server_files', 'member') as reads_files,
  has_database_privilege(current_database(), 'CREATE') as schemas,
  exists (select 1 from pg_namespace n where n.nspname !~ '^pg_' and has_schema_privilege(n.oid, 'CREATE')) as tables,
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) as rows
from pg_roles r where r.rolname = current_user`;

export interface Role extends ServerRole {
  readonly database: string;
}

/** Reads the answer to `ROLE`; `asked` is our own clock around it, in milliseconds. Throws `EngineError` for a server that is too old. */
export function readRole(
  rows: readonly Row[],
  address: ServerAddress,
  asked: { readonly before: number; readonly after: number },
): Role {
  const [row] = rows;
  const number = Number(row?.['number'] ?? 0);
  const version = String(row?.['version'] ?? 'of an unknown version').split(' ')[0];
  if (number < OLDEST * 10_000) {
    throw new EngineError(
      'unreachable',
      `${placeText(address)} is PostgreSQL ${version}`,
      `use PostgreSQL ${OLDEST} or later; older ones round times`,
    );
  }
  const is = (name: string): boolean => row?.[name] === true;
  const dangers = is('super')
    ? ['do everything (superuser)']
    : [
        is('files') && 'write files of the server',
        is('programs') && 'run programs on the server',
        is('reads_files') && 'read files of the server',
      ].filter((text) => text !== false);
  const others = [
    is('rows') && 'change rows',
    is('tables') && 'create tables',
    is('schemas') && 'create schemas',
    is('databases') && 'create databases',
    is('roles') && 'create roles',
  ].filter((text) => text !== false);
  const name = String(row?.['role']);
  const database = String(row?.['database']);
  return {
    name,
    database,
    facts: {
      server: `PostgreSQL ${version}`,
      place: `${placeText(address)}/${database}`,
      role: name,
      beyondReading: is('super') ? dangers : [...dangers, ...others],
      clockOffset: Math.round(Number(row?.['clock'] ?? 0) - (asked.before + asked.after) / 2),
      ...(typeof row?.['schema'] === 'string' && { schema: row['schema'] }),
      encrypted: is('encrypted'),
    },
    dangerous: dangers.length > 0 ? dangers.join(', ') : undefined,
  };
}

/** The statements that create a role which can read the schemas and nothing else. */
export function readerRole(database: string, schemas: readonly string[]): readonly string[] {
  const each = (grant: (schema: string) => string): readonly string[] => schemas.map((name) => grant(quoteName(name)));
  return [
    `create role surety_reader login password '…';`,
    `grant connect on database ${quoteName(database)} to surety_reader;`,
    ...each((schema) => `grant usage on schema ${schema} to surety_reader;`),
    ...each((schema) => `grant select on all tables in schema ${schema} to surety_reader;`),
    ...each((schema) => `alter default privileges in schema ${schema} grant select on tables to surety_reader;`),
  ];
}
