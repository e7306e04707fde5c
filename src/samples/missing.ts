import type { Column, Table } from '../model/contract.ts';
import type { Amount } from '../model/threshold.ts';
import { valuesOf } from '../values/enum-values.ts';
import { keyOf } from './key.ts';
import type { Random } from './random.ts';

/** What stands for a value that is missing; undefined: the value is there. */
export type Missing = (row: number, random: Random) => { readonly value: unknown } | undefined;

/** One value in so many is missing where nothing counts them. */
const ABSENT = 10;
/** Of a number of rows that may be missing, one comes in so many. */
const APART = 7;

/**
 * Where a column has NULL, or a value that counts as missing: never more of them than the contract allows, however many rows there are.
 * `isNull` says which values a file reads as NULL.
 */
export function missingOf(column: Column, table: Table, isNull: (value: unknown) => boolean): Missing {
  const { missing, required } = column;
  const listed = listedValues(column).filter((value) => !required || !isNull(value));
  const stands = (random: Random): { readonly value: unknown } | undefined => {
    const choices = [...(required ? [] : [null]), ...listed];
    return choices.length === 0 ? undefined : { value: random.pick(choices) };
  };
  if (!missing?.allow) {
    return (_, random) => (!required && random.oneIn(ABSENT) ? { value: null } : undefined);
  }
  // A window looks at some of the rows only, and which ones they are is not known here.
  if (table.window) return () => undefined;
  const bounds = [missing.allow.warn, missing.allow.fail].filter((bound) => bound !== undefined);
  const mayMiss = bounds.map(placesOf);
  return (row, random) => (mayMiss.every((may) => may(row)) && random.oneIn(2) ? stands(random) : undefined);
}

/** Whether NULL may stand in any row. */
export function mayBeNull({ required, missing }: Column): boolean {
  return !required && !missing?.allow;
}

/** Whether a value is one of those that count as missing in the column. */
export function isListedBy(column: Column): (value: unknown) => boolean {
  const keys = new Set(listedValues(column).map((value) => keyOf([value])));
  return keys.size === 0 ? () => false : (value) => keys.has(keyOf([value]));
}

/** Of the listed texts those that are values of the type. */
function listedValues({ missing, type }: Column): readonly unknown[] {
  const texts = (missing?.values ?? []).map(({ text }) => text);
  return [
    ...valuesOf(
      texts.filter((text) => isReadable(text, type)),
      type,
    ),
  ];
}

function isReadable(text: string, type: Column['type']): boolean {
  try {
    return valuesOf([text], type).size === 1;
  } catch {
    return false;
  }
}

/** The rows that may be missing, so that any first rows of the table keep the tolerance. */
function placesOf({ unit, value: { coefficient, scale } }: Amount): (row: number) => boolean {
  if (unit === 'rows') return (row) => row % APART === 2 && BigInt(Math.floor(row / APART)) < coefficient;
  const whole = 10n ** BigInt(scale);
  const allowed = (rows: number): bigint => (coefficient * BigInt(rows)) / whole;
  return (row) => allowed(row + 1) > allowed(row);
}
