import type { Cell, CellType, Condition, Model, ModelCheck, ModelColumn } from './naive-model.ts';

/** TIMESTAMP of MySQL begins a second after the epoch. */
const EARLIEST = 1_000_000n;

/** The model with what the engine holds in the place of what it cannot. */
export function adapt(model: Model, engine: string): Model {
  if (engine !== 'mysql' && engine !== 'mariadb') return model;
  const types = [...model.columns.map(({ type }) => type), 'instant' as const];
  const condition = (of: Condition): Condition => {
    switch (of.is) {
      case 'null':
        return of;
      case 'not':
        return { ...of, of: condition(of.of) };
      case 'compare':
        return { ...of, to: cell(of.to, types[of.column] as CellType) };
      default:
        return { ...of, left: condition(of.left), right: condition(of.right) };
    }
  };
  const check = (of: ModelCheck): ModelCheck => ({
    ...of,
    where: of.where && condition(of.where),
    ...('condition' in of && { condition: condition(of.condition) }),
  });
  return {
    ...model,
    columns: model.columns.map(column),
    where: model.where && condition(model.where),
    checks: model.checks.map(check),
    rows: model.rows.map((row) => row.map((value, at) => cell(value, types[at] as CellType))),
  };
}

function cell(value: Cell, type: CellType): Cell {
  if (Number.isNaN(value)) return 3.25;
  if (value === Number.POSITIVE_INFINITY) return 1_000_000;
  if (value === Number.NEGATIVE_INFINITY) return -1_000_000;
  return type === 'instant' && typeof value === 'bigint' && value < EARLIEST ? EARLIEST : value;
}

function column(of: ModelColumn): ModelColumn {
  // Names hold no letters beyond the first 65,536.
  const name = of.name === '😀' ? '☺' : of.name;
  if (of.type !== 'float64' || !of.missing) return { ...of, name };
  return { ...of, name, missing: of.missing.allow && { allow: of.missing.allow, values: [] } };
}
