import type { TableProblem, TableRequest, TableSource, WarehouseTarget } from '../sql/dialect.ts';
import { catalogStatement, readCatalog } from './mysql/catalog.ts';
import { lookUp } from './mysql/find.ts';
import { connect } from './mysql/link.ts';
import { hidesColumns, probeColumns, probeTable } from './mysql/probe.ts';
import { GRANTS, ROLE, type Role, readerRole, readRole } from './mysql/role.ts';
import type { ServerAddress } from './server/address.ts';
import { serverDialect, surveyOf } from './server/dialect.ts';
import { type Place, placeOf } from './server/location.ts';
import type { Ask, Survey } from './server/warehouse.ts';

/** MySQL 8 and MariaDB 10.6 and later, told apart at connect. */
export const mysql = serverDialect({
  type: 'mysql',
  address: { schemes: ['mysql', 'mariadb'], port: 3306, needsUser: true },
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
  const after = Date.now();
  const role = readRole(answer, await ask({ sql: GRANTS, parameters: [] }), address, { before, after });
  const schema = target.schema ?? role.facts.schema;
  const found = await findAll(ask, tables, target, role);
  return surveyOf(role, target, {
    sql: role.flavor.sql,
    schema,
    readerRole: readerRole(found.schemas.length > 0 ? found.schemas : [schema ?? '…']),
    tables: found.tables,
    warnings: found.warnings,
  });
}

interface FoundTables extends Pick<Survey, 'tables' | 'warnings'> {
  readonly schemas: readonly string[];
}

/** All tables by one statement; another one for each that is not there, or lacks columns that the contract has. */
async function findAll(
  ask: Ask,
  requests: readonly TableRequest[],
  target: WarehouseTarget,
  role: Role,
): Promise<FoundTables> {
  const places = new Map(requests.map((request) => [request.key, placeIn(target, request, role.facts.schema)]));
  const wanted = [...places.values()].filter((place): place is Place => 'table' in place);
  const catalog = readCatalog(await ask(catalogStatement(wanted)));
  const tables = new Map<string, TableSource | TableProblem>();
  const warnings = new Set<string>();
  for (const request of requests) {
    const place = places.get(request.key) as Place | TableProblem;
    if ('reason' in place) {
      tables.set(request.key, place);
      continue;
    }
    const found = lookUp(place, catalog, request, role.flavor.words, role.account);
    if ('reason' in found) {
      const isGone = found.kind === 'not found';
      tables.set(request.key, isGone ? await probeTable(ask, place, catalog.known, found, role.account) : found);
      continue;
    }
    const hidden = await probeColumns(ask, found);
    const partial = await hidesColumns(ask, found);
    tables.set(request.key, {
      ...found.source,
      ...(hidden.length > 0 && { hidden }),
      ...(partial && { partial: true }),
    });
    if (found.restless !== undefined) {
      const where = `${found.source.place} is kept by ${found.restless}`;
      warnings.add(`${where}, which has no snapshots: rows may change while they are measured`);
    }
  }
  return { tables, warnings: [...warnings], schemas: [...new Set(catalog.tables.map(({ schema }) => schema))] };
}

function placeIn(target: WarehouseTarget, request: TableRequest, schema: string | undefined): Place | TableProblem {
  const place = placeOf(target, request);
  return 'reason' in place ? place : { ...place, schema: place.schema ?? schema };
}
