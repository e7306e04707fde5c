import { type Column, type Table, VALUE_RULES } from '../../src/model/contract.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { parseMemberPath } from '../../src/sql/member-path.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import type { ContractInput, Note } from '../generator.ts';
import { refuseCollisions } from '../names.ts';
import { isKeyColumn, type Rows, type Severe } from '../row-scope.ts';
import { columnComment, tableComment } from './comment.ts';
import { rowConditions } from './condition.ts';
import type { DdlEngine, NativeType } from './engine.ts';
import { loosenessIn, type Shared } from './loose.ts';
import { type Place, placeOf } from './place.ts';
import { conditionsOf, lengthsOf } from './rules.ts';

/** A column as it is created. */
export interface PlannedColumn {
  /** Of the contract. */
  readonly column: Column;
  /** In the warehouse. */
  readonly name: string;
  readonly native: NativeType;
  readonly isRequired: boolean;
  readonly default?: string;
  readonly conditions: readonly string[];
  /** As the engine takes it; absent: there is nothing to say. */
  readonly comment?: string;
}

/** A table as it is created, its keys apart. */
export interface PlannedTable extends Shared {
  readonly place: Place;
  readonly columns: readonly PlannedColumn[];
  readonly comment: string;
  /** Row conditions, by the ids of their checks. */
  readonly conditions: readonly { readonly id: string; readonly text: string }[];
  /** Row conditions that are none, as they do not hold for every row. */
  readonly looseConditions: readonly string[];
  readonly notes: readonly Note[];
}

/** Asks whether a promise is a constraint; the names of those that are not come to a note. */
type IsConstraint = (of: Severe, rows: Rows, names: readonly string[]) => boolean;

export function planTable(input: ContractInput, shared: Shared, engine: DdlEngine): PlannedTable {
  const { contract } = input;
  const { table } = shared;
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
  const loose = new Map<string, readonly string[]>();
  const isConstraint: IsConstraint = (of, rows, names) => {
    const reason = loosenessIn(shared, of, rows);
    if (reason !== undefined) loose.set(reason, [...(loose.get(reason) ?? []), ...names]);
    return reason === undefined;
  };
  const columns = fitted(kept, shared, engine).map((each) => {
    const { field, column, native } = each;
    for (const message of native.notes ?? []) note(message, column.name);
    if (column.physicalNames.length > 1)
      note(`it is called ${nameOf(column)}, the first of its names in the source`, column.name);
    return planColumn(field, column, native, { table, engine, note, isConstraint });
  });
  refuseCollisions(columns.map(({ name, column }) => ({ name, origin: `column "${column.name}" of ${where}` })));
  const told = engine.comment(tableComment(contract, table), 'table');
  if (told.note !== undefined) note(told.note);
  const isOwn = engine.warehouses.includes(origin.engine);
  const checks = table.checks.filter(({ kind }) => kind === 'expect');
  const tight = checks.filter((check) => isConstraint(check, 'window', [check.id]));
  const conditions = isOwn ? rowConditions(tight, columns, engine) : [];
  const looseConditions = checks.filter((check) => !tight.includes(check)).map(({ id }) => id);
  for (const [reason, names] of loose) if (names.length > 0) note(`left out, as ${reason}: ${names.join(', ')}`);
  return { ...shared, place, columns, comment: told.text, conditions, looseConditions, notes };
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
function fitted(fields: readonly Field<Column>[], shared: Shared, engine: DdlEngine): readonly FittedColumn[] {
  const lengths = (column: Column) => lengthsOf(column, loosenessIn(shared, column, 'window') === undefined);
  const typed = fields.flatMap((field) => {
    const { column } = field;
    if (!column) return [];
    return [{ field, column, native: engine.type({ field, ...lengths(column) }) }];
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
      ? { ...each, native: engine.type({ field: each.field, ...lengths(each.column), asLong: true }) }
      : each,
  );
}

function planColumn(
  field: Field<Column>,
  column: Column,
  native: NativeType,
  {
    table,
    engine,
    note,
    isConstraint,
  }: {
    readonly table: Table;
    readonly engine: DdlEngine;
    readonly note: (message: string, column: string) => void;
    readonly isConstraint: IsConstraint;
  },
): PlannedColumn {
  const name = nameOf(column);
  const quoted = engine.quote(name);
  const isRequired =
    column.required &&
    isConstraint(column, isKeyColumn(table, column.name) ? 'all' : 'window', [`${column.name}.required`]);
  const ruled = conditionsOf(column, quoted, native.width, engine);
  const isRuled = isConstraint(column, 'window', ruled.conditions.length > 0 ? ruleNames(column) : []);
  const { conditions, notes } = isRuled ? ruled : { conditions: [], notes: [] };
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
    isRequired,
    ...(standard && 'text' in standard && { default: standard.text }),
    conditions: [...(native.check ? [native.check(quoted)] : []), ...conditions],
    ...(told && { comment: told.text }),
  };
}

/** The rules on values of a column; without one of its own that of its type, where the engine does not keep it by itself. */
function ruleNames(column: Column): readonly string[] {
  const rules = VALUE_RULES.filter((rule) => (rule === 'enum' ? column.enum?.open === false : column[rule]));
  return (rules.length > 0 ? rules : ['type']).map((rule) => `${column.name}.${rule}`);
}

function membersOf({ name }: Column, table: Table): readonly Column[] {
  return table.columns.filter((other) => other.name !== name && parseMemberPath(other.name).column === name);
}

function hasRules(column: Column): boolean {
  return VALUE_RULES.some((rule) => column[rule] !== undefined);
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
