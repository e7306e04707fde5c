import type { Contract } from '../../model/contract.ts';
import type { Diagnostic, Position } from '../../model/diagnostic.ts';
import { visible } from '../../util/visible.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Longer than any engine takes, so that names are refused here and never cut there. */
export const LONGEST_NAME = 255;

/** Names of tables, columns and checks can be seen, stored and sent. */
export const spelling: Rule = (contract) =>
  named(contract).flatMap(([what, name, at]): readonly Diagnostic[] => {
    const problem = problemOf(name);
    if (!problem) return [];
    return [wrong('bad-name', at, `the ${what} ${problem}`, 'write a name that can be seen and typed')];
  });

function problemOf(name: string): string | undefined {
  if (name.trim() === '') return 'has no name';
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name)) {
    return `"${visible(name, 80)}" has a control character in its name`;
  }
  if (/\p{Cs}/u.test(name)) return `"${visible(name, 80)}" has half of a character in its name`;
  const { length } = [...name];
  return length > LONGEST_NAME
    ? `"${visible(name, 20)}" has ${length} characters, expected at most ${LONGEST_NAME}`
    : undefined;
}

function named(contract: Contract): readonly (readonly [string, string, Position])[] {
  return contract.tables.flatMap((table) => [
    ['table', table.name, table.at] as const,
    ...table.columns.map(({ name, at }) => ['column', name, at] as const),
    ...table.features.map(({ name, at }) => ['feature', name, at] as const),
    ...table.checks.map(({ id, at }) => ['check', id, at] as const),
  ]);
}
