import type { CheckKind } from './check.ts';
import { declaredChecks } from './declared.ts';
import { printTolerance } from './judge.ts';
import { partnerCheck } from './partner.ts';
import { partnerByGroup } from './partner-by-group.ts';

/** Several columns that stand together in another table. */
export const referencesColumns: CheckKind = {
  kind: 'referencesColumns',
  purpose: 'Checks that each set of values has its partner in the referenced columns.',
  checks: (table, contract) =>
    declaredChecks('references', table, contract, (check) => {
      const names = check.columns.columns.map((column) => column.text);
      return {
        promise: `each (${names.join(', ')}) is in (${check.to.map((to) => to.text).join(', ')}), ${printTolerance(check.allow)} without`,
        columns: names,
        sql: [],
        plan(view) {
          const scope = view.scope(check.window ?? 'table', check.where);
          return check.by
            ? partnerByGroup(view, names, check.to, scope, check)
            : partnerCheck(view, names, check.to, scope, check.allow);
        },
      };
    }),
};
