import type { Column, Table } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { ContractInput, Note, Origin } from '../generator.ts';
import { tablesNamed } from './definition.ts';
import { constantName, moduleNames, type TableNames, typeName } from './names.ts';
import type { TypeScriptOptions } from './options.ts';
import { hasPlainKey } from './table.ts';

/** What TypeScript says otherwise than the contract, or not at all. */
export function notesOf({ contract, originOf }: ContractInput, options: TypeScriptOptions): readonly Note[] {
  const names = moduleNames(contract);
  return contract.tables.flatMap((table) => {
    const where = `${contract.id}/${table.name}`;
    const columns = [...table.columns, ...table.features];
    return [
      ...renamed(table, names.of(table)).map((message) => ({ where, message })),
      ...unfound(table, originOf(table)).map((message) => ({ where, message })),
      ...placed(originOf(table)).map((message) => ({ where, message })),
      ...(table.key && !hasPlainKey(table)
        ? [{ where, message: 'byKey is not there: the key names a member of a column' }]
        : []),
      ...columns.flatMap((column) =>
        ofColumn(column, options).map((message) => ({ where: `${where}.${column.name}`, message })),
      ),
    ];
  });
}

/** What the caller has to say, as the contract cannot. */
function placed({ hidden }: Origin): readonly string[] {
  if (hidden === 'schema')
    return ["the schema is filled in from the environment: it is the connection's, or name it as { schema }"];
  if (hidden === 'root') return ['the root of the warehouse is not in the project: name it in connect({ root })'];
  return [];
}

/** Other tables of files, which no statement finds by their names. */
function unfound(table: Table, { engine }: Origin): readonly string[] {
  if (engine !== 'files') return [];
  const others = [...tablesNamed(table, 'standard')].filter((name) => name !== 'now' && name !== table.name);
  return others.map((name) => `what its SQL reads of {${name}} cannot be read here: both are files`);
}

function renamed(table: Table, names: TableNames): readonly string[] {
  const name = typeName(table.name);
  const wanted: readonly (readonly [wanted: string, has: string])[] = [
    [constantName(table.name), names.constant],
    [`New${name}Row`, names.newRow],
    ...[...names.nested].map(([path, has]) => [`${name}${typeName(path)}`, has] as const),
  ];
  return wanted.flatMap(([asked, has]) => (asked === has ? [] : [`"${asked}" is called ${has}: the name is taken`]));
}

function ofColumn({ name, type, physicalNames }: Column, { instants }: TypeScriptOptions): readonly string[] {
  const types = typesIn(type);
  const isStored = !/[.[{]/.test(name);
  return [
    ...(types.some((each) => each.name === 'native') ? ["the engine's own type is unknown to TypeScript"] : []),
    ...(instants === 'date' && types.some((each) => each.name === 'instant' && (each.precision ?? 6) > 3)
      ? ['a Date has milliseconds: the microseconds of instants are lost']
      : []),
    ...(isStored && physicalNames.length > 1
      ? [`the source has one of several names: Kysely's table has "${physicalNames[0]}" only`]
      : []),
  ];
}

function typesIn(type: LogicalType): readonly LogicalType[] {
  if (type.name === 'array') return typesIn(type.element);
  return type.name === 'map' ? [type.key, ...typesIn(type.value)] : [type];
}
