import { type Limits, type Model, type ModelCheck, type ModelColumn, PATTERNS } from './naive-model.ts';
import { conditionSql, type Words } from './naive-sql.ts';

const limit = (text: string): string | number =>
  text.endsWith('%') || !Number.isSafeInteger(Number(text)) ? text : Number(text);

function limits(given: Limits | undefined): unknown {
  if (!given) return undefined;
  if (given.warn === undefined && given.fail !== undefined) return limit(given.fail);
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, limit(text)]));
}

/** The model as a table of the contract language. */
export function contractTable(of: Model, location: string, words: Words): unknown {
  const { min, max } = of.rowBounds;
  return {
    location,
    ...(of.key.length > 0 && { key: of.key.map((at) => of.columns[at]?.name) }),
    ...(of.where && { where: conditionSql(of.where, of.columns, words) }),
    timeColumn: 'at',
    ...(of.window !== undefined && { window: `${of.window}d` }),
    ...((min || max) && { rows: { ...(min && { min: limits(min) }), ...(max && { max: limits(max) }) } }),
    columns: Object.fromEntries([...of.columns.map((each) => [each.name, contractColumn(each)]), ['at', 'instant']]),
    checks: Object.fromEntries(of.checks.map((each) => [each.id, contractCheck(each, of, words)])),
  };
}

function contractColumn(column: ModelColumn): unknown {
  const { enum: listed, pattern, ...rest } = column.rules;
  return {
    type: column.type === 'decimal' ? 'decimal(12,2)' : column.type,
    required: column.required,
    ...(column.missing && {
      missing: {
        ...(column.missing.allow && { allow: limits(column.missing.allow) }),
        ...(column.missing.values.length > 0 && { values: column.missing.values }),
      },
    }),
    ...(column.unique && { unique: column.unique.allow ? { allow: limits(column.unique.allow) } : true }),
    ...(listed && { enum: listed }),
    ...(pattern !== undefined && { pattern: PATTERNS[pattern]?.text }),
    ...rest,
    ...(column.invalid && { invalid: limits(column.invalid) }),
  };
}

function contractCheck(check: ModelCheck, { columns }: Model, words: Words): unknown {
  const common = {
    ...(check.where && { where: conditionSql(check.where, columns, words) }),
    ...(check.severity && { severity: check.severity }),
    ...('allow' in check && check.allow && { allow: limits(check.allow) }),
  };
  if (check.kind === 'expect') return { expect: conditionSql(check.condition, columns, words), ...common };
  if (check.kind === 'unique') return { unique: check.columns.map((at) => columns[at]?.name), ...common };
  const name = words.quoted(columns[check.column]?.name ?? '');
  const call =
    check.call === 'rows'
      ? 'count(*)'
      : check.call === 'share'
        ? `share(${conditionSql(check.condition, columns, words)})`
        : `${check.call}(${name})`;
  return {
    metric: call,
    ...(check.min && { min: limits(check.min) }),
    ...(check.max && { max: limits(check.max) }),
    ...(check.equals && { equals: limit(check.equals) }),
    ...common,
  };
}
