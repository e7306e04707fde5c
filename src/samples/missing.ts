import type { Column, Table } from '../model/contract.ts';
import type { Amount } from '../model/threshold.ts';
import { valuesOf } from '../values/enum-values.ts';
import type { Random } from './random.ts';

/** What stands for a value that is missing; undefined: the value is there. */
export type Missing = (row: number, random: Random) => { readonly value: unknown } | undefined;

/** One value in so many is missing where nothing counts them. */
const ABSENT = 10;
/** Of a number of rows that may be missing, one comes in so many. */
const APART = 7;

/** Where a column has NULL, or a value that counts as missing: never more of them than the contract allows, however many rows there are. */
export function missingOf(column: Column, table: Table): Missing {
  const { missing, required } = column;
  const listed = missing ? [...valuesOf(readable(column), column.type)] : [];
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

/** The rows that may be missing, so that any first rows of the table keep the tolerance. */
function placesOf({ unit, value: { coefficient, scale } }: Amount): (row: number) => boolean {
  if (unit === 'rows') return (row) => row % APART === 2 && BigInt(Math.floor(row / APART)) < coefficient;
  const whole = 10n ** BigInt(scale);
  const allowed = (rows: number): bigint => (coefficient * BigInt(rows)) / whole;
  return (row) => allowed(row + 1) > allowed(row);
}

/** Of the listed texts those that are values of the type. */
function readable({ missing, type }: Column): readonly string[] {
  return (missing?.values ?? []).map(({ text }) => text).filter((text) => isReadable(text, type));
}

function isReadable(text: string, type: Column['type']): boolean {
  try {
    return valuesOf([text], type).size === 1;
  } catch {
    return false;
  }
}
