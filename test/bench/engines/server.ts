import { DIALECTS } from '../../../src/dialects/index.ts';
import { typeOf } from '../../support/open-server.ts';
import { serverProject } from '../../support/server-project.ts';
import { startServer } from '../../support/servers/index.ts';
import type { ServerName } from '../../support/servers/server.ts';
import { type Flavour, mariadb, mysql, numbers, postgres } from '../flavour.ts';
import { type BenchEngine, creating, type MissingEngine, type Place } from './engine.ts';

const NAMES: Readonly<Record<ServerName, readonly [string, Flavour]>> = {
  postgres: ['PostgreSQL', postgres],
  postgres15: ['PostgreSQL', postgres],
  mariadb: ['MariaDB', mariadb],
  mysql: ['MySQL', mysql],
};

/** A server of the tests, started for the benchmark or named by an environment variable. */
export async function serverEngine(name: ServerName): Promise<BenchEngine | MissingEngine> {
  const type = typeOf({ name });
  if (!DIALECTS.some((dialect) => dialect.type === type)) return { name, missing: `there is no dialect "${type}" yet` };
  const server = await startServer(name);
  if ('missing' in server) return { name, missing: server.missing };
  const [title, flavour] = NAMES[name];
  const isMysql = type === 'mysql';
  return {
    title: `${title} ${server.version.replace(/-.*| .*/, '')}`,
    flavour,
    async make(tables): Promise<Place> {
      const most = Math.max(...tables.map(({ rows }) => rows));
      const paths = tables.map((table) => `$s.${table.name}`);
      const project = await serverProject(server, [
        ...(isMysql ? numbers(most) : []),
        ...tables.flatMap((table) => creating(table, `$s.${table.name}`, flavour)),
        // Nobody collects statistics in the background here, nor marks what all may see.
        ...paths.map((path) => (isMysql ? `analyze table ${path}` : `vacuum analyze ${path}`)),
        ...paths.map((path) => `grant select on ${path} to $r`),
      ]);
      const { schema, url } = project;
      return {
        surety: `warehouses: { w: { type: ${type}, url: "${url}"${isMysql ? '' : `, schema: ${schema}`} } }\n`,
        location: (table) => table,
        relation: (table) => `${schema}.${table}`,
        catalog: [isMysql ? mysqlCatalog(schema) : postgresCatalog(schema)],
        address: { driver: type, url },
        remove: () => project.drop(),
      };
    },
    stop: () => server.stop(),
  };
}

const postgresCatalog = (schema: string): string =>
  `select c.relname as table_name, a.attname as column_name, format_type(a.atttypid, a.atttypmod) as column_type
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = '${schema}' and a.attnum > 0 and not a.attisdropped`;

const mysqlCatalog = (schema: string): string =>
  `select table_name as table_name, column_name as column_name, case
  when data_type in ('varchar', 'decimal', 'tinyint', 'datetime', 'timestamp') then column_type else data_type end as column_type
from information_schema.columns where table_schema = '${schema}'`;
