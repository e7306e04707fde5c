import { type Dialect, EngineError, type TableRequest, type WarehouseTarget } from '../sql/dialect.ts';
import { catalogStatement, readCatalog } from './postgres/catalog.ts';
import { postgresSql } from './postgres/expressions.ts';
import { connect } from './postgres/link.ts';
import { ROLE, readerRole, readRole, refusal } from './postgres/role.ts';
import { readAddress, type ServerAddress } from './server/address.ts';
import { type Ask, openServer, type Survey } from './server/warehouse.ts';
import { clockWarning, privilegeWarning } from './server/warnings.ts';

/** PostgreSQL 14 and later, over the network or a unix socket. */
export const postgres: Dialect = {
  type: 'postgres',
  async open(target, tables, options) {
    const address = await readAddress(target, {
      schemes: ['postgres', 'postgresql'],
      port: 5432,
      needsDatabase: true,
      needsUser: true,
    });
    return openServer(
      { connect: (of) => connect(address, of), survey: (ask, all) => survey(ask, all, target, address) },
      target,
      tables,
      options,
    );
  },
};

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
  const schemas = [...found.schemas];
  const database = address.database;
  if (database === undefined) throw new EngineError('misconfigured', `"${target.name}" names no database`);
  const remedy = readerRole(database, schemas.length > 0 ? schemas : [found.schema ?? 'public']);
  const refused = refusal(role, target, remedy);
  return {
    sql: postgresSql,
    facts: { ...role.facts, ...(found.schema !== undefined && { schema: found.schema }) },
    readerRole: remedy,
    ...(refused && { refusesContractSql: refused }),
    tables: found.tables,
    warnings: [
      ...found.warnings,
      ...clockWarning(role.facts),
      ...privilegeWarning(role.name, role.dangerous, target.name),
    ],
  };
}
