import type { CheckKind } from './check.ts';
import { columnCheck, valueColumns } from './column-check.ts';
import { printTolerance } from './judge.ts';
import { partnerCheck } from './partner.ts';

/** Each value of a column stands in a column of another table; several columns together are a declared check. */
export const references: CheckKind = {
  kind: 'references',
  purpose: 'Checks that each value has its partner in the referenced column.',
  checks: (table, contract) =>
    valueColumns(table).flatMap((column) => {
      const promise = column.references;
      if (!promise) return [];
      return columnCheck(contract, table, column, {
        kind: 'references',
        promise: `each value is in ${promise.to.text}, ${printTolerance(promise.allow)} without`,
        at: promise.at,
        plan: (view) => partnerCheck(view, [column.name], [promise.to], view.scope('table'), promise.allow),
      });
    }),
};
