import type { Column } from '../model/contract.ts';
import type { Field } from '../sql/shape.ts';
import { axisOf, OLDEST } from './axis.ts';
import type { Choices } from './choices.ts';
import type { Group } from './groups.ts';
import { contextOf, type Making, type SampleInput } from './making.ts';
import type { ParentLink } from './promises.ts';
import { keepsOf } from './value-source.ts';

/** A value that a row has to have, whatever else is wanted of it. */
export interface Pin {
  readonly value: unknown;
  /** Row of the table that the column refers to. */
  readonly parent?: number;
}

/** The times that freshness and retention want of a column: row → pin. Notes what cannot be had. */
export function pinsOf(
  input: SampleInput,
  of: Making,
  field: Field<Column>,
  group: Group,
  choices: ReadonlyMap<ParentLink, Choices>,
): ReadonlyMap<number, Pin> {
  const axis = axisOf(input.contract, of.table, field.column as Column, input.now);
  if (!axis) return new Map();
  const keeps = keepsOf(field, contextOf(input, of, field, group));
  const link = group.parents.find(({ columns }) => columns.includes(field.name));
  const found = link && choices.get(link);
  const end = (isOldest: boolean): Pin | undefined =>
    link && found && found.rows.length > 0 ? endOf(found, link.columns.indexOf(field.name), isOldest) : undefined;
  const beside = ({ value }: Pin): string =>
    `the column refers to "${link?.table}", whose times end at ${String(value)}`;
  const pins = new Map<number, Pin>();
  for (const [row, { value, path }] of axis.pinned) {
    const pin = end(row === OLDEST);
    if (row >= input.rows) of.notes.set(path, 'it takes more rows');
    else if (pin) {
      const isKept = row === OLDEST ? String(pin.value) <= String(value) : pin.value === value;
      if (!isKept) of.notes.set(path, beside(pin));
      pins.set(row, pin);
    } else if (keeps(value)) pins.set(row, { value });
    else of.notes.set(path, 'the bounds of the column leave no such time');
  }
  const oldest = axis.earliest && end(true);
  if (axis.earliest && oldest && String(oldest.value) < String(axis.earliest.value))
    of.notes.set(axis.earliest.path, beside(oldest));
  return pins;
}

/** The newest or the oldest of the times that are referred to; canonical texts sort as their times do. */
function endOf({ rows, columns }: Choices, at: number, isOldest: boolean): Pin {
  const values = columns[at] ?? [];
  const best = rows.reduce((one, other) => {
    const [first, second] = [String(values[one]), String(values[other])];
    return (isOldest ? second < first : second > first) ? other : one;
  });
  return { value: values[best], parent: best };
}
