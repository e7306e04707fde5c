import type { Column, Table } from '../../src/model/contract.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { parseMemberPath } from '../../src/sql/member-path.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import type { ContractInput, Note } from '../generator.ts';
import { refuseCollisions } from '../names.ts';
import { columnComment, tableComment } from './comment.ts';
import { rowConditions } from './condition.ts';
import type { DdlEngine, NativeType } from './engine.ts';
import { type Place, placeOf } from './place.ts';
import { conditionsOf, lengthsOf } from './rules.ts';

/** A column as it is created. */
export interface PlannedColumn {
  /** Of the contract. */
  readonly column: Column;
  /** In the warehouse. */
  readonly name: string;
  readonly native: NativeType;
  readonly default?: string;
  readonly conditions: readonly string[];
  /** As the engine takes it; absent: there is nothing to say. */
  readonly comment?: string;
}

/** A table as it is created, its keys apart. */
export interface PlannedTable {
  readonly table: Table;
  readonly place: Place;
  readonly columns: readonly PlannedColumn[];
  readonly comment: string;
  /** Row conditions, by the ids of their checks. */
  readonly conditions: readonly { readonly id: string; readonly text: string }[];
  readonly notes: readonly Note[];
}

export function planTable(input: ContractInput, table: Table, engine: DdlEngine): PlannedTable {
  const { contract } = input;
  const where = `${contract.id}/${table.name}`;
  const notes: Note[] = [];
  const note = (message: string, column?: string): void => {
    notes.push({ where: column === undefined ? where : `${where}.${column}`, message });
  };
  const origin = input.originOf(table);
  const { place, note: elsewhere } = placeOf(table, origin);
  if (elsewhere !== undefined) note(elsewhere);
  const fields = fieldsOf<Column>(table.columns);
  const kept = fields.filter(({ name, column }) => {
    const problem = column && engine.nameProblem(nameOf(column));
    if (problem !== undefined) note(`the column is left out: ${problem}`, name);
    return problem === undefined;
  });
  const columns = fitted(kept, engine).map((each) => {
    const { field, column, native } = each;
    for (const message of native.notes ?? []) note(message, column.name);
    if (column.physicalNames.length > 1)
      note(`it is called ${nameOf(column)}, the first of its names in the source`, column.name);
    return planColumn(field, column, native, table, engine, note);
  });
  refuseCollisions(columns.map(({ name, column }) => ({ name, origin: `column "${column.name}" of ${where}` })));
  const told = engine.comment(tableComment(contract, table), 'table');
  if (told.note !== undefined) note(told.note);
  const isOwn = engine.warehouses.includes(origin.engine);
  const conditions = isOwn ? rowConditions(table, columns, engine) : [];
  return { table, place, columns, comment: told.text, conditions, notes };
}

/** The name in the warehouse; of several the first. */
export function nameOf(column: Column): string {
  return column.physicalNames[0] ?? column.name;
}

interface FittedColumn {
  readonly field: Field<Column>;
  readonly column: Column;
  readonly native: NativeType;
}

/** The columns with their types; the longest texts become long ones until the row holds them all. */
function fitted(fields: readonly Field<Column>[], engine: DdlEngine): readonly FittedColumn[] {
  const typed = fields.flatMap((field) => {
    const { column } = field;
    if (!column) return [];
    return [{ field, column, native: engine.type({ field, ...lengthsOf(column) }) }];
  });
  if (engine.mostRowBytes === undefined) return typed;
  const bytes = (each: FittedColumn): number => each.native.rowBytes ?? 0;
  let total = typed.reduce((sum, each) => sum + bytes(each), 0);
  const long = new Set<FittedColumn>();
  // Texts of a key, which stay, are short.
  for (const each of typed
    .filter(({ native }) => native.width !== undefined)
    .sort((one, other) => bytes(other) - bytes(one))) {
    if (total <= engine.mostRowBytes) break;
    total -= bytes(each);
    long.add(each);
  }
  return typed.map((each) =>
    long.has(each)
      ? { ...each, native: engine.type({ field: each.field, ...lengthsOf(each.column), asLong: true }) }
      : each,
  );
}

function planColumn(
  field: Field<Column>,
  column: Column,
  native: NativeType,
  table: Table,
  engine: DdlEngine,
  note: (message: string, column: string) => void,
): PlannedColumn {
  const name = nameOf(column);
  const quoted = engine.quote(name);
  const { conditions, notes } = conditionsOf(column, quoted, native.width, engine);
  for (const message of notes) note(message, column.name);
  const members = membersOf(column, table);
  const rules = members.filter((member) => member.required || hasRules(member)).map((member) => member.name);
  if (field.shape.kind !== 'value' && rules.length > 0) {
    note(`rules on its members are left out: ${rules.join(', ')}`, column.name);
  }
  if (column.generated) note('the column is filled in by the warehouse: the contract does not say how', column.name);
  const standard = column.default && defaultOf(column, native, engine);
  if (standard && 'note' in standard)
    note(`the default ${column.default?.text} is left out: ${standard.note}`, column.name);
  const comment = columnComment(column, members);
  const told = comment === '' ? undefined : engine.comment(comment, 'column');
  if (told?.note !== undefined) note(told.note, column.name);
  return {
    column,
    name,
    native,
    ...(standard && 'text' in standard && { default: standard.text }),
    conditions: [...(native.check ? [native.check(quoted)] : []), ...conditions],
    ...(told && { comment: told.text }),
  };
}

function membersOf({ name }: Column, table: Table): readonly Column[] {
  return table.columns.filter((other) => other.name !== name && parseMemberPath(other.name).column === name);
}

function hasRules({
  enum: values,
  pattern,
  format,
  min,
  max,
  exclusiveMin,
  exclusiveMax,
  minLength,
  maxLength,
}: Column): boolean {
  return [values, pattern, format, min, max, exclusiveMin, exclusiveMax, minLength, maxLength].some(
    (rule) => rule !== undefined,
  );
}

function defaultOf(
  column: Column,
  native: NativeType,
  engine: DdlEngine,
): { readonly text: string } | { readonly note: string } {
  const parsed = parseLiteral(column.default?.text ?? '', column.type, 'value');
  if ('problem' in parsed) return { note: `a ${column.type.name} has no literal` };
  return engine.defaultOf(parsed.literal, column.type, native.text);
}
