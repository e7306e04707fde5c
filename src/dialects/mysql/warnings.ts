import { MOST_WARNINGS } from './settings.ts';

/** A row of `show warnings`. */
export interface Warning {
  readonly level: string;
  readonly code: number;
  readonly message: string;
}

/**
 * Warnings that leave every value as it is (codes of both servers' error references). All others mean that a value was cut, guessed or
 * left out: 1139 a pattern was given up, 1260 a text was cut, 1264 a number was replaced by the nearest, 1292 and 1366 what does not
 * parse was read as far as it did, 1300 letters were lost, 1301 a result was too large, 1411 a time was not one, 1931 rows were not
 * looked at, 4038 a text is no JSON.
 */
const HARMLESS: Readonly<Record<number, string>> = {
  1287: 'something is deprecated',
  1356: 'a view in the catalog, which nobody asked for, is broken',
  1365: 'a division by zero is NULL',
  1681: 'something is deprecated',
  1739: 'an index is not used',
  3170: 'a long list is not looked up by an index',
  3719: 'a name of a character set will mean another one',
  3720: 'a name of a character set will mean another one',
  3777: 'variables in expressions are deprecated',
  3778: 'a collation is deprecated',
  3779: 'comments in comments are deprecated',
};

/** What the warnings of a statement say against its result; undefined: nothing. */
export function objection(warnings: readonly Warning[]): string | undefined {
  const grave = warnings.find(({ level, code }) => level !== 'Note' && !Object.hasOwn(HARMLESS, code));
  if (grave) return grave.message;
  return warnings.length < MOST_WARNINGS ? undefined : 'there are more warnings than the server keeps';
}
