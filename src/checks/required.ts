import type { CheckKind } from './check.ts';
import { columnCheck, shown, valueColumns } from './column-check.ts';
import { rowCheck } from './row-check.ts';

/** No NULL in a required column; key columns are required. */
export const required: CheckKind = {
  kind: 'required',
  purpose: 'Checks that no row has NULL in a required column.',
  checks: (table, contract) =>
    valueColumns(table)
      .filter((column) => column.required)
      .map((column) =>
        columnCheck(contract, table, column, {
          kind: 'required',
          promise: 'no row without a value',
          at: column.at,
          plan: (view, access) =>
            rowCheck({
              view,
              scope: view.scope(table.key?.columns.some((key) => key.text === column.name) ? 'all' : 'table'),
              bad: access.isNull,
              tolerance: undefined,
              fault: 'have no value',
              show: [shown(column.name, access)],
            }),
        }),
      ),
};
