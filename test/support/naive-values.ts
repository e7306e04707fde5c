import type { SpecTable } from './engines/index.ts';
import type { Cell, CellType, Model } from './naive-model.ts';

/** Types in DuckDB's names. */
const PHYSICAL: Readonly<Record<CellType, string>> = {
  string: 'varchar',
  int64: 'bigint',
  decimal: 'decimal(12,2)',
  float64: 'double',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
};

/** The value as text; instants in UTC, with an offset. */
export function textOf(value: Exclude<Cell, null>, type: CellType): string {
  if (typeof value !== 'bigint') return Object.is(value, -0) ? '-0' : String(value);
  switch (type) {
    case 'decimal': {
      const size = String(value < 0n ? -value : value).padStart(3, '0');
      return `${value < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
    }
    case 'date':
      return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
    case 'instant': {
      const micros = ((value % 1000n) + 1000n) % 1000n;
      const [date, time] = new Date(Number((value - micros) / 1000n)).toISOString().slice(0, -1).split('T');
      return `${date} ${time}${String(micros).padStart(3, '0')}+00`;
    }
    default:
      return String(value);
  }
}

/** The model's rows as a table that engines create. */
export function specTable({ columns, rows }: Model): SpecTable {
  const types = [...columns.map(({ type }) => type), 'instant' as const];
  const names = [...columns.map(({ name }) => name), 'at'];
  return {
    columns: Object.fromEntries(names.map((name, at) => [name, PHYSICAL[types[at] as CellType]])),
    rows: rows.map((row) => row.map((value, at) => (value === null ? null : textOf(value, types[at] as CellType)))),
  };
}
