import type { Run } from '../src/model/run.ts';
import { plural } from './plural.ts';
import { checksOf } from './run-words.ts';

/** What a run came to, in a few words: `2 promises broken, 1 not measured`. */
export function headline(run: Run): string {
  const checks = checksOf(run);
  const problems = run.diagnostics.filter(({ severity }) => severity === 'error').length;
  const of = (verdict: Run['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const [broken, open, warned] = [of('fail'), of('error'), of('warn')];
  const parts = [
    ...(broken > 0 ? [`${plural(broken, 'promise')} broken`] : []),
    ...(open > 0 ? [`${open} not measured`] : []),
    ...(problems > 0 ? [plural(problems, 'problem')] : []),
    ...(warned > 0 ? [plural(warned, 'warning')] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  return checks.length === 0 ? 'nothing was verified' : 'all promises kept';
}
