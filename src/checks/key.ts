import type { CheckKind } from './check.ts';
import { tableCheck } from './column-check.ts';
import { surplusCheck, uniqueScope } from './surplus.ts';

/** The key's columns are together unique over all rows; that they are required is the kind `required`. */
export const key: CheckKind = {
  kind: 'key',
  purpose: 'Checks that no two rows have the same key.',
  checks(table, contract) {
    if (!table.key) return [];
    const { columns, window, at } = table.key;
    const names = columns.map((column) => column.text);
    return [
      tableCheck(contract, table, {
        kind: 'key',
        promise: `(${names.join(', ')}) is unique`,
        columns: names,
        at,
        plan: (view) => surplusCheck(view, names, uniqueScope(view, window), undefined),
      }),
    ];
  },
};
