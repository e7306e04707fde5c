import type { FieldDef } from 'pg';
import type { Row } from '../../model/value.ts';
import type { RequestedColumn, SourceColumn, Statement } from '../../sql/dialect.ts';
import { columnOf } from './column.ts';
import { type CatalogType, logicalType } from './native-type.ts';
import { byOid, INNER_TYPES, REACHED_TYPES } from './types.ts';

/** Names of the types of fields, and what they are made of. */
const TYPES = `with recursive field as (
  select f.oid, f.modifier, f.place from unnest(cast($1 as oid[]), cast($2 as integer[])) with ordinality as f(oid, modifier, place)
), reached(oid) as (
  select field.oid from field
  union
  ${INNER_TYPES}
)
select cast(json_build_object(
  'natives', (select json_agg(format_type(field.oid, field.modifier) order by field.place) from field),
  'types', ${REACHED_TYPES}
) as text) as found`;

type Field = Pick<FieldDef, 'dataTypeID' | 'dataTypeModifier'>;

export function typesStatement(fields: readonly Field[]): Statement {
  return {
    sql: TYPES,
    parameters: [fields.map(({ dataTypeID }) => dataTypeID), fields.map(({ dataTypeModifier }) => dataTypeModifier)],
  };
}

/** A row for each field from the answer to `typesStatement`: `oid`, `native`, and all types as JSON. */
export function descriptionOf(fields: readonly Field[], [row]: readonly Row[]): readonly Row[] {
  const found = JSON.parse(String(row?.['found'])) as { natives: readonly string[]; types: readonly CatalogType[] };
  const types = JSON.stringify(found.types);
  return fields.map(({ dataTypeID }, index) => ({
    oid: String(dataTypeID),
    native: found.natives[index] ?? '',
    types,
  }));
}

/** Reads a row of `descriptionOf`. */
export function describedColumn(described: Row, declared: RequestedColumn): SourceColumn {
  const type = String(described['oid']);
  const native = String(described['native']);
  const types = byOid(JSON.parse(String(described['types'])) as readonly CatalogType[]);
  const column = { name: declared.name, type, native, readable: true };
  return columnOf(column, logicalType(type, native, types), { columns: [declared] });
}
