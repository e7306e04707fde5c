import type { Table } from '../../model/contract.ts';
import type { TableSubject } from './rule.ts';

const SAYS: Readonly<Record<Table['extraColumns'], { readonly weight: number; readonly does: string }>> = {
  allow: { weight: 0, does: 'allowed' },
  warn: { weight: 1, does: 'a warning' },
  forbid: { weight: 2, does: 'forbidden' },
};

/** What becomes of columns that the contract does not name; judged like the severity of a check. */
export const extraColumns: TableSubject = {
  on: 'table',
  name: 'extra-columns',
  keys: ['extraColumns'],
  rules: [],
  compare({ old, new: now }) {
    const [before, after] = [SAYS[old.extraColumns], SAYS[now.extraColumns]];
    return [
      {
        rule: after.weight < before.weight ? 'check-severity-lowered' : 'check-severity-raised',
        below: 'extraColumns',
        before: old.extraColumns,
        after: now.extraColumns,
        message: `columns that the contract does not name are ${after.does}, they were ${before.does} before`,
        ...(after.weight > before.weight && { checks: [`${now.name}.extraColumns`] }),
      },
    ];
  },
};
