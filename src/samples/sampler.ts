import type { Column, Table } from '../model/contract.ts';
import type { Field } from '../sql/shape.ts';
import type { Choices } from './choices.ts';
import { circleOf } from './circle.ts';
import { fillGroup } from './fill.ts';
import { type Group, leading } from './groups.ts';
import type { Judge } from './judge.ts';
import { type Filled, TRIES } from './ledger.ts';
import { contextOf, listedIn, type Making, randomFor, type SampleInput, type Workshop, workshopOf } from './making.ts';
import { mayBeNull, missingOf } from './missing.ts';
import { pinsOf } from './pins.ts';
import type { Condition, ParentLink } from './promises.ts';
import { type ColumnMaker, proposals } from './propose.ts';
import { choicesOf, noteOrphans } from './referred.ts';
import { rowsProblem } from './rows.ts';
import type { Sample } from './sample.ts';
import { sourceOf } from './value-source.ts';

/** Rows of a table of the contract, the same for the same input; rows of the tables that it refers to are made on the way. */
export async function sampleTable(input: SampleInput, table: Table): Promise<Sample> {
  const shop = workshopOf(input);
  const of = shop.making(table.name);
  if (!of) throw new Error(`${table.name} is no table of ${input.contract.id}`);
  const filledOf = (other: Making, group: Group): Promise<Filled> => filledGroup(shop, other, group);
  const columns = new Map<string, readonly unknown[]>();
  for (const group of of.groups) {
    const filled = await filledOf(of, group);
    for (const [name, values] of filled.columns) columns.set(name, values);
    for (const [path, count] of filled.broken) of.notes.set(path, brokenWords(count, input.rows));
  }
  for (const [path, reason] of of.promises.beyond) of.notes.set(path, reason);
  for (const link of followers(of.promises.parents)) await noteOrphans(shop, of, link, columns, filledOf);
  const tooFew = rowsProblem(table, input.rows);
  if (tooFew !== undefined) of.notes.set(`${table.name}.rows`, tooFew);
  const { fields, promises, notes } = of;
  const circle = circleOf(table.name, (name) => shop.making(name)?.promises.parents.map((link) => link.table) ?? []);
  return {
    fields,
    rows: input.rows,
    columns,
    own: promises.parents.filter((link) => link.table === table.name),
    mutual: promises.parents.filter((link) => link.table !== table.name && circle.includes(link.table)),
    notes: [...notes].map(([path, message]) => ({ path, message })),
  };
}

function brokenWords(count: number, rows: number): string {
  if (count === 0) return 'it is undecided in every row';
  const all =
    count === rows && rows > 1 ? `all ${rows} rows break` : `${count} ${count === 1 ? 'row breaks' : 'rows break'}`;
  return `${all} it: up to ${TRIES.toLocaleString('en')} tries found nothing better`;
}

async function filledGroup(shop: Workshop, of: Making, group: Group): Promise<Filled> {
  const first = firstOfCircle(shop, of, group);
  if (first && !first.of.filled.has(first.group)) await made(shop, first.of, first.group);
  const known = of.filled.get(group);
  if (known === 'begun') throw new Error(`${of.table.name}: columns that depend on themselves`);
  return known ?? (await made(shop, of, group));
}

/** Of groups that lead to one another the one that is made first, so that all runs agree on it, whichever table they are about. */
function firstOfCircle(
  shop: Workshop,
  of: Making,
  group: Group,
): { readonly of: Making; readonly group: Group } | undefined {
  const homes = new Map([[group, of]]);
  const circle = circleOf(group, ({ parents }) =>
    parents.flatMap((link) => {
      const other = shop.making(link.table);
      const groups = other?.groups.filter(({ columns }) => link.to.some((name) => columns.includes(name))) ?? [];
      for (const each of groups) if (other) homes.set(each, other);
      return groups;
    }),
  );
  const places = circle.flatMap((each) => {
    const home = homes.get(each);
    return home ? [{ of: home, group: each }] : [];
  });
  const { tables } = shop.input.contract;
  const order = (place: { readonly of: Making; readonly group: Group }): number =>
    tables.indexOf(place.of.table) + place.of.groups.indexOf(place.group) / (place.of.groups.length + 1);
  return places.toSorted((one, other) => order(one) - order(other))[0];
}

async function made(shop: Workshop, of: Making, group: Group): Promise<Filled> {
  const { input } = shop;
  of.filled.set(group, 'begun');
  const choices = new Map<ParentLink, Choices>();
  for (const link of group.parents)
    choices.set(link, await choicesOf(shop, of, group, link, (other, each) => filledGroup(shop, other, each)));
  const asked = group.conditions.length > 0 ? await askable(input, of, group.conditions) : undefined;
  const makers = new Map(
    group.columns.flatMap((name) => {
      const field = of.fields.find((each) => each.name === name);
      return field ? [[name, makerOf(input, of, field, group, choices)] as const] : [];
    }),
  );
  const propose = proposals({
    group,
    rows: input.rows,
    makers,
    choices,
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
    isMissing: listedIn(of),
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

function makerOf(
  input: SampleInput,
  of: Making,
  field: Field<Column>,
  group: Group,
  choices: ReadonlyMap<ParentLink, Choices>,
): ColumnMaker {
  const column = field.column as Column;
  const { table } = of;
  const context = contextOf(input, of, field, group);
  const link = group.parents.find(({ columns }) => columns.includes(field.name));
  const found = link && choices.get(link);
  // Without a parent's rows nothing but NULL refers to one.
  const isLost = found?.rows.length === 0 && mayBeNull(column);
  return {
    column,
    source: sourceOf(field, context),
    missing: isLost ? () => ({ value: null }) : missingOf(column, table, context.isNull ?? (() => false)),
    pinned: pinsOf(input, of, field, group, choices),
    random: randomFor(input, table, field.name),
  };
}

/** References whose columns another one leads. */
function followers(parents: readonly ParentLink[]): readonly ParentLink[] {
  const led = new Set(leading(parents));
  return parents.filter((link) => !led.has(link));
}
