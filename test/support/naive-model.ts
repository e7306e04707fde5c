import fc from 'fast-check';

/** A value of a random table: integers, cents, days and microseconds as bigint. */
export type Cell = string | bigint | number | boolean | null;
export type CellType = 'string' | 'int64' | 'decimal' | 'float64' | 'boolean' | 'date' | 'instant';

export interface Limits {
  readonly warn?: string;
  readonly fail?: string;
}

/** A bound is kept as its source text. */
export interface ModelColumn {
  readonly name: string;
  readonly type: CellType;
  readonly required: boolean;
  readonly missing: { readonly allow: Limits | undefined; readonly values: readonly string[] } | undefined;
  readonly unique: { readonly allow: Limits | undefined } | undefined;
  readonly rules: {
    readonly enum?: readonly string[];
    readonly pattern?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly min?: string;
    readonly max?: string;
    readonly exclusiveMin?: string;
    readonly exclusiveMax?: string;
  };
  readonly invalid: Limits | undefined;
}

/** A condition that is written as SQL and evaluated by hand. */
export type Condition =
  | { readonly is: 'compare'; readonly column: number; readonly by: '=' | '<>' | '<' | '>='; readonly to: Cell }
  | { readonly is: 'null'; readonly column: number; readonly not: boolean }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

export type ModelCheck = {
  readonly id: string;
  readonly where: Condition | undefined;
  readonly severity: 'warn' | 'critical' | undefined;
} & (
  | { readonly kind: 'expect'; readonly condition: Condition; readonly allow: Limits | undefined }
  | { readonly kind: 'unique'; readonly columns: readonly number[]; readonly allow: Limits | undefined }
  | {
      readonly kind: 'metric';
      readonly call: 'sum' | 'avg' | 'min' | 'max' | 'count' | 'distinct' | 'share' | 'rows';
      readonly column: number;
      readonly condition: Condition;
      readonly min: Limits | undefined;
      readonly max: Limits | undefined;
      readonly equals: string | undefined;
    }
);

export interface Model {
  readonly columns: readonly ModelColumn[];
  readonly key: readonly number[];
  readonly where: Condition | undefined;
  /** Days back from `NOW` on the column `at`. */
  readonly window: number | undefined;
  readonly rowBounds: { readonly min: Limits | undefined; readonly max: Limits | undefined };
  readonly checks: readonly ModelCheck[];
  /** One cell a column, the last is `at`. */
  readonly rows: readonly (readonly Cell[])[];
}

/** 2026-03-01T12:00:00Z in microseconds. */
export const NOW = 1_772_366_400_000_000n;
export const DAY = 86_400_000_000n;

/** Portable patterns with what they mean, said in JavaScript. */
export const PATTERNS: readonly { readonly text: string; readonly holds: (value: string) => boolean }[] = [
  { text: '^[a-z]+$', holds: (value) => /^[a-z]+$/u.test(value) && !value.endsWith('\n') },
  { text: 'a', holds: (value) => value.includes('a') },
  { text: '^.$', holds: (value) => [...value].length === 1 && value !== '\n' },
  { text: '\\d', holds: (value) => [...value].some((letter) => letter >= '0' && letter <= '9') },
  { text: '^(?:placed|N/A)?$', holds: (value) => ['', 'placed', 'N/A'].includes(value) },
];

const NAMES = ['c', 'order', 'Über', 'a b', 'q"q', "o'clock", 'constructor', '😀'];
const TEXTS = [
  '',
  'a',
  'A',
  'a ',
  'á',
  'a\u0301',
  '😀',
  '😀😀',
  'N/A',
  'placed',
  "o'x",
  'x"y',
  'a\n',
  '١',
  '7',
  'NaN',
  '\\',
];
const INTEGERS = [0n, 1n, -1n, 2n, 5n, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n];
const CENTS = [0n, 1n, -1n, 110n, 500n, 999_999_999_999n, -999_999_999_999n];
// Sums of these are exact in any order.
const FLOATS = [0, -0, 0.25, 1.5, -2.75, 5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const DAYS = [0n, -1n, 20_513n, -25_567n, 2_932_896n];
const MOMENTS = [NOW, NOW - 1n, NOW - 7n * DAY, NOW - 7n * DAY - 1n, NOW - 30n * DAY, 0n, -2_208_988_800_000_000n];

const POOLS: Readonly<Record<CellType, readonly Exclude<Cell, null>[]>> = {
  string: TEXTS,
  int64: INTEGERS,
  decimal: CENTS,
  float64: FLOATS,
  boolean: [true, false],
  date: DAYS,
  instant: MOMENTS,
};
const TYPES = Object.keys(POOLS) as CellType[];

/** NULLs and repetitions are common: a few values of the pool a column. */
function cells(type: CellType): fc.Arbitrary<Cell> {
  const pool = fc.constantFrom<Exclude<Cell, null>[]>(...POOLS[type]);
  const free: Readonly<Partial<Record<CellType, fc.Arbitrary<Exclude<Cell, null>>>>> = {
    string: fc.string({ unit: 'grapheme', maxLength: 4 }).filter((text) => !text.includes('\0')),
    int64: fc.bigInt({ min: -20n, max: 20n }),
    decimal: fc.bigInt({ min: -1000n, max: 1000n }),
    float64: fc.integer({ min: -40, max: 40 }).map((quarters) => quarters / 4),
  };
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: pool },
    { weight: 2, arbitrary: free[type] ?? pool },
  );
}

const shares = ['0.1%', '10%', '12.5%', '33.33%', '50%', '66.67%'];
const counts = ['0', '1', '2', '4'];
const tolerance: fc.Arbitrary<Limits> = fc.constantFrom(shares, counts).chain((list) =>
  fc.oneof(
    fc.constantFrom(...list).map((fail) => ({ fail })),
    fc.constantFrom(...list.slice(1)).map((warn) => ({ warn })),
    fc
      .integer({ min: 0, max: list.length - 2 })
      .map((at) => ({ warn: list[at] as string, fail: list[at + 1] as string })),
  ),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq });

/** `warn` is the stricter of the two. */
function bounds(numbers: readonly string[], side: 'min' | 'max'): fc.Arbitrary<Limits> {
  const ordered = side === 'min' ? [...numbers].reverse() : numbers;
  return fc.oneof(
    fc.constantFrom(...numbers).map((fail) => ({ fail })),
    fc.constantFrom(...numbers).map((warn) => ({ warn })),
    fc
      .integer({ min: 0, max: ordered.length - 2 })
      .map((at) => ({ warn: ordered[at] as string, fail: ordered[at + 1] as string })),
  );
}

const NUMBERS = [
  '-9999999999.99',
  '-2.75',
  '-1',
  '-0.005',
  '0',
  '0.01',
  '1',
  '1.5',
  '4.999',
  '5',
  '9007199254740992',
  '9223372036854775807',
];
const COUNTS = ['0', '1', '2', '3', '5', '8'];

function ruleBounds(texts: readonly string[]): fc.Arbitrary<ModelColumn['rules']> {
  const last = texts.length - 1;
  return fc
    .tuple(fc.integer({ min: 0, max: last - 1 }), fc.integer({ min: 1, max: last }), fc.integer({ min: 0, max: 5 }))
    .map(([from, more, form]) => {
      const low = texts[from] as string;
      const high = texts[Math.min(last, from + more)] as string;
      return (
        [
          { min: low },
          { max: high },
          { exclusiveMin: low },
          { exclusiveMax: high },
          { min: low, max: high },
          { exclusiveMin: low, exclusiveMax: high },
        ][form] ?? {}
      );
    });
}

function rulesOf(type: CellType): fc.Arbitrary<ModelColumn['rules']> {
  switch (type) {
    case 'string':
      return fc.oneof(
        fc.uniqueArray(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
        fc.integer({ min: 0, max: PATTERNS.length - 1 }).map((pattern) => ({ pattern })),
        fc.integer({ min: 1, max: 3 }).map((minLength) => ({ minLength })),
        fc
          .tuple(fc.integer({ min: 0, max: PATTERNS.length - 1 }), fc.integer({ min: 1, max: 3 }))
          .map(([pattern, maxLength]) => ({ pattern, maxLength })),
      );
    case 'int64':
      return fc.oneof(fc.constant({ enum: ['0', '1', '9007199254740993'] }), ruleBounds(NUMBERS.slice(1)));
    case 'decimal':
      return fc.oneof(fc.constant({ enum: ['0.00', '1.1'] }), ruleBounds(NUMBERS.slice(0, 10)));
    case 'float64':
      return ruleBounds(['-2.75', '-0.5', '0', '0.25', '1.5', '5']);
    case 'date':
      return ruleBounds(['1899-12-31', '1970-01-01', '2026-03-01', '9999-12-31']);
    case 'instant':
      return ruleBounds(['1900-01-01T00:00:00Z', '2026-02-22T12:00:00Z', '2026-03-01T13:00:00+01:00']);
    default:
      return fc.constant({});
  }
}

function column(name: string): fc.Arbitrary<ModelColumn> {
  return fc.constantFrom(...TYPES).chain((type) =>
    fc.record({
      name: fc.constant(name),
      type: fc.constant(type),
      required: fc.boolean(),
      missing: optional(
        fc.record({
          allow: tolerance,
          values:
            type === 'string'
              ? fc.uniqueArray(fc.constantFrom('', 'N/A', 'NaN'), { maxLength: 2 })
              : fc.constantFrom(...(type === 'float64' ? [[], ['NaN']] : [[]])),
        }),
      ),
      unique: optional(fc.record({ allow: optional(tolerance) }), 1),
      rules: fc.oneof(fc.constant({}), rulesOf(type)),
      invalid: optional(tolerance),
    }),
  );
}

function condition(types: readonly CellType[]): fc.Arbitrary<Condition> {
  const leaf: fc.Arbitrary<Condition> = fc.integer({ min: 0, max: types.length - 1 }).chain((at) => {
    const type = types[at] as CellType;
    const operators =
      type === 'string' || type === 'boolean' ? (['=', '<>'] as const) : (['=', '<>', '<', '>='] as const);
    return fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          is: fc.constant('compare' as const),
          column: fc.constant(at),
          by: fc.constantFrom(...operators),
          to: fc.constantFrom(...POOLS[type]),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ is: fc.constant('null' as const), column: fc.constant(at), not: fc.boolean() }),
      },
    );
  });
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: leaf.map((of): Condition => ({ is: 'not', of })) },
    {
      weight: 2,
      arbitrary: fc.record({ is: fc.constantFrom('and' as const, 'or' as const), left: leaf, right: leaf }),
    },
  );
}

function check(id: string, types: readonly CellType[]): fc.Arbitrary<ModelCheck> {
  const any = fc.integer({ min: 0, max: types.length - 1 });
  const numeric = types.flatMap((type, at) => (['int64', 'decimal', 'float64'].includes(type) ? [at] : []));
  const common = {
    id: fc.constant(id),
    where: optional(condition(types)),
    severity: fc.constantFrom(undefined, undefined, 'warn' as const, 'critical' as const),
  };
  const limited = (
    numbers: readonly string[],
  ): fc.Arbitrary<{ min: Limits | undefined; max: Limits | undefined; equals: string | undefined }> =>
    fc.oneof(
      fc.record({ min: bounds(numbers, 'min'), max: fc.constant(undefined), equals: fc.constant(undefined) }),
      fc.record({ min: fc.constant(undefined), max: bounds(numbers, 'max'), equals: fc.constant(undefined) }),
      fc.record({ min: fc.constant(undefined), max: fc.constant(undefined), equals: fc.constantFrom(...numbers) }),
    );
  const metric = (
    calls: readonly Extract<ModelCheck, { kind: 'metric' }>['call'][],
    columns: readonly number[],
    numbers: readonly string[],
  ): fc.Arbitrary<ModelCheck> =>
    fc
      .tuple(
        fc.record({
          ...common,
          kind: fc.constant('metric' as const),
          call: fc.constantFrom(...calls),
          column: fc.constantFrom(...columns),
          condition: condition(types),
        }),
        limited(numbers),
      )
      .map(([about, limits]) => ({ ...about, ...limits }));
  return fc.oneof(
    fc.record({
      ...common,
      kind: fc.constant('expect' as const),
      condition: condition(types),
      allow: optional(tolerance),
    }),
    fc.record({
      ...common,
      kind: fc.constant('unique' as const),
      columns: fc.uniqueArray(any, { minLength: 1, maxLength: 2 }),
      allow: optional(tolerance),
    }),
    metric(
      ['count', 'distinct', 'rows'],
      types.map((_, at) => at),
      COUNTS,
    ),
    metric(['share'], [0], ['0.001', '0.125', '0.25', '0.5', '0.75']),
    ...(numeric.length > 0 ? [metric(['sum', 'avg', 'min', 'max'], numeric, NUMBERS)] : []),
  );
}

/** A random contract over random rows. */
export const model: fc.Arbitrary<Model> = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 })
  .chain((names) => fc.tuple(...names.map(column)))
  .chain((columns) => {
    const types = columns.map(({ type }) => type);
    return fc.record({
      columns: fc.constant(columns),
      key: fc.oneof(
        { weight: 3, arbitrary: fc.constant<number[]>([]) },
        {
          weight: 1,
          arbitrary: fc.uniqueArray(fc.integer({ min: 0, max: types.length - 1 }), { minLength: 1, maxLength: 2 }),
        },
      ),
      where: optional(condition(types), 1),
      window: optional(fc.constantFrom(7, 30), 1),
      rowBounds: fc
        .record({ min: optional(bounds(COUNTS, 'min')), max: optional(bounds(COUNTS.slice(1), 'max'), 1) })
        .filter(ordered),
      checks: fc.tuple(...[0, 1, 2, 3].map((at) => check(`check-${at}`, types))),
      rows: fc.array(fc.tuple(...[...types.map(cells), fc.constantFrom<Cell[]>(null, ...MOMENTS)]), { maxLength: 10 }),
    });
  })
  .map(
    (made): Model => ({
      ...made,
      columns: made.columns.map((each, at) => withoutContradiction(each, made.key.includes(at))),
    }),
  );

/** A required column tolerates nothing missing; its listed values stay. */
function withoutContradiction(column: ModelColumn, inKey: boolean): ModelColumn {
  const { missing } = column;
  if (!missing || !(column.required || inKey)) return column;
  return { ...column, missing: missing.values.length > 0 ? { values: missing.values, allow: undefined } : undefined };
}

function ordered({ min, max }: Model['rowBounds']): boolean {
  const all = (limits: Limits | undefined): readonly number[] =>
    [limits?.warn, limits?.fail].flatMap((limit) => (limit === undefined ? [] : [Number(limit)]));
  return Math.max(...all(min), 0) <= Math.min(...all(max), 1000);
}
