import { createRequire } from 'node:module';

// As CommonJS the library is there in a quarter of the time that its 280 ES modules take.
const require = createRequire(import.meta.url);

export const {
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} = require('kysely') as typeof import('kysely');
