import type { DdlEngine } from './engine.ts';
import type { ForeignKey, Keys } from './keys.ts';
import type { Place } from './place.ts';
import { nameOf, type PlannedColumn, type PlannedTable } from './plan.ts';

const WIDTH = 100;

/** A table's statements, without their semicolons: what creates it, and comments where they are statements. */
export function createTable(
  plan: PlannedTable,
  keys: Keys,
  foreignKeys: readonly ForeignKey[],
  engine: DdlEngine,
): readonly string[] {
  const place = placeName(plan.place, engine);
  const single = new Set(keys.uniques.filter(({ length }) => length === 1).flat());
  const lines = [
    ...plan.columns.map((column) => columnLine(column, single.has(column.column.name), engine)),
    ...(keys.key ? [`primary key ${names(keys.key, plan, engine)}`] : []),
    ...keys.uniques.filter(({ length }) => length > 1).map((unique) => `unique ${names(unique, plan, engine)}`),
    ...foreignKeys.map((each) => foreignKey(plan, each, engine)),
    ...plan.conditions.map(({ text }) => `check (${text})`),
  ];
  const options = [...engine.tableOptions, ...(engine.comments === 'inline' ? [`comment = ${plan.comment}`] : [])];
  const end = options.length === 0 ? ')' : `)\n  ${options.join('\n  ')}`;
  return [
    `create table ${place} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n${end}`,
    ...comments(plan, place, engine),
  ];
}

/** What adds a foreign key to a table that is there. */
export function addForeignKey(plan: PlannedTable, key: ForeignKey, engine: DdlEngine): string {
  return `alter table ${placeName(plan.place, engine)}\n  add ${foreignKey(plan, key, engine)}`;
}

export function placeName({ schema, table }: Place, engine: DdlEngine): string {
  return [...(schema === undefined ? [] : [schema]), table].map(engine.quote).join('.');
}

function names(columns: readonly string[], { columns: all }: PlannedTable, engine: DdlEngine): string {
  const physical = columns.map((name) => {
    const found = all.find(({ column }) => column.name === name);
    return engine.quote(found ? nameOf(found.column) : name);
  });
  return `(${physical.join(', ')})`;
}

function foreignKey(plan: PlannedTable, { columns, to, toColumns }: ForeignKey, engine: DdlEngine): string {
  return `foreign key ${names(columns, plan, engine)} references ${placeName(to.place, engine)} ${names(toColumns, to, engine)}`;
}

function columnLine(
  { name, native, isRequired, default: standard, conditions, comment }: PlannedColumn,
  isUnique: boolean,
  engine: DdlEngine,
): string {
  const parts = [
    engine.quote(name),
    native.text,
    isRequired ? 'not null' : native.saysNull ? 'null' : '',
    standard === undefined ? '' : `default ${standard}`,
    isUnique ? 'unique' : '',
  ];
  const line = parts.filter((part) => part !== '').join(' ');
  const more = [
    ...(comment !== undefined && engine.comments === 'inline' ? [`comment ${comment}`] : []),
    ...(conditions.length > 0 ? [check(conditions)] : []),
  ];
  const whole = [line, ...more].join(' ');
  return whole.length <= WIDTH && !whole.includes('\n') ? whole : [line, ...more].join('\n    ');
}

function check(conditions: readonly string[]): string {
  const line = `check (${conditions.join(' and ')})`;
  if ((line.length <= WIDTH && !line.includes('\n')) || conditions.length === 1) return line;
  return `check (\n      ${conditions.join('\n      and ')}\n    )`;
}

function comments(plan: PlannedTable, place: string, engine: DdlEngine): readonly string[] {
  if (engine.comments === 'inline') return [];
  const own = plan.columns.flatMap(({ name, comment }) =>
    comment === undefined ? [] : [`comment on column ${place}.${engine.quote(name)} is ${comment}`],
  );
  return [`comment on table ${place} is ${plan.comment}`, ...own];
}
