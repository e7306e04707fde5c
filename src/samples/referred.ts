import type { Column } from '../model/contract.ts';
import { type Choices, tupleOf } from './choices.ts';
import type { Group } from './groups.ts';
import { keyOf } from './key.ts';
import type { Filled } from './ledger.ts';
import { contextOf, listedIn, type Making, type Workshop } from './making.ts';
import type { ParentLink } from './promises.ts';
import type { SourceContext } from './source.ts';
import { printTime } from './times.ts';
import { keepsOf } from './value-source.ts';

/** Makes the columns of another table that a reference leads to. */
export type FilledOf = (of: Making, group: Group) => Promise<Filled>;

/** The rows that a link may lead to; none, with a note, where they cannot be made before these. */
export async function choicesOf(
  shop: Workshop,
  of: Making,
  group: Group,
  link: ParentLink,
  filledOf: FilledOf,
): Promise<Choices> {
  const all = await partnersOf(shop, of, link, filledOf);
  const fits = link.columns.map((name) => fitOf(shop, of, group, name));
  const rows = all.rows.filter((row) => tupleOf(all, row).every((value, at) => fits[at]?.keeps(value)));
  if (all.rows.length > 0 && rows.length === 0)
    of.notes.set(link.path, `no row of "${link.table}" keeps the rules of the column`);
  const timely = rows.filter((row) => tupleOf(all, row).every((value, at) => fits[at]?.isTimely(value)));
  return { ...all, rows: timely.length > 0 ? timely : rows };
}

/** All rows of the other table in which nothing is missing. */
async function partnersOf(shop: Workshop, of: Making, link: ParentLink, filledOf: FilledOf): Promise<Choices> {
  const other = shop.making(link.table);
  const isOwn = other === of;
  const groups = link.to.map((name) => other?.groups.find(({ columns }) => columns.includes(name)));
  const none = (reason: string): Choices => {
    of.notes.set(link.path, reason);
    return { rows: [], columns: [], isOwn };
  };
  if (!other || groups.includes(undefined)) return none(`members of "${link.table}" are not looked up`);
  if (groups.some((group) => group && other.filled.get(group) === 'begun'))
    return none('it leads back to itself, so that there is nothing yet to refer to');
  const parts: Filled[] = [];
  for (const group of groups) if (group) parts.push(await filledOf(other, group));
  const columns = link.to.map((name, at) => parts[at]?.columns.get(name) ?? []);
  const rows = Array.from({ length: shop.input.rows }, (_, row) => row);
  return { rows: rows.filter((row) => columns.every((values) => isThere(values[row]))), columns, isOwn };
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** What a column asks of the values that it takes over. */
function fitOf(shop: Workshop, of: Making, group: Group, name: string) {
  const field = of.fields.find((each) => each.name === name);
  if (!field) return undefined;
  const context = contextOf(shop.input, of, field, group);
  return { keeps: keepsOf(field, context), isTimely: timelyIn(field.column as Column, context) };
}

/** Whether a time lies in the span that freshness and retention look at; canonical texts sort as their times do. */
function timelyIn({ type }: Column, { span }: SourceContext): (value: unknown) => boolean {
  const print = (micros: bigint | undefined) => (micros === undefined ? undefined : printTime(micros, type));
  const [first, last] = [print(span?.first), print(span?.last)];
  return (value) =>
    typeof value !== 'string' || ((first === undefined || value >= first) && (last === undefined || value <= last));
}

/** Notes how many rows lead nowhere by a reference whose columns another one decides. */
export async function noteOrphans(
  shop: Workshop,
  of: Making,
  link: ParentLink,
  columns: ReadonlyMap<string, readonly unknown[]>,
  filledOf: FilledOf,
): Promise<void> {
  const partners = await partnersOf(shop, of, link, filledOf);
  const keys = new Set(partners.rows.map((row) => keyOf(tupleOf(partners, row))));
  const isListed = listedIn(of);
  let orphans = 0;
  for (let row = 0; row < shop.input.rows; row += 1) {
    const values = link.columns.map((name) => columns.get(name)?.[row]);
    const isMissing = link.columns.some((name, at) => isListed(name, values[at]));
    const key = isMissing ? undefined : keyOf(values);
    if (key !== undefined && !keys.has(key)) orphans += 1;
  }
  if (orphans > 0) of.notes.set(link.path, `${orphans} rows refer to none: another reference leads their columns`);
}
