import type { TableRequest, WarehouseTarget } from '../sql/dialect.ts';
import { catalogStatement, readCatalog } from './postgres/catalog.ts';
import { postgresSql } from './postgres/expressions.ts';
import { connect } from './postgres/link.ts';
import { ROLE, readerRole, readRole } from './postgres/role.ts';
import type { ServerAddress } from './server/address.ts';
import { serverDialect, surveyOf } from './server/dialect.ts';
import type { Ask, Survey } from './server/warehouse.ts';

/** PostgreSQL 14 and later, over the network or a unix socket. */
export const postgres = serverDialect({
  type: 'postgres',
  address: { schemes: ['postgres', 'postgresql'], port: 5432, needsDatabase: true, needsUser: true },
  connect,
  survey,
});

async function survey(
  ask: Ask,
  tables: readonly TableRequest[],
  target: WarehouseTarget,
  address: ServerAddress,
): Promise<Survey> {
  const before = Date.now();
  const answer = await ask({ sql: ROLE, parameters: [] });
  const role = readRole(answer, address, { before, after: Date.now() });
  const found = readCatalog(await ask(catalogStatement(target, tables)), target, tables, role.name);
  const schemas = found.schemas.size > 0 ? [...found.schemas] : [found.schema ?? 'public'];
  return surveyOf(role, target, {
    sql: postgresSql,
    schema: found.schema,
    readerRole: readerRole(role.database, schemas),
    tables: found.tables,
    warnings: found.warnings,
  });
}
