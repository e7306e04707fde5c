import type { Measured, TableView } from '../checks/check.ts';
import { failedToMeasure, skipped } from '../checks/judge.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Project } from '../project/project.ts';
import { unanswered } from './engine-error.ts';
import type { Result, Results } from './execute.ts';
import type { PlannedCheck } from './plan.ts';

/** The outcome of a check from what was measured; pure. */
export function evaluate(planned: PlannedCheck, view: TableView, results: Results): Outcome {
  const { plan, keys } = planned;
  if ('settled' in plan) return plan.settled;
  const found = new Map<string, Result>();
  for (const [name, key] of keys) {
    const result = results.get(key);
    if (!result || 'error' in result) {
      if (!result) return failedToMeasure('not measured', 'it was not measured');
      return unanswered(result.error, view);
    }
    found.set(name, result);
  }
  const measured: Measured = {
    of(name) {
      const result = found.get(name);
      return result && 'value' in result ? result.value : null;
    },
    rows(name) {
      const result = found.get(name);
      return result && 'rows' in result ? result.rows : [];
    },
  };
  return plan.judge(measured);
}

/** What severity, the contract's status and the environment make of an outcome (semantics §1). */
export function temper(
  outcome: Outcome,
  planned: PlannedCheck['check'],
  view: Pick<TableView, 'contract'>,
  project: Project,
): Outcome {
  const { environment } = project;
  if (environment?.skip.some(({ text }) => text === planned.kind.split('.')[0])) {
    return skipped(`skipped in environment ${environment.name}`);
  }
  const draft = view.contract.status === 'draft';
  const mild = planned.severity === 'warn' || draft || environment?.severity === 'warn';
  const isMild = (outcome.verdict === 'fail' && mild) || (outcome.verdict === 'error' && draft);
  return isMild ? { ...outcome, verdict: 'warn' } : outcome;
}
