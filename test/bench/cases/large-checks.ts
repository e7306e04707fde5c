import type { BenchType, Flavour } from '../flavour.ts';
import type { HandWritten } from './bench-case.ts';

/** The checks beside those of the columns. */
export const CHECKS = `    checks:
      shipped-after-ordered: { expect: shipped_at >= ordered_at, allow: 0.1% }
      shipped-has-time: { expect: shipped_at is not null, where: status = 'shipped', allow: 1% }
      amount-for-quantity: { expect: amount >= quantity * 0.01, allow: 1% }
      average-amount: { metric: avg(amount), min: 1, max: 1000 }
      total-amount: { metric: sum(amount), min: 1 }
      returned: { metric: "share(status = 'returned')", max: 30% }
`;

const countIf = (condition: string): string => `count(case when ${condition} then 1 end)`;

/** What a person would write who wants the same numbers: a scan, a grouping for each uniqueness, an anti-join for the reference. */
export function handWritten(flavour: Flavour, relation: (table: string) => string): readonly HandWritten[] {
  const { exact } = flavour;
  const isNull = (column: string): string => `count(*) - count(${column}) as ${column}_null`;
  const surplus = (table: string, column: string, value: string, name: string): string =>
    `select coalesce(sum(n - 1), 0) as ${name}_surplus, count(*) as ${name}_repeated
from (select ${value} as v, count(*) as n from ${relation(table)} where ${column} is not null group by 1 having count(*) > 1) r`;
  const orStrays = (column: string, type: BenchType): string => {
    const strays = flavour.strays(column, type);
    return strays === undefined ? '' : ` or ${strays}`;
  };
  const scan = [
    'count(*) as all_rows',
    ...['id', 'customer_id', 'number', 'status', 'amount', 'quantity', 'weight', 'country', 'note'].map(isNull),
    ...['ordered_on', 'ordered_at', 'shipped_at', 'loaded_at'].map(isNull),
    `${countIf('id < 1')} as id_invalid`,
    `${countIf(`not ${flavour.isNumber('number')}${orStrays('number', 'varchar(20)')}`)} as number_invalid`,
    `${countIf(`${exact('status')} not in ('placed', 'paid', 'shipped', 'returned')${orStrays('status', 'varchar(10)')}`)} as status_invalid`,
    // NaN is above every number, where there is one.
    `${countIf('amount < 0 or amount > 1000')} as amount_invalid`,
    `${countIf('quantity < 1 or quantity > 100')} as quantity_invalid`,
    `${countIf('weight < 0 or weight > 1000')} as weight_invalid`,
    `${countIf(`char_length(country) < 2${orStrays('country', 'varchar(2)')}`)} as country_invalid`,
    `${countIf('char_length(note) > 60')} as note_invalid`,
    `${countIf(`ordered_on < date '2026-01-01' or ordered_on > ${flavour.today}`)} as ordered_on_invalid`,
    `${flavour.age('loaded_at')} as age`,
    `${countIf(flavour.isAhead('loaded_at'))} as future`,
    `${countIf('shipped_at < ordered_at')} as early`,
    `${countIf('shipped_at is null or ordered_at is null')} as early_undecided`,
    `${countIf(`status = 'shipped' and shipped_at is null`)} as timeless`,
    `${countIf(`status = 'shipped'`)} as shipped_rows`,
    `${countIf('amount < quantity * 0.01')} as cheap`,
    `${countIf('amount is null or quantity is null')} as cheap_undecided`,
    'avg(amount) as average',
    'sum(amount) as total',
    `1e0 * ${countIf(`status = 'returned'`)} / count(*) as returned`,
  ];
  return [
    {
      table: 'orders',
      statements: [
        `select ${scan.join(',\n  ')}\nfrom ${relation('orders')}`,
        surplus('orders', 'id', 'id', 'key'),
        surplus('orders', 'number', exact('number'), 'number'),
        `select count(*) as orphans from ${relation('orders')} o where o.customer_id is not null
and not exists (select 1 from ${relation('customers')} c where c.id = o.customer_id)`,
      ],
    },
    {
      table: 'customers',
      statements: [
        `select count(*) as all_rows, ${isNull('id')} from ${relation('customers')}`,
        surplus('customers', 'id', 'id', 'key'),
      ],
    },
  ];
}
