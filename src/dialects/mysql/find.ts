import type { SourceColumn, TableProblem, TableRequest, TableSource } from '../../sql/dialect.ts';
import { parseMemberPath } from '../../sql/member-path.ts';
import { matchName } from '../../sql/names.ts';
import { findTable, type Place } from '../server/location.ts';
import type { Catalog, CatalogTable } from './catalog.ts';
import { columnOf } from './column.ts';
import { named, quoteName } from './quote.ts';
import type { Words } from './words.ts';

/** Characters of a name; a longer one is an error everywhere. */
const LONGEST_NAME = 64;
/** Engines whose tables a consistent snapshot holds still. */
const SNAPSHOTS = /^(?:innodb|rocksdb|tokudb)$/i;

/** A table that was found, and the names of wanted columns that the catalog does not show. */
export interface FoundTable {
  readonly source: TableSource;
  readonly unseen: readonly string[];
  readonly path: string;
  readonly byColumns: boolean;
  /** What keeps its rows where no snapshot holds them still. */
  readonly restless: string | undefined;
}

/** The table at a place. `account` stands in the remedies as `'user'@'host'`. */
export function lookUp(
  place: Place,
  catalog: Catalog,
  request: TableRequest,
  words: Words,
  account: string,
): FoundTable | TableProblem {
  const { schema, table } = place;
  if (schema === undefined || schema === '') {
    const hint = 'write schema.table, or `schema:` in surety.yaml';
    return { reason: 'the connection has no default schema', hint };
  }
  const long = [schema, table].find((name) => [...name].length > LONGEST_NAME);
  if (long !== undefined) {
    const length = [...long].length;
    return { reason: `"${long}" has ${length} characters, and names have at most ${LONGEST_NAME}`, kind: 'not found' };
  }
  const match = findTable(place, catalog.known);
  if ('reason' in match) return match;
  const found = catalog.tables.find((each) => each.schema === match.schema && each.name === match.table);
  if (!found) return { reason: `there is no table "${schema}.${table}"`, kind: 'not found' };
  return foundTable(found, request, words, account);
}

function foundTable(
  { schema, name, engine, columns: own, byColumns }: CatalogTable,
  request: TableRequest,
  words: Words,
  account: string,
): FoundTable | TableProblem {
  const path = `${quoteName(schema)}.${quoteName(name)}`;
  const place = `${schema}.${name}`;
  if (own.length === 0) {
    return { reason: `${place} has no columns that can be told`, hint: 'look at the view: what it reads may be gone' };
  }
  if (!own.some(({ readable }) => readable)) {
    const hint = `grant select on ${path} to ${account};`;
    return { reason: `${account} may not read ${place}`, kind: 'forbidden', hint };
  }
  const columns = own.map((column): SourceColumn => {
    const source = columnOf(column, request, words);
    if (column.readable) return source;
    const message = `${account} may not read the column "${column.name}" of ${place}`;
    const hint = `grant select (${quoteName(column.name)}) on ${path} to ${account};`;
    return { ...source, forbidden: { message, hint } };
  });
  const relation = named(schema, name);
  const names = own.map((column) => column.name);
  const declared = new Set(request.columns.map((column) => column.name));
  const isMember = (column: string): boolean => {
    const parsed = parseMemberPath(column);
    return parsed.steps.length > 0 && declared.has(parsed.column);
  };
  const unseen = request.columns
    .filter((column) => !isMember(column.name) && matchName(column.physicalNames, names).state === 'missing')
    .flatMap(({ physicalNames }) => physicalNames);
  return {
    source: {
      relation,
      scan: words.scan(relation),
      qualifier: name,
      listed: own.filter(({ readable }) => readable).map((column) => column.name),
      place,
      columns,
      text: false,
      header: true,
      changed: async () => undefined,
    },
    unseen,
    path,
    byColumns,
    restless: engine !== undefined && !SNAPSHOTS.test(engine) ? engine : undefined,
  };
}
