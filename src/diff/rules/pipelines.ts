import type { Contract } from '../../model/contract.ts';
import { listed } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { ContractSubject } from './rule.ts';

/** The jobs whose runs count. */
export const pipelines: ContractSubject = {
  on: 'contract',
  name: 'pipelines',
  keys: ['pipelines'],
  rules: [
    {
      id: 'pipelines-changed',
      purpose: 'the runs of other jobs count for the objectives',
      why: 'A failure of a job that is gone from the list counts for nothing any more, and a new one can use up the budget of failures.',
      direction: 'incomparable',
      categories: ['guarantee'],
      effects: affects('warns', 'none', 'none', 'warns'),
      bump: 'minor',
      remedy: 'see that every job that fills the table is on the list',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      amount: int64\nsla:\n  pipelines: [airflow/orders_daily]\n',
        after: 'tables:\n  orders:\n    columns:\n      amount: int64\nsla:\n  pipelines: [airflow/orders_hourly]\n',
      },
      opposite: 'pipelines-changed',
    },
  ],
  compare({ old, new: now }) {
    const [before, after] = [namesOf(old), namesOf(now)];
    const come = after.filter((name) => !before.includes(name));
    const gone = before.filter((name) => !after.includes(name));
    if (come.length === 0 && gone.length === 0) return 'equal';
    const words = [
      ...(come.length > 0 ? [`runs of ${listed(come)} count now`] : []),
      ...(gone.length > 0 ? [`runs of ${listed(gone)} no longer count`] : []),
    ];
    const at = now.pipelines.find(({ text }) => come.includes(text)) ?? now.pipelines[0];
    const was = old.pipelines.find(({ text }) => gone.includes(text)) ?? old.pipelines[0];
    return [
      {
        rule: 'pipelines-changed',
        below: 'sla.pipelines',
        before: before.join(', ') || null,
        after: after.join(', ') || null,
        message: words.join(', '),
        ...(at && { at: at.at }),
        ...(was && { was: was.at }),
      },
    ];
  },
};

function namesOf({ pipelines: jobs }: Contract): readonly string[] {
  return [...new Set(jobs.map(({ text }) => text))].sort();
}
