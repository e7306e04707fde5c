import { sql } from 'kysely';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Row } from '../../src/model/value.ts';
import type { Session, Sql, TableRequest, Warehouse, WarehouseTarget } from '../../src/sql/dialect.ts';
import type { RunningServer } from './servers/server.ts';

/** The `type` of surety.yaml that a test server is reached by. */
export function typeOf({ name }: Pick<RunningServer, 'name'>): 'postgres' | 'mysql' {
  return name === 'postgres' || name === 'postgres15' ? 'postgres' : 'mysql';
}

/** A warehouse over a test server, as its reader unless another url is given. */
export async function openServerOf(
  server: RunningServer,
  tables: readonly TableRequest[] = [],
  target: Partial<WarehouseTarget> = {},
): Promise<Warehouse> {
  const entry = DIALECTS.find(({ type }) => type === typeOf(server));
  if (!entry) throw new Error(`there is no dialect "${typeOf(server)}"`);
  const dialect = await entry.load();
  return dialect.open(
    {
      name: 'test',
      url: server.reader,
      schemas: new Map(),
      concurrency: 2,
      timeout: 60_000,
      allowPrivileged: false,
      ...target,
    },
    tables,
    { timeout: 60_000 },
  );
}

/** A request for a table by its location; columns as the contract would declare them. */
export function requestFor(location: string, columns: TableRequest['columns'] = []): TableRequest {
  return { key: location, location, name: location, read: { missing: [] }, columns, folder: '.', boundary: '.' };
}

/** The values of one row of expressions, in order. */
export async function valuesOf(
  warehouse: Warehouse,
  session: Session,
  expressions: readonly Sql[],
  from: Sql = sql``,
): Promise<readonly Row[string][]> {
  const selected = expressions.map((expression, index) => sql`${expression} as ${sql.id(`c${index}`)}`);
  const statement = warehouse.sql.compile(sql`select ${sql.join(selected)} ${from}`);
  const [row] = await session.run(statement, { timeout: 60_000 });
  return expressions.map((_, index) => row?.[`c${index}`] ?? null);
}
