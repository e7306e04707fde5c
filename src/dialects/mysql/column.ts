import type { LogicalType } from '../../model/logical-type.ts';
import type { RequestedColumn, SourceColumn, Sql, TableRequest } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { matchName } from '../../sql/names.ts';
import { isNested, nestedType } from '../../sql/nested-type.ts';
import { readJson, UUID, withoutNull } from './json.ts';
import { asFloat } from './literal.ts';
import { type CatalogColumn, logicalType } from './native-type.ts';
import { named } from './quote.ts';
import { plainText, textOf, wholly } from './text.ts';
import type { Words } from './words.ts';

/** A column as checks read it. */
export function columnOf(column: CatalogColumn, request: Pick<TableRequest, 'columns'>, words: Words): SourceColumn {
  const { name, native, data } = column;
  const declared = request.columns.find(({ physicalNames }) => matchName(physicalNames, [name]).state === 'found');
  const type = logicalType(column, declared?.type, words.hasJson);
  if (declared && isNested(type)) return nestedColumn(column, declared, request, words);
  const raw = named(name);
  const typed = (value: Sql): SourceColumn => ({ name, native, type, value });
  const measured = (value: Sql, unparsable: Sql): SourceColumn => ({ ...typed(value), cell: { raw, unparsable } });
  switch (type.name) {
    case 'boolean':
      // One bit has no third value; the smallest integer has.
      return data === 'bit' ? typed(sql`(${raw} <> 0)`) : measured(sql`(${raw} <> 0)`, sql`(${raw} not in (0, 1))`);
    case 'uuid': {
      if (data === 'uuid') return typed(textOf(raw));
      const isOne = words.matches(raw, wholly(UUID));
      return measured(sql`(case when ${isOne} then ${textOf(sql`lower(${raw})`)} end)`, sql`(not ${isOne})`);
    }
    case 'json':
      return words.hasJson ? typed(raw) : measured(raw, sql`(not json_valid(${raw}))`);
    default:
      return typed(readable(raw, column, type));
  }
}

function readable(raw: Sql, { data, native, charset }: CatalogColumn, type: LogicalType): Sql {
  if (type.name === 'float') return asFloat(raw);
  // A year is compared with 70 as with 1970, and the zeros that a number is filled up with are no part of it.
  if (data === 'year') return sql`cast(${raw} as signed)`;
  if (native.includes('zerofill')) return sql`(${raw} + 0)`;
  if (type.name !== 'string') return raw;
  // Texts sort by code point; what is kept as a number sorts as its text.
  const isPlain = charset === 'utf8mb4' && data !== 'enum' && data !== 'set';
  return isPlain ? sql`(${raw} collate utf8mb4_bin)` : plainText(raw);
}

/** A JSON column whose contract says what is in it. */
function nestedColumn(
  { name, native }: CatalogColumn,
  declared: RequestedColumn,
  request: Pick<TableRequest, 'columns'>,
  words: Words,
): SourceColumn {
  const type = nestedType(declared, request.columns);
  const own = named(name);
  // Functions of MariaDB warn of a text that is no JSON.
  const json = withoutNull(words.hasJson ? own : sql`(case when json_valid(${own}) then ${own} end)`, words);
  const { value, unparsable } = readJson(json, type, words);
  const cell = words.hasJson
    ? { raw: json, unparsable }
    : { raw: withoutNull(own, words), unparsable: sql`(${unparsable} or not json_valid(${own}))` };
  return { name, native, type, value, cell, schemaless: true };
}
