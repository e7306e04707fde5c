import {
  type Cell,
  type Condition,
  DAY,
  type Limits,
  type Model,
  type ModelCheck,
  type ModelColumn,
  NOW,
  PATTERNS,
} from './naive-model.ts';

/** What the contract means for the rows, worked out one row at a time, without any of the engine's code. */
export interface Expected {
  readonly verdict: string;
  readonly reason?: string;
  /** Counts that have to be measured. */
  readonly measured?: Readonly<Record<string, bigint>>;
}

type Row = readonly Cell[];

/** Expected outcomes by path of the checks on rows. */
export function evaluateNaively(model: Model, table: string): ReadonlyMap<string, Expected> {
  const found = new Map<string, Expected>();
  const population = model.rows.filter((row) => !model.where || decide(model.where, row, model) === true);
  const at = model.columns.length;
  const windowed = population.filter(
    (row) =>
      model.window === undefined || ((row[at] as bigint | null) ?? -(10n ** 30n)) >= NOW - BigInt(model.window) * DAY,
  );

  const total = BigInt(population.length);
  const { min = { fail: '1' }, max } = model.rowBounds;
  found.set(`${table}.rows`, {
    verdict: worse(bounded(whole(total), min, 'min'), bounded(whole(total), max, 'max')),
    measured: { rows: total },
  });

  for (const [index, column] of model.columns.entries()) {
    const path = `${table}.${column.name}`;
    const inKey = model.key.includes(index);
    if (column.required || inKey)
      found.set(
        `${path}.required`,
        countBad(inKey ? population : windowed, (row) => row[index] === null, undefined),
      );
    if (column.missing?.allow)
      found.set(
        `${path}.missing`,
        countBad(windowed, (row) => isMissing(column, row[index] as Cell), column.missing.allow),
      );
    if (Object.keys(column.rules).length > 0) {
      found.set(
        `${path}.invalid`,
        countBad(
          windowed,
          (row) => !isMissing(column, row[index] as Cell) && isInvalid(column, row[index] as Exclude<Cell, null>),
          column.invalid,
        ),
      );
    }
    if (column.unique) found.set(`${path}.unique`, surplus(model, population, [index], column.unique.allow));
  }
  if (model.key.length > 0) found.set(`${table}.key`, surplus(model, population, model.key, undefined));
  for (const check of model.checks) {
    const rows = (check.kind === 'unique' ? population : windowed).filter(
      (row) => !check.where || decide(check.where, row, model) === true,
    );
    found.set(`${table}.${check.id}`, tempered(declared(model, check, rows, population.length), check.severity));
  }
  return found;
}

function tempered(expected: Expected, severity: ModelCheck['severity']): Expected {
  return expected.verdict === 'fail' && severity === 'warn' ? { ...expected, verdict: 'warn' } : expected;
}

function declared(model: Model, check: ModelCheck, rows: readonly Row[], total: number): Expected {
  if (check.kind === 'unique') return surplus(model, rows, check.columns, check.allow);
  const counts = check.kind === 'metric' && ['rows', 'count', 'distinct'].includes(check.call);
  if (rows.length === 0 && !(counts && total > 0)) return NO_ROWS;
  if (check.kind === 'expect') {
    const decided = rows.map((row) => decide(check.condition, row, model));
    if (decided.every((each) => each === null)) return { verdict: 'error', reason: 'undecided on every row' };
    return countBad(rows, (_, index) => decided[index] === false, check.allow);
  }
  const measure = metric(model, check, rows);
  if (measure === undefined) return { verdict: 'error', reason: 'no value' };
  const { min, max, equals } = check;
  const same =
    equals === undefined
      ? 'pass'
      : typeof measure === 'number'
        ? measure === Number(equals)
          ? 'pass'
          : 'fail'
        : measure.thousandths === thousandths(equals) * measure.of
          ? 'pass'
          : 'fail';
  return { verdict: worse(bounded(measure, min, 'min'), worse(bounded(measure, max, 'max'), same)) };
}

const NO_ROWS: Expected = { verdict: 'skipped', reason: 'no rows' };

/** A fraction: thousandths of `of`. */
interface Fraction {
  readonly thousandths: bigint;
  readonly of: bigint;
}

function whole(count: bigint): Fraction {
  return { thousandths: count * 1000n, of: 1n };
}

function thousandths(text: string): bigint {
  const [, sign, units = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,3}))?$/.exec(text) ?? [];
  const size = BigInt(units) * 1000n + BigInt(fraction.padEnd(3, '0'));
  return sign === '-' ? -size : size;
}

function metric(
  model: Model,
  check: Extract<ModelCheck, { kind: 'metric' }>,
  rows: readonly Row[],
): Fraction | number | undefined {
  const present = rows.map((row) => row[check.column] as Cell).filter((value) => value !== null);
  switch (check.call) {
    case 'rows':
      return whole(BigInt(rows.length));
    case 'count':
      return whole(BigInt(present.length));
    case 'distinct':
      return whole(BigInt(new Set(present.map(identity)).size));
    case 'share':
      return {
        thousandths: BigInt(rows.filter((row) => decide(check.condition, row, model) === true).length) * 1000n,
        of: BigInt(rows.length),
      };
  }
  if (present.length === 0) return undefined;
  const { type } = model.columns[check.column] as ModelColumn;
  if (type === 'float64') {
    const numbers = present as number[];
    const sum = numbers.reduce((all, value) => all + value, 0);
    // NaN is above every number, and the only value of a column of nothing else.
    const real = numbers.filter((value) => !Number.isNaN(value));
    if (check.call === 'sum') return sum;
    if (check.call === 'avg') return sum / numbers.length;
    if (check.call === 'max') return real.length < numbers.length ? Number.NaN : Math.max(...real);
    return real.length === 0 ? Number.NaN : Math.min(...real);
  }
  const unit = type === 'decimal' ? 10n : 1000n;
  const values = (present as bigint[]).map((value) => value * unit);
  const sum = values.reduce((all, value) => all + value, 0n);
  if (check.call === 'sum') return { thousandths: sum, of: 1n };
  if (check.call === 'avg') return { thousandths: sum, of: BigInt(values.length) };
  const best = values.reduce((one, other) => ((check.call === 'min') === one < other ? one : other));
  return { thousandths: best, of: 1n };
}

function bounded(value: Fraction | number, limits: Limits | undefined, side: 'min' | 'max'): string {
  const holds = (limit: string): boolean => {
    if (typeof value === 'number') return side === 'min' ? value >= Number(limit) : value <= Number(limit);
    const wanted = thousandths(limit) * value.of;
    return side === 'min' ? value.thousandths >= wanted : value.thousandths <= wanted;
  };
  if (limits?.fail !== undefined && !holds(limits.fail)) return 'fail';
  return limits?.warn !== undefined && !holds(limits.warn) ? 'warn' : 'pass';
}

function worse(left: string, right: string): string {
  const order = ['pass', 'warn', 'fail'];
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}

function countBad(
  rows: readonly Row[],
  isBad: (row: Row, index: number) => boolean,
  allow: Limits | undefined,
): Expected {
  if (rows.length === 0) return NO_ROWS;
  const bad = BigInt(rows.filter(isBad).length);
  return { verdict: tolerated(bad, BigInt(rows.length), allow), measured: { bad, rows: BigInt(rows.length) } };
}

function tolerated(bad: bigint, rows: bigint, allow: Limits | undefined): string {
  if (!allow) return bad === 0n ? 'pass' : 'fail';
  const holds = (limit: string): boolean =>
    limit.endsWith('%') ? bad * 100_000n <= thousandths(limit.slice(0, -1)) * rows : bad <= BigInt(limit);
  if (allow.fail !== undefined && !holds(allow.fail)) return 'fail';
  return allow.warn !== undefined && !holds(allow.warn) ? 'warn' : 'pass';
}

function surplus(model: Model, rows: readonly Row[], columns: readonly number[], allow: Limits | undefined): Expected {
  if (rows.length === 0) return NO_ROWS;
  const present = rows.filter((row) =>
    columns.every((at) => !isMissing(model.columns[at] as ModelColumn, row[at] as Cell)),
  );
  const sets = new Set(present.map((row) => JSON.stringify(columns.map((at) => identity(row[at] as Cell)))));
  const extra = BigInt(present.length - sets.size);
  return {
    verdict: tolerated(extra, BigInt(rows.length), allow),
    measured: { surplus: extra, rows: BigInt(rows.length) },
  };
}

/** Equal values have equal identities: NaN is itself, and the two zeros are one. */
function identity(value: Cell): string {
  return `${typeof value} ${Object.is(value, -0) ? '0' : String(value)}`;
}

function isMissing(column: ModelColumn, value: Cell): boolean {
  if (value === null) return true;
  if (typeof value === 'number') return Number.isNaN(value) && column.missing?.values.includes('NaN') === true;
  return typeof value === 'string' && column.missing?.values.includes(value) === true;
}

function isInvalid(column: ModelColumn, value: Exclude<Cell, null>): boolean {
  const { rules } = column;
  if (typeof value === 'string') {
    const length = [...value].length;
    return (
      (rules.enum !== undefined && !rules.enum.includes(value)) ||
      (rules.pattern !== undefined && !(PATTERNS[rules.pattern]?.holds(value) ?? false)) ||
      (rules.minLength !== undefined && length < rules.minLength) ||
      (rules.maxLength !== undefined && length > rules.maxLength)
    );
  }
  if (typeof value === 'boolean') return false;
  const order = (limit: string): number | undefined => compareWith(column, value, limit);
  const { min, max, exclusiveMin, exclusiveMax } = rules;
  if (rules.enum !== undefined && !rules.enum.some((listed) => order(listed) === 0)) return true;
  const beyond = (limit: string | undefined, holds: (sign: number) => boolean): boolean => {
    if (limit === undefined) return false;
    const sign = order(limit);
    return sign === undefined || !holds(sign);
  };
  return (
    beyond(min, (sign) => sign >= 0) ||
    beyond(max, (sign) => sign <= 0) ||
    beyond(exclusiveMin, (sign) => sign > 0) ||
    beyond(exclusiveMax, (sign) => sign < 0)
  );
}

/** Sign of value − limit; undefined for NaN. */
function compareWith(column: ModelColumn, value: bigint | number, limit: string): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : Math.sign(value - Number(limit)) || 0;
  const sides: Readonly<Record<string, () => readonly [bigint, bigint]>> = {
    int64: () => [value * 1000n, thousandths(limit)],
    decimal: () => [value * 10n, thousandths(limit)],
    date: () => [value, BigInt(Date.parse(limit) / 86_400_000)],
    instant: () => [value, BigInt(Date.parse(limit)) * 1000n],
  };
  const [left, right] = sides[column.type]?.() ?? [0n, 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** SQL's three values. */
function decide(condition: Condition, row: Row, model: Model): boolean | null {
  switch (condition.is) {
    case 'null':
      return (row[condition.column] === null) !== condition.not;
    case 'not': {
      const inner = decide(condition.of, row, model);
      return inner === null ? null : !inner;
    }
    case 'and':
    case 'or': {
      const sides = [decide(condition.left, row, model), decide(condition.right, row, model)];
      const settling = condition.is === 'or';
      if (sides.includes(settling)) return settling;
      return sides.includes(null) ? null : !settling;
    }
    case 'compare': {
      const value = row[condition.column] as Cell;
      if (value === null || condition.to === null) return null;
      const sign = sqlOrder(value, condition.to);
      switch (condition.by) {
        case '=':
          return sign === 0;
        case '<>':
          return sign !== 0;
        case '<':
          return sign < 0;
        case '>=':
          return sign >= 0;
      }
    }
  }
}

/** The engine's own order of floats has NaN above everything and equal to itself. */
function sqlOrder(left: Exclude<Cell, null>, right: Exclude<Cell, null>): number {
  const [leftNaN, rightNaN] = [Number.isNaN(left), Number.isNaN(right)].map(Number) as [number, number];
  if (typeof left === 'number' && (leftNaN || rightNaN)) return leftNaN - rightNaN;
  return left < right ? -1 : left > right ? 1 : 0;
}
