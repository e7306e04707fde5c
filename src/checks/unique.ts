import type { CheckKind } from './check.ts';
import { columnCheck, valueColumns } from './column-check.ts';
import { printTolerance } from './judge.ts';
import { surplusCheck, uniqueScope } from './surplus.ts';

/** No value of a column twice; several columns together are a declared check. */
export const unique: CheckKind = {
  kind: 'unique',
  purpose: 'Checks that no value of a column comes twice.',
  checks: (table, contract) =>
    valueColumns(table).flatMap((column) => {
      const promise = column.unique;
      if (!promise) return [];
      return columnCheck(contract, table, column, {
        kind: 'unique',
        promise: promise.allow ? `unique, ${printTolerance(promise.allow)} surplus` : 'unique',
        at: promise.at,
        plan: (view) => surplusCheck(view, [column.name], uniqueScope(view, promise.window), promise.allow),
      });
    }),
};
