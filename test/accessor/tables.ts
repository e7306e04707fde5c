import { type ContractTable, defineTable } from '../../src/accessor/index.ts';
import type { ColumnDefinition, ContractFacts, TableDefinition } from '../../src/model/table-definition.ts';
import type { AccessorEngine } from './engines.ts';

export const FACTS: ContractFacts = {
  id: 'test@1',
  version: '1.0.0',
  status: 'active',
  hash: '0123456789ab',
  table: 'orders',
  owners: { responsible: ['shop'], consulted: [], informed: [] },
  checks: [],
};

/** Of any type: what a test says of it is not what the compiler checks. */
export type Anything = ReturnType<typeof JSON.parse>;
export type AnyRow = Record<string, Anything>;

/** A column that may be NULL, unless it is said otherwise. */
export function column(name: string, type: string, more: Partial<ColumnDefinition> = {}): ColumnDefinition {
  return { name, type, required: false, ...more };
}

/** A table whose rows are of any type, and whose validators are never asked. */
export function anyTable(
  definition: TableDefinition,
  instants?: 'text' | 'date',
): ContractTable<AnyRow, object, AnyRow, AnyRow, AnyRow, string> {
  return defineTable({
    definition,
    facts: { ...FACTS, table: definition.name },
    validators: {} as never,
    ...(instants && { instants }),
  });
}

export const ORDERS_DEFINITION: TableDefinition = {
  name: 'orders',
  key: ['shop', 'number'],
  where: "status <> 'test' -- of the developers",
  columns: [
    column('shop', 'string', { required: true }),
    column('number', 'int64', { required: true }),
    column('channel', 'string', { physicalNames: ['chan'] }),
    column('status', 'string', { required: true }),
    column('amount', 'decimal(12,2)'),
    column('placed_at', 'instant'),
    column('net', 'decimal(20,2)', { as: 'cast(amount / 2 as decimal(20,2))' }),
    column('large', 'boolean', { as: "amount > 100 and status <> 'x)'" }),
  ],
  freshness: { column: 'placed_at', within: { warn: 3_600_000, fail: 86_400_000 } },
};

/** Four rows that are promised and one that is not, and a column that no contract has. */
export function createOrders({ key }: AccessorEngine): readonly string[] {
  const text = 'varchar(100)';
  const time = key === 'mysql' ? 'timestamp(6) null' : 'timestamptz';
  const utc = key === 'mysql' ? '' : '+00';
  return [
    `create table $s.orders (shop ${text}, number bigint, chan ${text}, status ${text} not null, amount decimal(12,2),
      placed_at ${time}, secret ${text}, primary key (shop, number))`,
    `insert into $s.orders values
      ('a', 1, 'web', 'paid', 10.50, '2026-01-01 10:00:00${utc}', 's'), ('a', 2, 'shop', 'paid', 200, '2026-01-02 10:00:00${utc}', 's'),
      ('b', 1, null, 'paid', null, null, 's'), ('c', 1, 'WEB', 'paid', 5, '2026-01-01 12:00:00${utc}', 's'),
      ('a', 3, 'web', 'test', 1, '2026-01-05 10:00:00${utc}', 's')`,
  ];
}

/** A table with the numbers 1 to 10,000. */
export function createWide({ key }: AccessorEngine): readonly string[] {
  const fill = {
    postgres: `select i, 'label ' || i from generate_series(1, 10000) i`,
    duckdb: `select i, 'label ' || i from range(1, 10001) t(i)`,
    mysql: `with recursive n as (select 1 as i union all select i + 1 from n where i < 100)
      select (a.i - 1) * 100 + b.i, concat('label ', a.i) from n a join n b`,
  };
  return ['create table $s.wide (number integer primary key, label varchar(100))', `insert into $s.wide ${fill[key]}`];
}

export const WIDE_DEFINITION: TableDefinition = {
  name: 'wide',
  key: ['number'],
  columns: [column('number', 'int32', { required: true }), column('label', 'string')],
};
