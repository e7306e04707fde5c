import type { Verdict } from '../src/model/outcome.ts';
import type { Run } from '../src/model/run.ts';
import { grouped, plural } from './plural.ts';
import { checksOf } from './run-words.ts';

/** What a run came to as a whole: a problem of a contract or of a warehouse is a failure, whatever the data is. */
export function overallVerdict({ verdict, diagnostics }: Run): Verdict {
  return verdict !== 'error' && diagnostics.some(({ severity }) => severity === 'error') ? 'fail' : verdict;
}

/** What a run came to, in a few words: `2 promises broken, 1 not measured`. */
export function headline(run: Run): string {
  const checks = checksOf(run);
  const problems = run.diagnostics.filter(({ severity }) => severity === 'error').length;
  const of = (verdict: Run['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const [broken, open, warned] = [of('fail'), of('error'), of('warn')];
  const parts = [
    ...(broken > 0 ? [`${plural(broken, 'promise')} broken`] : []),
    ...(open > 0 ? [`${grouped(open)} not measured`] : []),
    ...(problems > 0 ? [plural(problems, 'problem')] : []),
    ...(warned > 0 ? [plural(warned, 'warning')] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  return checks.length === 0 ? 'nothing was verified' : 'all promises kept';
}
