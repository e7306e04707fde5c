import type { Column, Read, Table } from '../../src/model/contract.ts';
import type {
  ColumnDefinition,
  ContractFacts,
  PlaceDefinition,
  TableDefinition,
} from '../../src/model/table-definition.ts';
import type { Duration } from '../../src/model/threshold.ts';
import { sqlPieces } from '../../src/sql/lexer.ts';
import { splitLocation } from '../../src/sql/location.ts';
import { printLogicalType } from '../../src/sql/logical-type.ts';
import type { SqlSyntax } from '../../src/sql/tokens.ts';
import type { ContractInput } from '../generator.ts';
import { ownersOf } from './jsdoc.ts';

/** Classes whose values may stand in messages. */
const SHOWN: ReadonlySet<string> = new Set(['public', 'internal']);

/** What the runtime needs to know of a table. */
export function definitionOf(input: ContractInput, table: Table): TableDefinition {
  const { contract, originOf } = input;
  const { name, key, where, read, columns, features, freshness, extraColumns } = table;
  const { engine, folder } = originOf(table);
  const others = othersOf(input, table);
  const axis = freshness?.column?.text ?? table.timeColumn?.text;
  const timeColumn = columns.find((column) => column.name === axis);
  const timezone = timeColumn?.timezone ?? contract.timezone;
  return {
    name,
    ...placeOf(input, table),
    ...(others.length > 0 && {
      others: Object.fromEntries(others.map((other) => [other.name, placeOf(input, other)])),
    }),
    ...(engine === 'files' && { files: { folder, read: readOf(read) } }),
    key: key?.columns.map(({ text }) => text) ?? [],
    ...(where && { where: where.text }),
    columns: [...columns.map(columnOf), ...features.map((feature) => ({ ...columnOf(feature), as: feature.as.text }))],
    ...(extraColumns === 'forbid' && { extraColumns }),
    ...(freshness &&
      axis !== undefined && {
        freshness: {
          column: axis,
          ...(timeColumn?.type.name !== 'instant' && timezone !== undefined && { timezone }),
          within: withinOf(freshness.within),
        },
      }),
  };
}

function placeOf({ originOf }: ContractInput, table: Table): PlaceDefinition {
  const { location } = table;
  const written = location ? splitLocation(location.text).at(-2) : undefined;
  const schema = originOf(table).path.at(-1);
  return {
    ...(location && { location: location.text }),
    ...(schema !== undefined && schema !== written && { schema }),
  };
}

/** The other tables that the SQL of a table reads, of those that a statement finds by their names alone. */
function othersOf({ contract, originOf }: ContractInput, table: Table): readonly Table[] {
  const named = tablesNamed(table, originOf(table).engine === 'mysql' ? 'mysql' : 'standard');
  return contract.tables.filter(
    (other) => other !== table && named.has(other.name) && originOf(other).engine !== 'files',
  );
}

/** Names of tables in the SQL that accessors run. */
export function tablesNamed({ where, features }: Table, syntax: SqlSyntax): ReadonlySet<string> {
  const texts = [where, ...features.map(({ as }) => as)].filter((text) => text !== undefined);
  const pieces = texts.flatMap(({ text }) => sqlPieces(text, syntax));
  return new Set(pieces.flatMap((piece) => ('placeholder' in piece ? [piece.placeholder] : [])));
}

function columnOf({ name, type, required, physicalNames, format, classification }: Column): ColumnDefinition {
  const isRenamed = physicalNames.length !== 1 || physicalNames[0] !== name;
  return {
    name,
    type: printLogicalType(type),
    required,
    ...(isRenamed && { physicalNames }),
    ...(type.name !== 'string' && format && { dateFormat: format.text }),
    ...(classification && !SHOWN.has(classification.text) && { classification: classification.text }),
  };
}

function readOf(read: Read | undefined): Omit<Read, 'at'> {
  if (!read) return { missing: [] };
  const { at: _, ...rest } = read;
  return rest;
}

function withinOf({ warn, fail }: { readonly warn?: Duration; readonly fail?: Duration }): {
  readonly warn?: number;
  readonly fail?: number;
} {
  return { ...(warn && { warn: milliseconds(warn) }), ...(fail && { fail: milliseconds(fail) }) };
}

function milliseconds({ microseconds }: Duration): number {
  return Number(microseconds / 1000n);
}

/** What `orders.contract` says. */
export function factsOf({ contract, hash, checksOf }: ContractInput, table: Table): ContractFacts {
  const { id, version, status } = contract;
  const raci = ownersOf(contract, table);
  const names = (parties: readonly { readonly text: string }[] = []): readonly string[] =>
    parties.map(({ text }) => text);
  return {
    id,
    version,
    status,
    hash,
    table: table.name,
    owners: {
      responsible: names(raci?.responsible),
      ...(raci?.accountable && { accountable: raci.accountable.text }),
      consulted: names(raci?.consulted),
      informed: names(raci?.informed),
    },
    checks: checksOf(table),
  };
}
