import type { MysqlDialect } from 'kysely';
import { kysely } from '../kysely.ts';
import { marked } from './marked.ts';
import { MysqlDriver } from './mysql-driver.ts';
import type { ServerOptions } from './server-options.ts';

/** MySQL and MariaDB by `mysql2`, imported at the first query. */
export function mysqlDialect(options: ServerOptions): MysqlDialect {
  const dialect = new kysely.MysqlDialect({ pool: () => Promise.reject(new Error('unused')) });
  dialect.createDriver = () => new MysqlDriver(options);
  return marked(dialect, { name: 'mysql' });
}
