import type { Row } from '../../model/value.ts';
import type { Statement } from '../../sql/dialect.ts';
import { printDecimal } from '../../util/decimal.ts';
import type { Known, Place } from '../server/location.ts';
import type { CatalogColumn } from './native-type.ts';

/** Names shown where a table is not there. */
const SOME = 6;

/** A table as information_schema describes it to this role. */
export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  /** What keeps its rows; absent for views. */
  readonly engine: string | undefined;
  /** In their order. */
  readonly columns: readonly CatalogColumn[];
  /** Whether somebody was given rights on single columns, so that there may be others that the catalog hides. */
  readonly byColumns: boolean;
}

export interface Catalog {
  readonly tables: readonly CatalogTable[];
  /** Names of tables, those of tables that nobody asked for among them. */
  readonly known: Known;
}

const NO_COLUMN = 'null, null, null, null, null, null, null, null, null, null';

/**
 * All tables of a run by one statement. Names are compared without case here and with it later; MariaDB reads no table that the
 * conditions on names leave out. Parts of a name that are not there are empty.
 */
export function catalogStatement(places: readonly Place[]): Statement {
  const named = places.map(({ schema = '', table }) => [schema, table] as const);
  const schemas = [...new Set(named.map(([schema]) => schema))];
  const are = named.map(() => '(lower(table_schema) = lower(?) and lower(table_name) = lower(?))').join(' or ');
  const parts = [
    `select 'column' as kind, table_schema as s, table_name as t, null as engine, column_name as c, ordinal_position as place,
  data_type as data, column_type as native, character_set_name as charset, character_maximum_length as length,
  numeric_precision as numeric_p, numeric_scale as numeric_s, datetime_precision as fraction, privileges as rights
from information_schema.columns where ${are}`,
    `select 'table', table_schema, table_name, engine, ${NO_COLUMN} from information_schema.tables where ${are}`,
    `select 'rights', table_schema, table_name, null, ${NO_COLUMN} from information_schema.column_privileges where privilege_type = 'SELECT' and (${are})`,
    ...schemas.map(
      () =>
        `(select 'some', table_schema, table_name, null, ${NO_COLUMN} from information_schema.tables where lower(table_schema) = lower(?) order by table_name limit ${SOME})`,
    ),
  ];
  if (named.length === 0) return { sql: `select 'none' as kind from dual where 1 = 0`, parameters: [] };
  return {
    sql: parts.join('\nunion all\n'),
    parameters: [...named.flat(), ...named.flat(), ...named.flat(), ...schemas],
  };
}

/** Reads the answer to `catalogStatement`. */
export function readCatalog(rows: readonly Row[]): Catalog {
  const of = (kind: string): readonly Row[] => rows.filter((row) => row['kind'] === kind);
  const columns = of('column').toSorted(
    (left, right) => (numberOr(left['place']) ?? 0) - (numberOr(right['place']) ?? 0),
  );
  const tables = of('table').map((row): CatalogTable => {
    const own = columns.filter((column) => column['s'] === row['s'] && column['t'] === row['t']);
    const engine = textOr(row['engine']) ?? undefined;
    const byColumns = of('rights').some((right) => right['s'] === row['s'] && right['t'] === row['t']);
    return { schema: String(row['s']), name: String(row['t']), engine, columns: own.map(readColumn), byColumns };
  });
  const known = new Map<string, string[]>();
  for (const row of [...of('table'), ...of('some')]) {
    const [schema, name] = [String(row['s']), String(row['t'])];
    const names = known.get(schema) ?? [];
    if (!names.includes(name)) names.push(name);
    known.set(schema, names);
  }
  return { tables, known };
}

function readColumn(row: Row): CatalogColumn {
  return {
    name: String(row['c']),
    data: String(row['data']).toLowerCase(),
    // Some say in a comment how they are kept.
    native: String(row['native']).replace(/\s*\/\*.*?\*\//g, ''),
    charset: textOr(row['charset']),
    length: numberOr(row['length']),
    precision: numberOr(row['numeric_p']),
    scale: numberOr(row['numeric_s']),
    fraction: numberOr(row['fraction']),
    readable: /\bselect\b/i.test(String(row['rights'])),
  };
}

function textOr(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** In a union MariaDB makes decimals of unsigned numbers. */
function numberOr(value: Row[string] | undefined): number | null {
  if (value === null || value === undefined) return null;
  return Number(typeof value === 'object' ? printDecimal(value) : value);
}
