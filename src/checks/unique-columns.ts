import type { CheckKind } from './check.ts';
import { declaredChecks } from './declared.ts';
import { printTolerance } from './judge.ts';
import { surplusCheck } from './surplus.ts';
import { surplusByGroup } from './surplus-by-group.ts';

/** Several columns together unique, or one under a condition. */
export const uniqueColumns: CheckKind = {
  kind: 'uniqueColumns',
  purpose: 'Checks that no set of values of several columns comes twice.',
  checks: (table, contract) =>
    declaredChecks('unique', table, contract, (check) => {
      const names = check.columns.columns.map((column) => column.text);
      return {
        promise: `(${names.join(', ')}) is unique; ${printTolerance(check.allow)} surplus`,
        columns: names,
        sql: [],
        plan(view) {
          const scope = view.scope(check.window ?? 'all', check.where);
          return check.by ? surplusByGroup(view, names, scope, check) : surplusCheck(view, names, scope, check.allow);
        },
      };
    }),
};
