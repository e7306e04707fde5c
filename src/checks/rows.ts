import type { Bound } from '../model/threshold.ts';
import { countWhere } from '../sql/build.ts';
import { decimalOf } from '../util/decimal.ts';
import type { CheckKind } from './check.ts';
import { tableCheck } from './column-check.ts';
import { countOf, grouped, judgeBound, printBound, worst } from './judge.ts';
import { boundLimits } from './limits.ts';

/** How many rows there are; at least one where nothing is said. */
export const rows: CheckKind = {
  kind: 'rows',
  purpose: 'Checks that the number of rows is within its bounds.',
  checks(table, contract) {
    const { min, max } = table.rows;
    const promise = [min && boundWords(min, 'min'), max && boundWords(max, 'max')].filter(Boolean).join(', ');
    return [
      tableCheck(contract, table, {
        kind: 'rows',
        promise,
        at: table.rows.at,
        plan(view) {
          const scope = view.scope('all');
          return {
            metrics: { rows: { in: 'scan', value: countWhere(scope.condition), contractSql: false } },
            judge(measured) {
              const count = countOf(measured.of('rows'));
              const value = { numerator: decimalOf(count), denominator: 1n };
              return {
                verdict: worst([judgeBound(min, 'min', value), judgeBound(max, 'max', value)]),
                message: `${grouped(count)} ${count === 1n ? 'row' : 'rows'}; ${promise}`,
                measured: { rows: count },
                limits: [...boundLimits(min, 'min', 'rows'), ...boundLimits(max, 'max', 'rows')],
                evidence: 'scan',
              };
            },
          };
        },
      }),
    ];
  },
};

function boundWords(bound: Bound, side: 'min' | 'max'): string {
  const words = printBound(bound, side);
  return `${words} ${/ 1$/.test(words) ? 'row' : 'rows'}`;
}
