import type { BenchTable } from './bench-case.ts';

/** Rows of the table that orders refer to. */
export const PARENTS = 10_000;

/** Rows break some promises, and fewer than are allowed: counts are compared that are not all zero, and no failing rows are fetched. */
export function orders(rows: number): BenchTable {
  const orderedAt = (flavour: Parameters<BenchTable['columns'][number]['value']>[0]): string =>
    flavour.seconds(`timestamp '2026-01-01 00:00:00'`, 'i % 20000000');
  return {
    name: 'orders',
    rows,
    columns: [
      { name: 'id', type: 'bigint', value: () => 'i', promises: 'min: 1' },
      {
        name: 'customer_id',
        type: 'bigint',
        value: () => `case when i % 20011 = 0 then ${PARENTS} + i else 1 + i * 7919 % ${PARENTS} end`,
        promises: 'required: true, references: { to: customers.id, allow: 0.1% }',
      },
      {
        name: 'number',
        type: 'varchar(20)',
        value: () =>
          `concat(case when i % 70001 = 0 then 'a' else 'A' end, lpad(concat(case when i % 50021 = 0 then i - 1 else i end), 8, '0'))`,
        promises: `required: true, unique: { allow: 0.1% }, pattern: '^A[0-9]{8}$', invalid: 0.1%`,
      },
      {
        name: 'status',
        type: 'varchar(10)',
        value: () =>
          `case when i % 30011 = 0 then 'PAID' when i % 4 = 0 then 'placed' when i % 4 = 1 then 'paid' when i % 4 = 2 then 'shipped' else 'returned' end`,
        promises: 'required: true, enum: [placed, paid, shipped, returned], invalid: 0.1%',
      },
      {
        name: 'amount',
        type: 'decimal(12,2)',
        value: () =>
          `case when i % 211 = 0 then null when i % 40009 = 0 then -1 else cast(i * 37 % 100000 as decimal(12,2)) * 0.01 end`,
        promises: 'missing: 1%, min: 0, max: 1000, invalid: 0.1%',
      },
      { name: 'quantity', type: 'integer', value: () => '1 + i % 20', promises: 'required: true, min: 1, max: 100' },
      {
        name: 'weight',
        type: 'double',
        value: () => 'case when i % 31 = 0 then null else (i % 1000) / 8.0 end',
        promises: 'missing: 5%, min: 0, max: 1000',
      },
      {
        name: 'country',
        type: 'varchar(2)',
        value: () =>
          `case when i % 97 = 0 then null when i % 5 = 0 then 'NO' when i % 5 = 1 then 'SE' when i % 5 = 2 then 'DK' when i % 5 = 3 then 'FI' else 'DE' end`,
        promises: 'missing: 2%, minLength: 2',
      },
      {
        name: 'note',
        type: 'varchar(100)',
        value: () => `case when i % 2 = 0 then null else concat('note on order ', i) end`,
        promises: 'missing: 60%, maxLength: 60',
      },
      {
        name: 'ordered_on',
        type: 'date',
        value: (flavour) => flavour.days(`date '2026-01-01'`, 'i % 320'),
        promises: 'required: true, min: 2026-01-01, max: now',
      },
      { name: 'ordered_at', type: 'timestamp', value: orderedAt, promises: 'required: true' },
      {
        name: 'shipped_at',
        type: 'timestamp',
        value: (flavour) =>
          `case when i % 4 in (0, 1) or i % 1999 = 0 then null else ${flavour.seconds(orderedAt(flavour), 'case when i % 60013 = 0 then -60 else 3600 + i % 7200 end')} end`,
        promises: 'missing: 60%',
      },
      {
        name: 'loaded_at',
        type: 'timestamptz',
        value: (flavour) =>
          flavour.seconds(
            flavour.types.timestamptz === undefined
              ? `timestamptz '2026-11-24 23:30:00+00'`
              : `timestamp '2026-11-24 23:30:00'`,
            `i - ${rows}`,
          ),
        promises: 'required: true',
      },
    ],
  };
}

export function customers(): BenchTable {
  return {
    name: 'customers',
    rows: PARENTS,
    // Without an index MySQL before 8.0.18 looks every parent up in all of them.
    primaryKey: 'id',
    columns: [{ name: 'id', type: 'bigint', value: () => 'i', promises: '' }],
  };
}
