import type { BenchCase, Counterparts } from './bench-case.ts';
import { columnLine, HEAD } from './bench-case.ts';
import { CHECKS, handWritten } from './large-checks.ts';
import { customers, orders, PARENTS } from './large-data.ts';

/** The end of a name by hand, by the kind of check. */
const RULES: Readonly<Record<string, string>> = { required: 'null', missing: 'null', invalid: 'invalid' };

/** Checks whose name by hand is not that of the rule alone. */
const COUNTERPARTS: Readonly<Record<string, Counterparts>> = {
  'orders.rows': {},
  'orders.key': { surplus: 'key_surplus', repeated: 'key_repeated' },
  'orders.number.unique': { surplus: 'number_surplus', repeated: 'number_repeated' },
  'orders.customer_id.references': { bad: 'orphans' },
  'orders.freshness': { ageSeconds: 'age', newest: null },
  'orders.freshness.future': { future: 'future' },
  'orders.shipped-after-ordered': { bad: 'early', undecided: 'early_undecided' },
  'orders.shipped-has-time': { bad: 'timeless', rows: 'shipped_rows' },
  'orders.amount-for-quantity': { bad: 'cheap', undecided: 'cheap_undecided' },
  'orders.average-amount': { value: 'average' },
  'orders.total-amount': { value: 'total' },
  'orders.returned': { value: 'returned' },
  'customers.rows': {},
  'customers.key': { surplus: 'key_surplus', repeated: 'key_repeated' },
  'customers.id.required': { bad: 'id_null' },
};

/** One large table with some thirty checks on its rows, and the table that it refers to. */
export function large(rows: number): BenchCase {
  const tables = [orders(rows), customers()];
  const [{ columns }] = tables as [ReturnType<typeof orders>];
  return {
    title: `${rows.toLocaleString('en')} rows of ${columns.length} columns, ${PARENTS.toLocaleString('en')} parents`,
    tables,
    contracts: (location) => ({
      'orders.yaml': `contract: bench.orders\n${HEAD}tables:
  orders:
    location: ${location('orders')}
    key: [id]
    rows: { min: ${Math.min(rows, 1000)} }
    timeColumn: loaded_at
    freshness: 1h
    columns:\n${columns.map(columnLine).join('')}${CHECKS}  customers:
    location: ${location('customers')}
    key: [id]
    columns:
      id: bigint\n`,
    }),
    handWritten,
    counterpart(path) {
      const [, column = '', kind = ''] = path.split('.');
      const fault = RULES[kind];
      return COUNTERPARTS[path] ?? (fault === undefined ? undefined : { bad: `${column}_${fault}` });
    },
  };
}
