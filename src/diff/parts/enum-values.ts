import type { Column, EnumValue } from '../../model/contract.ts';
import type { ColumnContext, Found, Pair } from '../rules/rule.ts';
import { checksOf } from './column-part.ts';
import { removalMessage, removalOf, removalSuffix } from './sunset.ts';
import { shownValue, valueText } from './value.ts';

/** The values of two sets: by value, then by the hint `renamedFrom`. */
export interface MatchedValues {
  /** In the order of the new set. */
  readonly common: readonly Pair<EnumValue>[];
  readonly renamed: readonly Pair<EnumValue>[];
  readonly added: readonly EnumValue[];
  readonly removed: readonly EnumValue[];
}

/** As texts that are equal for equal values; null where the column has no set. */
export function valueTexts({ enum: set, type }: Column): readonly string[] | null {
  return set ? set.values.map(({ text }) => shownValue(valueText(text, type))) : null;
}

export function matchValues(old: Column, now: Column): MatchedValues {
  const [before, after] = [old.enum?.values ?? [], now.enum?.values ?? []];
  const [inOld, inNow] = [finder(before, old), finder(after, now)];
  const common: Pair<EnumValue>[] = [];
  const renamed: Pair<EnumValue>[] = [];
  const added: EnumValue[] = [];
  const left = new Set(before);
  for (const value of after) {
    const same = inOld(value.text, now);
    const hint = value.renamedFrom;
    // A value that is still there was not renamed, whatever the hint says.
    const hinted = same || hint === undefined || inNow(hint, old) ? undefined : inOld(hint, now);
    const former = same ?? (hinted && left.has(hinted) ? hinted : undefined);
    if (!former) added.push(value);
    else {
      left.delete(former);
      const pair = { old: former, new: value };
      common.push(pair);
      if (!same) renamed.push(pair);
    }
  }
  return { common, renamed, added, removed: [...left] };
}

/** Finds a value of a set that is written in another version of the column: by its digits, or by what they mean. */
function finder(values: readonly EnumValue[], own: Column): (text: string, of: Column) => EnumValue | undefined {
  const written = new Map<string, EnumValue>();
  const meant = new Map<string, EnumValue>();
  for (const value of values.toReversed()) {
    written.set(value.text, value);
    meant.set(valueText(value.text, own.type), value);
  }
  return (text, { type }) => written.get(text) ?? meant.get(valueText(text, type));
}

function pathOf(value: string): string {
  return `enum.${value === '' ? '""' : value}`;
}

export function renamedValue(value: Pair<EnumValue>, { old, new: now }: Pair<Column>): Found {
  const [before, after] = [valueText(value.old.text, old.type), valueText(value.new.text, now.type)];
  return {
    rule: 'enum-value-renamed',
    below: pathOf(after),
    before,
    after,
    message: `what was written ${shownValue(before)} is now written ${shownValue(after)}`,
    at: value.new.at,
    was: value.old.at,
  };
}

export function addedValue(value: EnumValue, { old, new: now }: Pair<Column>, isOpen: boolean): Found {
  const after = valueText(value.text, now.type);
  return {
    rule: 'enum-value-added',
    below: pathOf(after),
    before: null,
    after,
    message: isOpen
      ? `value ${shownValue(after)} is known; any may come`
      : `value ${shownValue(after)} may come, which could not before`,
    at: value.at,
    ...(old.enum && { was: old.enum.at }),
    ...(isOpen && { notice: true, bump: 'minor' as const }),
  };
}

export function removedValue(
  value: EnumValue,
  { old, new: now }: Pair<Column>,
  context: ColumnContext,
  isOpen: boolean,
): Found {
  const before = valueText(value.text, old.type);
  const removal = removalOf([value.deprecated], context.policy.asOf);
  return {
    rule: `enum-value-removed${removalSuffix(removal)}`,
    below: pathOf(before),
    before,
    after: null,
    message: `${removalMessage(`value ${shownValue(before)}`, removal)}${isOpen ? '; any may still come' : ''}`,
    ...(now.enum && { at: now.enum.at }),
    was: value.at,
    ...((isOpen || removal.kind === 'after') && { notice: true }),
    ...(!isOpen && checksOf(context, 'invalid')),
  };
}

/** Ordinal enums sort by the place in the list. */
export function orderChange({ common }: MatchedValues, { old, new: now }: Pair<Column>): readonly Found[] {
  const kept = new Set(common.map((pair) => pair.old));
  const before = (old.enum?.values ?? []).filter((value) => kept.has(value));
  if (before.every((value, index) => value === common[index]?.old)) return [];
  const print = (values: readonly EnumValue[]) =>
    values.map(({ text }) => shownValue(valueText(text, now.type))).join(', ');
  const [was, is] = [print(before), print(common.map((pair) => pair.new))];
  return [
    {
      rule: 'enum-order-changed',
      below: 'enum',
      before: was,
      after: is,
      message: `the values stand in the order ${is}; it was ${was}`,
      ...(now.enum && { at: now.enum.at }),
      ...(old.enum && { was: old.enum.at }),
    },
  ];
}
