import type { LogicalType } from '../../model/logical-type.ts';
import type { RequestedColumn, SourceColumn, Sql, TableRequest } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { isNested, nestedType } from '../../sql/nested-type.ts';
import { named } from '../../sql/quote.ts';
import { readJson } from './json.ts';
import type { CatalogColumn } from './native-type.ts';

/** A column as checks read it. Lists, structs and maps are read as JSON, whether they are of PostgreSQL's own types or in a JSON column. */
export function columnOf(
  column: CatalogColumn,
  type: LogicalType,
  request: Pick<TableRequest, 'columns'>,
): SourceColumn {
  const { name, native } = column;
  const value = named(name);
  if (isNested(type)) return { name, native, type, value: sql`nullif(to_jsonb(${value}), 'null')` };
  if (type.name === 'string')
    return { name, native, type, value: textual(native) ? value : sql`cast(${value} as text)` };
  if (type.name !== 'json') return { name, native, type, value };
  const raw: Sql = sql`nullif(to_jsonb(${value}), 'null')`;
  const wanted = declaredNested(name, request.columns);
  if (!wanted) return { name, native, type, value };
  const { value: found, unparsable } = readJson(raw, wanted);
  return { name, native, type: wanted, value: found, cell: { raw, unparsable }, schemaless: true };
}

/** Types whose texts compare as they are. */
function textual(native: string): boolean {
  return /^(?:text|character varying)/.test(native);
}

/** The nested type that the contract declares for a JSON column. */
function declaredNested(name: string, requested: readonly RequestedColumn[]): LogicalType | undefined {
  const declared = requested.find(
    (column) => isNested(column.type) && column.physicalNames.some((own) => own.toLowerCase() === name.toLowerCase()),
  );
  return declared && nestedType(declared, requested);
}
