import type { CheckResult, Run } from '../src/model/run.ts';
import { SENTENCE, shown } from './gate-words.ts';

const VERDICTS = ['pass', 'warn', 'fail', 'error', 'skipped'] as const;

/** The measured value against what was promised, in one line. */
export function checkMessage({ verdict, message }: CheckResult): string {
  return shown(verdict === 'error' ? `not measured: ${message}` : message, SENTENCE);
}

/** What else there is to say about a check, each under its label. */
export function checkNotes(check: CheckResult): readonly (readonly [label: string, text: string])[] {
  const { promise, rules, hint, responsible } = check;
  return [
    ['promise', shown(promise, SENTENCE)],
    ...(rules.length > 0
      ? [['by rule', rules.map(({ rule, rows }) => `${shown(rule)} ${rows}`).join(', ')] as const]
      : []),
    ...(hint === null ? [] : [['hint', shown(hint, SENTENCE)] as const]),
    ...(responsible.length > 0 ? [['responsible', responsible.map((name) => shown(name)).join(', ')] as const] : []),
  ];
}

export function checksOf({ contracts }: Run): readonly CheckResult[] {
  return contracts.flatMap(({ tables }) => tables.flatMap(({ checks }) => checks));
}

/** `110 pass, 4 warn`: only what there is. */
export function tally(checks: readonly CheckResult[]): string {
  return VERDICTS.map((kind) => [kind, checks.filter(({ verdict }) => verdict === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
