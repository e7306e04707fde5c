import type { CheckKind } from './check.ts';
import { columnCheck, shown, valueColumns } from './column-check.ts';
import { printTolerance } from './judge.ts';
import { rowCheck } from './row-check.ts';

/** NULL and the listed `values` against their tolerance. */
export const missing: CheckKind = {
  kind: 'missing',
  purpose: 'Checks that no more rows than allowed have a missing value.',
  checks: (table, contract) =>
    valueColumns(table).flatMap((column) => {
      const allow = column.missing?.allow;
      if (!column.missing || !allow) return [];
      return columnCheck(contract, table, column, {
        kind: 'missing',
        promise: `${printTolerance(allow)} missing`,
        at: allow.at,
        plan: (view, access) =>
          rowCheck({
            view,
            scope: view.scope('table'),
            bad: access.isMissing,
            tolerance: allow,
            fault: 'are missing',
            show: [shown(column.name, access)],
          }),
      });
    }),
};
