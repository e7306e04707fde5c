import type { Position } from '../src/model/diagnostic.ts';
import type { CheckResult, ContractResult, Run } from '../src/model/run.ts';
import { placeKey } from '../src/util/excerpt.ts';
import { SENTENCE, shown } from './gate-words.ts';
import { grouped, listed } from './plural.ts';
import { isFound } from './worst-first.ts';

export const VERDICTS = ['pass', 'warn', 'fail', 'error', 'skipped'] as const;
/** Beside the words of verdicts, so that colour is never the only sign. */
export const SIGN = { pass: '✓', warn: '!', fail: '✗', error: '?', skipped: '-' } as const;
/** How many rules of a check are told. */
const MOST_RULES = 20;
/** How many names of parties are told. */
const MOST_NAMES = 10;

/** The measured value against what was promised, in one line. */
export function checkMessage({ verdict, message }: CheckResult): string {
  return shown(verdict === 'error' ? `not measured: ${message}` : message, SENTENCE);
}

/** What else there is to say about a check, each under its label. */
export function checkNotes(check: CheckResult): readonly (readonly [label: string, text: string])[] {
  const { promise, rules, hint, responsible } = check;
  return [
    ['promise', shown(promise, SENTENCE)],
    ...(rules.length > 0 ? [['by rule', rulesWords(check)] as const] : []),
    ...(hint === null ? [] : [['hint', shown(hint, SENTENCE)] as const]),
    ...(responsible.length > 0 ? [['responsible', ownersWords(check)] as const] : []),
  ];
}

/** `min 1, max 2` */
export function rulesWords({ rules }: CheckResult): string {
  return listed(
    rules.map(({ rule, rows }) => `${shown(rule)} ${grouped(rows)}`),
    MOST_RULES,
  );
}

export function ownersWords({ responsible }: CheckResult): string {
  return listed(
    responsible.map((name) => shown(name)),
    MOST_NAMES,
  );
}

/** Excerpts that the run has kept: a line and its carets. */
export function excerptsOf({ excerpts }: Run): (at: Position) => string | undefined {
  return (at) =>
    excerpts[placeKey(at)]
      ?.split('\n', 2)
      .map((line) => shown(line))
      .join('\n');
}

/** `contracts/orders.yaml:12:7` */
export function positionText({ file, line, column }: Position): string {
  return `${shown(file)}:${line}:${column}`;
}

export function checksOf({ contracts }: Run): readonly CheckResult[] {
  return contracts.flatMap(checksIn);
}

/** Whether all that a person would look at was cancelled; nothing of it says anything about data or warehouses. */
export function isCancelled(checks: readonly CheckResult[]): boolean {
  const found = checks.filter(isFound);
  return found.length > 0 && found.every(({ reason }) => reason === 'cancelled');
}

export function checksIn({ tables }: ContractResult): readonly CheckResult[] {
  return tables.flatMap(({ checks }) => checks);
}

/** `110 pass, 4 warn`: only what there is. */
export function tally(checks: readonly CheckResult[]): string {
  return VERDICTS.map((kind) => [kind, checks.filter(({ verdict }) => verdict === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${grouped(count)} ${kind}`)
    .join(', ');
}

/** Rows of all tables together; null: no table was counted. */
export function rowsRead({ contracts }: Run): bigint | null {
  const counts = contracts.flatMap(({ tables }) => tables.flatMap(({ rows }) => (rows === null ? [] : BigInt(rows))));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0n);
}
