import type { Column, Contract, Table } from '../model/contract.ts';
import type { Instant } from '../sql/dialect.ts';
import { type Field, fieldsOf } from '../sql/shape.ts';
import type { SqlSyntax } from '../sql/tokens.ts';
import { axisOf } from './axis.ts';
import { type Filled, fillGroup, TRIES } from './fill.ts';
import { type Group, groupsOf, leading } from './groups.ts';
import type { Judge, SampleRow } from './judge.ts';
import { keyOf } from './key.ts';
import { type Missing, missingOf } from './missing.ts';
import { type Condition, type ParentLink, type Promises, promisesOf } from './promises.ts';
import { type ColumnMaker, proposals } from './propose.ts';
import { type RandomOf, randomOf } from './random.ts';
import { rowsProblem } from './rows.ts';
import type { SourceContext } from './source.ts';
import { ruleOf, sourceOf } from './value-source.ts';

export interface SampleInput {
  readonly contract: Contract;
  readonly rows: number;
  readonly seed: string;
  readonly now: Instant;
  syntaxOf(table: Table): SqlSyntax;
  /** Asks an engine about conditions of the table. */
  judgeOf(table: Table): Promise<Judge>;
}

/** A promise that the rows do not keep for certain. */
export interface SampleNote {
  /** Path of the check, such as `orders.average-basket`. */
  readonly path: string;
  readonly message: string;
}

export interface Sample {
  /** Root columns, in the order of the contract. */
  readonly fields: readonly Field<Column>[];
  readonly rows: readonly SampleRow[];
  readonly notes: readonly SampleNote[];
}

/** A table while its rows are made. */
interface Making {
  readonly table: Table;
  readonly promises: Promises;
  readonly fields: readonly Field<Column>[];
  readonly groups: readonly Group[];
  readonly filled: Map<Group, Filled | 'begun'>;
  readonly notes: Map<string, string>;
}

/** Rows of a table of the contract, the same for the same input; rows of the tables that it refers to are made on the way. */
export async function sampleTable(input: SampleInput, table: Table): Promise<Sample> {
  const tables = new Map<string, Making>();
  const making = (each: Table): Making => {
    const known = tables.get(each.name) ?? begin(input, each);
    tables.set(each.name, known);
    return known;
  };
  const of = making(table);
  const parts: Filled[] = [];
  for (const group of of.groups) parts.push(await filledGroup(input, of, group, making));
  const rows = Array.from({ length: input.rows }, (_, row): SampleRow => {
    const values = new Map(parts.flatMap((part) => [...(part.rows[row] ?? [])]));
    return new Map(of.fields.map(({ name }) => [name, values.get(name) ?? null]));
  });
  for (const { broken } of parts)
    for (const [path, count] of broken) of.notes.set(path, brokenWords(count, input.rows));
  for (const [path, reason] of of.promises.beyond) of.notes.set(path, reason);
  for (const link of followers(of.promises)) await noteOrphans(input, of, link, rows, making);
  const tooFew = rowsProblem(table, input.rows);
  if (tooFew !== undefined) of.notes.set(`${table.name}.rows`, tooFew);
  return { fields: of.fields, rows, notes: [...of.notes].map(([path, message]) => ({ path, message })) };
}

function brokenWords(count: number, rows: number): string {
  if (count === 0) return 'it is undecided in every row';
  const all =
    count === rows && rows > 1 ? `all ${rows} rows break` : `${count} ${count === 1 ? 'row breaks' : 'rows break'}`;
  return `${all} it: ${TRIES.toLocaleString('en')} tries found nothing better`;
}

function begin(input: SampleInput, table: Table): Making {
  const promises = promisesOf(input.contract, table, input.syntaxOf(table));
  const fields = fieldsOf(table.columns);
  const groups = groupsOf(
    fields.map(({ name }) => name),
    promises,
  );
  const notes = new Map<string, string>();
  for (const condition of promises.conditions) {
    if (condition.columns.length === 0) notes.set(condition.path, 'it names no column of the table');
  }
  for (const { name, type } of table.columns) {
    if (type.name === 'native')
      notes.set(`${table.name}.${name}.type`, `values of the engine's own type ${type.native} are not made up`);
  }
  return { table, promises, fields, groups, filled: new Map(), notes };
}

type MakingOf = (table: Table) => Making;

async function filledGroup(input: SampleInput, of: Making, group: Group, making: MakingOf): Promise<Filled> {
  const known = of.filled.get(group);
  if (known === 'begun') throw new Error(`${of.table.name}: columns that depend on themselves`);
  if (known) return known;
  of.filled.set(group, 'begun');
  const tuples = new Map<ParentLink, readonly (readonly unknown[])[]>();
  for (const link of group.parents) tuples.set(link, await tuplesOf(input, of, link, making));
  const asked = group.conditions.length > 0 ? await askable(input, of, group.conditions) : undefined;
  const makers = new Map(
    group.columns.flatMap((name) => {
      const field = of.fields.find((each) => each.name === name);
      return field ? [[name, makerOf(input, of, field, group, tuples)] as const] : [];
    }),
  );
  const propose = proposals({
    group,
    rows: input.rows,
    makers,
    tuples,
    linkRandom: (path) => randomFor(input, of.table, `${path} link`),
    unsatisfied(column) {
      const isNative = makers.get(column)?.column.type.name === 'native';
      if (!isNative)
        of.notes.set(`${of.table.name}.${column}.invalid`, 'no value was found that keeps the rules of the column');
      if (makers.get(column)?.column.required)
        of.notes.set(`${of.table.name}.${column}.required`, 'no value was found');
    },
  });
  const filled = await fillGroup({
    group,
    rows: input.rows,
    propose,
    conditions: asked?.conditions ?? [],
    ...(asked && { judge: asked.judge }),
  });
  of.filled.set(group, filled);
  return filled;
}

async function askable(
  input: SampleInput,
  of: Making,
  conditions: readonly Condition[],
): Promise<{ readonly judge: Judge; readonly conditions: readonly Condition[] }> {
  const judge = await input.judgeOf(of.table);
  const refused = await judge.refused(conditions);
  for (const [{ path }, reason] of refused) of.notes.set(path, reason);
  return { judge, conditions: conditions.filter((condition) => !refused.has(condition)) };
}

/** The rows of the other table that a link may lead to; none where they cannot be made before these. */
async function tuplesOf(
  input: SampleInput,
  of: Making,
  link: ParentLink,
  making: MakingOf,
): Promise<readonly (readonly unknown[])[]> {
  const parent = input.contract.tables.find(({ name }) => name === link.table);
  const other = parent && making(parent);
  const groups = link.to.map((name) => other?.groups.find(({ columns }) => columns.includes(name)));
  const fall = (reason: string): readonly (readonly unknown[])[] => {
    of.notes.set(link.path, reason);
    return [];
  };
  if (!other || groups.includes(undefined)) return fall(`members of "${link.table}" are not looked up`);
  if (groups.some((group) => group && other.filled.get(group) === 'begun')) return fall('it leads back to itself');
  const parts: Filled[] = [];
  for (const group of groups) if (group) parts.push(await filledGroup(input, other, group, making));
  const rules = link.columns.map((name) => {
    const column = of.table.columns.find((each) => each.name === name);
    return column ? ruleOf(column, column.type, contextOf(input, column)) : () => undefined;
  });
  const rows = Array.from({ length: input.rows }, (_, row) =>
    link.to.map((name, at) => parts[at]?.rows[row]?.get(name)),
  );
  const fit = rows.filter(
    (values) => keyOf(values) !== undefined && values.every((value, at) => rules[at]?.(value) === undefined),
  );
  return fit.length > 0 ? fit : fall(`no row of "${link.table}" keeps the rules of the column`);
}

function makerOf(
  input: SampleInput,
  of: Making,
  field: Field<Column>,
  group: Group,
  tuples: ReadonlyMap<ParentLink, readonly unknown[]>,
): ColumnMaker {
  const column = field.column as Column;
  const { table } = of;
  const axis = axisOf(input.contract, table, column, input.now);
  const isWanted = group.unique.some(({ columns }) => columns.includes(field.name));
  const context: SourceContext = {
    ...contextOf(input, column),
    wanted: isWanted ? input.rows : 1,
    isNull: (text) => table.read?.missing.includes(text) ?? false,
    ...(axis && { span: axis.span }),
  };
  const rule = ruleOf(column, column.type, context);
  const pinned = new Map<number, unknown>();
  for (const [row, { value, path }] of axis?.pinned ?? []) {
    if (row >= input.rows) of.notes.set(path, 'it takes more rows');
    else if (rule(value) === undefined) pinned.set(row, value);
    else of.notes.set(path, 'the bounds of the column leave no such time');
  }
  // Without a parent's rows nothing but NULL refers to one.
  const isLost = group.parents.some((link) => link.columns.includes(field.name) && tuples.get(link)?.length === 0);
  const missing: Missing = isLost && !column.required ? () => ({ value: null }) : missingOf(column, table);
  return { column, source: sourceOf(field, context), missing, pinned, random: randomFor(input, table, field.name) };
}

function contextOf({ contract, now }: SampleInput, column: Column): Pick<SourceContext, 'now' | 'zone'> {
  return { now, zone: column.timezone ?? contract.timezone };
}

function randomFor({ seed, contract }: SampleInput, table: Table, name: string): RandomOf {
  return randomOf(seed, contract.name, table.name, name);
}

/** References whose columns another one leads. */
function followers({ parents }: Promises): readonly ParentLink[] {
  const led = new Set(leading(parents));
  return parents.filter((link) => !led.has(link));
}

async function noteOrphans(
  input: SampleInput,
  of: Making,
  link: ParentLink,
  rows: readonly SampleRow[],
  making: MakingOf,
): Promise<void> {
  const keys = new Set((await tuplesOf(input, of, link, making)).map(keyOf));
  const orphans = rows.filter((row) => {
    const key = keyOf(link.columns.map((name) => row.get(name)));
    return key !== undefined && !keys.has(key);
  });
  if (orphans.length === 0) return;
  of.notes.set(link.path, `${orphans.length} rows refer to none: another reference leads their columns`);
}
