import fc from 'fast-check';
import { type Pattern, parsePattern } from '../../src/sql/pattern.ts';

/** A contract `shop.a` with these tables (YAML, indented by two); locations begin with `$s.`. */
export function contractOf(tables: string): string {
  return `contract: shop.a\nversion: 1.0.0\nraci: { responsible: ann, accountable: ann }\nwarehouse: w\ntables:\n${tables}`;
}

/** A column for each rule. */
export const RULES = contractOf(`  rules:
    location: $s.rules
    key: [id]
    columns:
      id: int64
      e: { type: string, enum: [placed, "it's", "a\\\\b", "🚚", "tab\\there"] }
      p: { type: string, pattern: "^INV-[0-9]{2}$" }
      q: { type: string, pattern: "[\\\\[\\\\]\\\\\\\\^]|^é🚚$" }
      mail: { type: string, format: email }
      uri: { type: string, format: uri }
      country: { type: string, format: country-code }
      ip: { type: string, format: ipv6 }
      host: { type: string, format: hostname }
      len: { type: string, minLength: 2, maxLength: 3 }
      fixed: string(3)
      listed: { type: string, missing: { allow: 5%, values: [N/A] }, enum: [a] }
      i: { type: int32, min: 4.5, exclusiveMax: 10 }
      tiny: int8
      d: { type: "decimal(6,2)", exclusiveMin: 0.005, max: 99.999 }
      f: { type: float64, min: 0 }
      g: { type: float64, exclusiveMax: 5 }
      b: { type: boolean, enum: [true] }
      day: { type: date, min: 2020-02-29, exclusiveMax: 2021-01-01 }
      at: { type: timestamp, exclusiveMin: "2020-01-01T00:00:00", timezone: UTC }
      clock: { type: time, max: "12:30:00.5" }
      fixed_at: { type: instant, enum: ["2020-01-01T00:00:00Z"] }
      single: { type: float32, min: 0.1, exclusiveMax: 0.7, missing: { values: [5.1] } }
      special: { type: float64, enum: [1.5, NaN] }
      moment: { type: instant, min: "2000-01-01T00:00:00Z" }
      u: { type: uuid, enum: [00000000-0000-0000-0000-00000000000a] }
      loose: { type: string, enum: [x], invalid: 1% }
      open: { type: string, enum: [x], openEnum: true }
      o: struct
      o.x: int32
      l: array<string>
      m: map<string,int32>
`);

/** Patterns whose classes hold what means something in a class. */
export const ODD_TREES: readonly Pattern[] = [
  '[\\^]',
  '[^\\^]',
  '[\\^&]',
  '^[\\^\\-]+$',
  '[+\\-9]',
  '^[^+\\-9]$',
  '[&&\\[\\]]',
  '[!-/]',
  '^[--9]+$',
  '^[a-z&&b]+$',
  '[\\\\-\\^]',
  '^[{}~#]$',
].map((text) => {
  const parsed = parsePattern(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.tree;
});
export const ODD_TEXTS: readonly string[] = [...'^&-+9.,8[]\\{}~#!/abz'].flatMap((each) => [each, `${each}-`]);

export interface RuleRow {
  readonly column: string;
  /** A text is quoted by the engine; anything else stands as it is. */
  readonly value: string | number | boolean;
  readonly isGood: boolean;
  /** Engines that cannot say the rule, or hold the value. */
  readonly except?: readonly string[];
}

const good = (column: string, ...values: readonly RuleRow['value'][]): readonly RuleRow[] =>
  values.map((value) => ({ column, value, isGood: true }));
const bad = (column: string, ...values: readonly RuleRow['value'][]): readonly RuleRow[] =>
  values.map((value) => ({ column, value, isGood: false }));
const besides = (except: readonly string[], rows: readonly RuleRow[]): readonly RuleRow[] =>
  rows.map((row) => ({ ...row, except }));
const SERVERS = ['mysql', 'mariadb'];

export const ROWS: readonly RuleRow[] = [
  ...good('e', 'placed', "it's", 'a\\b', '🚚', 'tab\there'),
  ...bad('e', 'PLACED', 'placed ', 'plácéd', 'its', 'a\b', '🚛', '?', ''),
  ...good('p', 'INV-12'),
  ...besides(SERVERS, bad('p', 'INV-12\n')),
  ...bad('p', 'xINV-12', 'INV-1٣', 'inv-12', 'INV-123'),
  ...good('q', 'a[', ']', '\\', '^', 'é🚚'),
  ...bad('q', 'a', '-', 'é🚛', 'e🚚'),
  ...good('mail', 'a.b+c@x-y.example', "o'hara@a.b"),
  ...bad('mail', 'a@b', 'a b@c.d', 'a@b.c\n', '[a@b.c'),
  ...good('uri', 'https://a.b/c?d=%20#e', 'http://[::1]/', 'urn:x'),
  ...bad('uri', 'a', 'http://a b', 'http://a/[', '%:x'),
  ...good('country', 'DE'),
  ...bad('country', 'de', 'XX', 'DEU'),
  ...good('ip', '::', '2001:db8::1', '::ffff:1.2.3.4'),
  ...bad('ip', ':', '1.2.3.4', '::g'),
  ...good('host', 'a-b.c', 'x'.repeat(63)),
  ...bad('host', 'a_b', 'x'.repeat(64), Array(128).fill('ab').join('.')),
  ...good('len', '😀😀', 'abc'),
  ...bad('len', 'a', '😀😀😀😀'),
  ...good('fixed', '😀😀😀', ''),
  ...bad('fixed', 'abcd'),
  ...good('listed', 'a', 'N/A'),
  ...bad('listed', 'b', 'n/a'),
  ...good('i', 5, 9),
  ...bad('i', 4, 10),
  ...good('tiny', -128, 127),
  ...bad('tiny', 128, -129),
  ...good('d', 0.01, 99.99),
  ...bad('d', 0, -1, 100),
  ...good('f', 0, 1e300),
  ...bad('f', -1e-300),
  ...besides(SERVERS, bad('f', 'NaN', '-Infinity')),
  ...besides(SERVERS, good('f', 'Infinity')),
  ...good('g', 4.99),
  ...bad('g', 5),
  ...besides(SERVERS, bad('g', 'NaN', 'Infinity')),
  ...besides(SERVERS, good('g', '-Infinity')),
  ...good('b', true),
  ...bad('b', false),
  ...good('day', '2020-02-29', '2020-12-31'),
  ...bad('day', '2020-02-28', '2021-01-01'),
  ...good('at', '2020-01-01 00:00:00.000001'),
  ...bad('at', '2020-01-01 00:00:00'),
  ...good('clock', '12:30:00.5', '00:00:00'),
  ...bad('clock', '12:30:00.500001'),
  ...besides(SERVERS, good('moment', '2000-01-01 00:00:00+00', '1999-12-31 23:00:00-01')),
  ...besides(SERVERS, bad('moment', '1999-12-31 23:59:59.999999+00', '2000-01-01 00:30:00+01')),
  ...besides(SERVERS, good('fixed_at', '2020-01-01 01:00:00+01')),
  ...besides(SERVERS, bad('fixed_at', '2020-01-01 00:00:00+01')),
  // Of 32 bits 0.1 and 0.2 are a little more, 0.7 is a little less.
  ...good('single', 0.1, 0.7, 5.1),
  ...bad('single', 0.09, 0.70001),
  ...good('special', 1.5),
  ...bad('special', 2),
  ...besides(SERVERS, good('special', 'NaN')),
  ...besides(SERVERS, bad('special', 'Infinity')),
  ...good('u', '00000000-0000-0000-0000-00000000000A'),
  ...bad('u', '00000000-0000-0000-0000-00000000000b', 'no uuid'),
  ...good('loose', 'x', 'y'),
  ...good('open', 'x', 'y'),
  ...besides(['duckdb'], good('o', '{"x": 1}')),
  ...besides(['duckdb'], bad('o', '[1]', '1')),
  ...besides(SERVERS, good('l', '{a,b}'))
    .filter(({ value }) => value !== undefined)
    .map((row) => ({ ...row, except: [...SERVERS, 'duckdb'] })),
  ...besides(['postgres', 'duckdb'], [...good('l', '["a"]'), ...bad('l', '{"a": 1}')]),
  ...besides(['duckdb'], [...good('m', '{"a": 1}'), ...bad('m', '["a"]')]),
];

const texts = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(
      'placed',
      "it's",
      '"',
      '\\',
      "\\'; drop table t; --",
      '🚚',
      'new\nline',
      '\u2028',
      '%_',
      '`',
      '${x()}',
      'NULL',
      ' ',
    ),
    fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'B', 'é', "'", '\\', '0', ' ', ';') }),
  ),
  { minLength: 1, maxLength: 4 },
);
const patterns = fc.constantFrom(
  '^[A-Z]{2}-[0-9]+$',
  "it's",
  '\\\\',
  '[\\[\\]^-]',
  '^(?:a|b\\.c)*$',
  '🚚',
  '^$',
  '\\d\\s\\W',
  '.',
);

/** Names with what engines and readers trip over; a number makes them apart. */
const names = fc.constantFrom(
  'a',
  'select',
  'Order',
  "it's",
  '"',
  '`',
  '\\',
  'sp ace',
  '${x()}',
  '*/',
  '--',
  ';',
  'Ünï',
  'constructor',
  'a-b',
  '%s',
  '?',
  ':x',
  '$1',
);

export interface TypedColumn {
  readonly name: string;
  readonly type: string;
  readonly members: readonly (readonly [string, unknown])[];
  readonly [rule: string]: unknown;
}

const of = (type: fc.Arbitrary<string>, rules: fc.Arbitrary<object> = fc.constant({})): fc.Arbitrary<TypedColumn> =>
  fc
    .tuple(
      names,
      type,
      rules,
      fc.boolean(),
      fc.option(fc.constantFrom('Price; it\'s "in" \\ EUR', 'x\ny'), { nil: undefined }),
    )
    .map(([name, each, own, required, description]) => ({
      name,
      type: each,
      members: [],
      ...own,
      ...(required && !('missing' in own) && { required }),
      ...(description !== undefined && { description }),
    }));

const decimals = fc
  .tuple(fc.integer({ min: 1, max: 38 }), fc.integer({ min: 0, max: 38 }))
  .map(([precision, scale]) => `decimal(${precision},${Math.min(precision, scale)})`);

/** A column of any type, with rules that fit it. */
export const typedColumn: fc.Arbitrary<TypedColumn> = fc.oneof(
  of(
    fc.constantFrom('string', 'string(20)', 'string(20000)'),
    fc.oneof(
      texts.map((values) => ({ enum: values, default: values[0] })),
      patterns.map((pattern) => ({ pattern })),
      fc
        .constantFrom(
          'email',
          'uri',
          'uuid',
          'hostname',
          'ipv4',
          'ipv6',
          'phone',
          'iban',
          'country-code',
          'language-code',
          'date-time',
        )
        .map((format) => ({ format })),
      fc
        .integer({ min: 1, max: 300 })
        .map((maxLength) => ({ maxLength, missing: { allow: '2%', values: ['', 'N/A'] } })),
      fc.constant({ minLength: 2 }),
      fc.constant({}),
    ),
  ),
  of(
    fc.constantFrom('int8', 'int16', 'int32', 'int64', 'integer'),
    fc.constantFrom({}, { min: -3.5, exclusiveMax: 100 }, { enum: [1, 2], default: 2 }, { unique: true }),
  ),
  of(decimals),
  of(
    fc.constantFrom('decimal', 'decimal(12,2)'),
    fc.constantFrom({}, { exclusiveMin: 0.001, max: 99.999 }, { enum: ['1.5'], default: 1.5 }),
  ),
  of(fc.constantFrom('float32', 'float64', 'float'), fc.constantFrom({}, { min: -0.1 }, { exclusiveMax: 1e10 })),
  of(fc.constantFrom('boolean', 'uuid', 'json', 'bytes', 'date')),
  of(
    fc.constant('date'),
    fc.constantFrom({ min: '1000-01-01', max: 'now', timezone: 'UTC' }, { default: '2020-02-29' }),
  ),
  of(
    fc.constantFrom(
      'time',
      'time(0)',
      'time(3)',
      'timestamp',
      'timestamp(0)',
      'timestamp(3)',
      'timestamp(4)',
      'instant',
      'instant(3)',
    ),
  ),
  of(
    fc.constantFrom(
      'array<string>',
      'array<int64>',
      'array<string(5)>',
      'array<decimal(5,1)>',
      'array<array<int32>>',
      'array<date>',
      'map<string,int32>',
    ),
  ),
  of(fc.constantFrom('struct', 'array<struct>')).map((column) => {
    const inside = column.type === 'struct' ? '.' : '[].';
    return {
      ...column,
      members: [
        [`${inside}x`, { type: 'int32', required: true }],
        [`${inside}it's "y"`, 'array<string>'],
      ] as const,
    };
  }),
);
