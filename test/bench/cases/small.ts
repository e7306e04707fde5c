import type { BenchType } from '../flavour.ts';
import { type BenchCase, type BenchColumn, columnLine, HEAD } from './bench-case.ts';

const ROWS = 1000;
const COLUMNS = 20;

/** The columns beside the id take turns. */
const KINDS: readonly (readonly [BenchType, BenchColumn['value']])[] = [
  ['integer', () => 'i % 1000'],
  ['varchar(30)', () => `concat('value ', i % 50)`],
  ['decimal(10,2)', () => `cast(i * 37 % 100000 as decimal(10,2)) * 0.01`],
  ['date', (flavour) => flavour.days(`date '2026-01-01'`, 'i % 320')],
  ['timestamp', (flavour) => flavour.seconds(`timestamp '2026-01-01 00:00:00'`, 'i * 61')],
  ['boolean', () => 'i % 2 = 0'],
  ['double', () => '(i % 1000) / 8.0'],
  ['smallint', () => 'i % 100'],
];

const columns: readonly BenchColumn[] = [
  { name: 'id', type: 'bigint', value: () => 'i', promises: 'required: true, unique: true' },
  ...Array.from({ length: COLUMNS - 1 }, (_, index): BenchColumn => {
    const [type, value] = KINDS[index % KINDS.length] ?? (KINDS[0] as (typeof KINDS)[number]);
    return { name: `c${String(index + 1).padStart(2, '0')}`, type, value, promises: 'required: true' };
  }),
];

/** Many small tables: what counts is what each table and each check costs by itself. */
export function small(count: number): BenchCase {
  const names = Array.from({ length: count }, (_, index) => `t_${String(index + 1).padStart(3, '0')}`);
  return {
    title: `${count} tables of ${COLUMNS} columns and ${ROWS.toLocaleString('en')} rows`,
    tables: names.map((name) => ({ name, rows: ROWS, columns })),
    contracts: (location) =>
      Object.fromEntries(
        names.map((name) => [
          `${name}.yaml`,
          `contract: bench.${name}\n${HEAD}tables:\n  ${name}:\n    location: ${location(name)}\n    columns:\n${columns.map(columnLine).join('')}`,
        ]),
      ),
    handWritten: (flavour, relation) => {
      const scan = [
        'count(*) as all_rows',
        ...columns.map(({ name }) => `count(*) - count(${name}) as ${name}_null`),
        ...columns.flatMap(({ name, type }) => {
          const strays = flavour.strays(name, type);
          return strays === undefined ? [] : [`count(case when ${strays} then 1 end) as ${name}_invalid`];
        }),
      ];
      return names.map((table) => ({
        table,
        statements: [
          `select ${scan.join(', ')} from ${relation(table)}`,
          `select coalesce(sum(n - 1), 0) as surplus, count(*) as repeated from (select id, count(*) as n from ${relation(table)} where id is not null group by id having count(*) > 1) r`,
        ],
      }));
    },
    counterpart(path) {
      const [, column, kind] = path.split('.');
      if (kind === 'invalid') return { bad: `${column}_invalid` };
      if (kind === 'required') return { bad: `${column}_null` };
      if (kind === 'unique') return { surplus: 'surplus', repeated: 'repeated' };
      return column === 'rows' ? {} : undefined;
    },
  };
}
