import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeName } from '../../generators/file-name.ts';
import { printEcma } from '../../generators/json-schema/ecma.ts';
import { decimalOrder, momentOrder, type Side } from '../../generators/json-schema/order.ts';
import { hasBareEnd } from '../../generators/json-schema/text.ts';
import { generate } from '../../generators/json-schema.ts';
import { patternMatches } from '../../src/sql/pattern.ts';
import { compareDecimals, parseDecimal } from '../../src/util/decimal.ts';
import { RANDOM_TEXTS, RANDOM_TREES, SUBJECTS, TREES } from '../sql/pattern-cases.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { readSpecs, type SpecCase } from '../support/spec.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';
import { jsonRows, specInput } from './json-schema-rows.ts';
import { ODD_TEXTS, ODD_TREES } from './sql-cases.ts';

/** As strict as the product's own validators; the annotation is made known, as users have to. */
function ajv(): Ajv2020 {
  const made = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictNumbers: true,
    validateFormats: false,
  });
  made.addKeyword('x-surety');
  return made;
}

function compile(text: string): ValidateFunction {
  const schema = JSON.parse(text);
  const made = ajv();
  expect(made.validateSchema(schema), made.errorsText()).toBe(true);
  return made.compile(schema);
}

async function validatorOf(yaml: string, table: string): Promise<ValidateFunction> {
  const folder = await projectFolder({
    'contracts/a.yaml': `contract: shop.a\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n${yaml}`,
  });
  const { files } = generate(await inputOf(folder));
  return compile(files.find(({ path }) => path === `shop.a.v1/${table}.schema.json`)?.text ?? '');
}

test('every schema of the fixture and of the shipped contract is one by the meta-schema, and ajv compiles it strictly', async () => {
  const files = [...generate(await inputOf(FIXTURE)).files, ...generate(await inputOf(SHIPPED)).files];
  expect(files.map(({ path }) => path)).toEqual([
    'hostile.names.v1/class.schema.json',
    'hostile.names.v1/do-it.schema.json',
    'shop.orders.v2/orders.schema.json',
    'shop.orders.v2/customers.schema.json',
    'shop.orders.v2/events.schema.json',
    'aviation.birdstrikes.v2/strikes.schema.json',
  ]);
  for (const { text } of files) compile(text);
});

test('hostile names are properties as they are', async () => {
  const { files } = generate(await inputOf(FIXTURE));
  const text = files.find(({ path }) => path.endsWith('class.schema.json'))?.text ?? '';
  expect(text).not.toMatch(/[\u2028\u2029]/);
  const validate = compile(text);
  const row = JSON.parse(
    '{ "constructor": 1, "__proto__": "x", "default": true, "toString": "new\\nline", "select": "*/`${x}" }',
  );
  expect(validate(row), JSON.stringify(validate.errors)).toBe(true);
  expect(validate(JSON.parse('{ "constructor": 1, "default": true }'))).toBe(false);
  expect(validate(JSON.parse('{ "constructor": 1, "__proto__": null, "default": true }'))).toBe(false);
  expect(validate({ ...row, toString: 'other' })).toBe(false);
  expect(validate({ ...row, select: '*/`${y}' })).toBe(false);
});

/** Column checks of the specs that a row shows, and those that it cannot, with the reason. */
const BEYOND: Readonly<Record<string, string>> = {
  'now is the instant of the run: t.i.invalid': 'a schema has no clock',
  'now on a naive column is the local time of its zone: t.d.invalid': 'a schema has no clock',
  'now on a naive column is the local time of its zone: t.at.invalid': 'a schema has no clock',
  'dates and instants far away: t.i.invalid': 'texts with offsets have no order',
  'formats: t.i.invalid': 'no pattern says what check digits are',
  'single precision compares as double precision: t.a.invalid': 'JSON has the shortest digits of a number of 32 bits',
  'the widest integers and bounds beyond them: t.b.invalid': 'JavaScript reads numbers of 64 bits as floats',
  'infinite times break the bounds that they are beyond: t.i.invalid':
    'infinite times are no ISO texts: all are refused',
  'infinite times break the bounds that they are beyond: t.n.invalid':
    'infinite times are no ISO texts: all are refused',
  'tolerance with warn and fail: t.a.invalid': 'rules that some rows may break are left out',
  'severity warn turns a failure into a warning, critical stays a failure: t.a.required': 'a schema has no severity',
};

interface Expected {
  readonly spec: SpecCase;
  readonly title: string;
  readonly table: string;
  readonly column: string;
  readonly kind: 'invalid' | 'required';
  readonly verdict: string;
  readonly bad?: number;
}

const SPECS = await readSpecs(join(ROOT, 'test', 'specs', 'checks'));
const EXPECTED: readonly Expected[] = SPECS.filter(({ file }) =>
  /^(?:invalid|required|nested|values)\.yaml$/.test(file),
)
  .flatMap(({ cases }) => cases)
  .filter(({ tables }) => Object.values(tables).every(({ text }) => text === undefined))
  // Members of JSON columns: the schema has one form for them and for those of structs.
  .flatMap((spec) =>
    Object.entries(spec.expect).flatMap(([path, wanted]) => {
      const [, table = '', column = '', kind] = /^(\w+)\.(.+)\.(invalid|required)$/.exec(path) ?? [];
      const { verdict, bad } =
        typeof wanted === 'string' ? { verdict: wanted } : (wanted as { verdict: string; bad?: unknown });
      if (kind === undefined || verdict === 'skipped' || verdict === 'error') return [];
      const title = `${spec.name}: ${path}`;
      return [
        {
          spec,
          title,
          table,
          column,
          kind: kind as 'invalid' | 'required',
          verdict,
          ...(bad !== undefined && { bad: Number(bad) }),
        },
      ];
    }),
  );

describe('rows of the check specs', () => {
  test('many checks are looked at, and each exception is one of them', () => {
    expect(EXPECTED.length).toBeGreaterThan(50);
    expect(EXPECTED.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(30);
    expect(EXPECTED.filter(({ kind }) => kind === 'required').length).toBeGreaterThan(8);
    const titles = EXPECTED.map(({ title }) => title);
    expect(Object.keys(BEYOND).filter((title) => !titles.includes(title))).toEqual([]);
  });

  test.each(EXPECTED.filter(({ title }) => BEYOND[title] === undefined))(
    'are refused where they are bad: $title',
    async (each) => {
      const { spec, table, column, kind, verdict, bad } = each;
      const { files } = generate(await specInput(spec));
      const validate = compile(files.find(({ path }) => path.endsWith(`/${table}.schema.json`))?.text ?? '');
      const rows = (await jsonRows(spec)).get(table) ?? [];
      const refused = rows.filter(
        (row) => !validate(row) && (validate.errors ?? []).some((error) => isAbout(error, row, column, kind)),
      );
      if (bad !== undefined) expect(refused).toHaveLength(bad);
      else if (verdict === 'pass') expect(refused).toEqual([]);
      else expect(refused.length).toBeGreaterThan(0);
    },
  );
});

/** Whether an error is about NULL in the column (`required`), or about a value there (`invalid`). */
function isAbout({ instancePath }: ErrorObject, row: unknown, column: string, kind: string): boolean {
  const path = column
    .split(/(?=\[\])|(?=\{\})|\./)
    .map((part) => (part === '[]' ? '/\\d+' : part === '{}' ? '/[^/]+' : `/${part}`))
    .join('');
  if (!new RegExp(`^${path}$`).test(instancePath)) return false;
  const value = instancePath
    .split('/')
    .slice(1)
    .reduce((at: unknown, step) => (at as Record<string, unknown>)[step], row);
  return (value === null) === (kind === 'required');
}

describe('types', () => {
  const TYPES = `  t:\n    columns:
      i: int8
      l: int64
      d: "decimal(4,2)"
      f: float32
      b: boolean
      day: { type: date, min: 2020-02-29, exclusiveMax: 2021-01-01 }
      clock: { type: time(3), max: "12:30:00.5" }
      at: timestamp
      when: instant
      u: { type: uuid, enum: [00000000-0000-0000-0000-00000000000a] }
      s: { type: string(2), missing: { allow: 5%, values: [N/A] } }
      o: { type: struct, required: true }
      o.x: { type: int32, required: true }
      m: map<int32,string>
      j: { type: json, required: true }\n`;
  const GOOD = { o: { x: 1 }, j: [] };

  test.each<[string, unknown, boolean]>([
    ['i', 127, true],
    ['i', 128, false],
    ['i', 1.5, false],
    ['i', '1', false],
    ['l', 9007199254740991, true],
    ['d', '99.99', true],
    ['d', '99.999', false],
    ['d', '100.00', false],
    ['d', '-0.5', true],
    ['d', '01', false],
    ['d', 12.5, true],
    ['d', 100, false],
    ['f', 0.1, true],
    ['f', 1e39, false],
    ['f', 'NaN', true],
    ['f', '-Infinity', true],
    ['f', 'inf', false],
    ['b', true, true],
    ['b', 'true', false],
    ['day', '2020-02-29', true],
    ['day', '2020-02-28', false],
    ['day', '2020-12-31', true],
    ['day', '2021-01-01', false],
    ['day', '2020-02-30', false],
    ['clock', '12:30:00.5', true],
    ['clock', '12:30:00.501', false],
    ['clock', '12:30:00.0001', false],
    ['clock', '24:00:00', false],
    ['at', '2024-02-29T00:00:00', true],
    ['at', '2023-02-29T00:00:00', false],
    ['at', '2024-02-29 00:00:00.123456', true],
    ['at', '2024-02-29T00:00:00Z', false],
    ['when', '2024-02-29T00:00:00Z', true],
    ['when', '2024-02-29T00:00:00+02:00', true],
    ['when', '2024-02-29T00:00:00', false],
    ['when', '2023-02-29T00:00:00Z', false],
    ['u', '00000000-0000-0000-0000-00000000000A', true],
    ['u', '00000000-0000-0000-0000-00000000000b', false],
    ['s', '😀😀', true],
    ['s', '😀😀😀', false],
    ['s', 'N/A', true],
    ['s', 'N/B', false],
    ['s', null, true],
    ['o', null, false],
    ['o', {}, false],
    ['o', { x: 1, y: 2 }, true],
    ['m', { 1: 'a' }, true],
    ['m', { a: 'a' }, false],
    ['m', { 1: 1 }, false],
    ['j', null, false],
    ['j', 'x', true],
  ])('%s: %j is valid: %s', async (column, value, isValid) => {
    const validate = await validatorOf(TYPES, 't');
    expect(validate({ ...GOOD, [column]: value }), JSON.stringify(validate.errors)).toBe(isValid);
  });

  test('a required property has to be there', async () => {
    const validate = await validatorOf(TYPES, 't');
    expect(validate({ j: [] })).toBe(false);
    expect(validate(GOOD)).toBe(true);
  });

  test('other properties are refused where extra columns are forbidden, and else let in', async () => {
    const yaml = '  t: { extraColumns: forbid, columns: { a: int32 } }\n  u: { columns: { a: int32 } }\n';
    expect((await validatorOf(yaml, 't'))({ a: 1, b: 1 })).toBe(false);
    expect((await validatorOf(yaml, 'u'))({ a: 1, b: 1 })).toBe(true);
  });
});

test('no format is named that validators know to refuse what the contract takes, such as a..b@c.de and a:', async () => {
  const folder = await projectFolder({
    'contracts/a.yaml': `contract: shop.a\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  t:\n    columns:
      at: instant\n      u: uuid\n${['email', 'uri', 'hostname', 'ipv4', 'ipv6', 'date', 'phone', 'date-time']
        .map((format) => `      ${format}: { type: string, format: ${format} }\n`)
        .join('')}`,
  });
  const text = generate(await inputOf(folder)).files[0]?.text ?? '';
  const formats = [...text.matchAll(/"format": "(.*?)"/g)].map(([, name]) => name);
  expect(formats).toEqual(['date', 'hostname', 'date-time', 'ipv4', 'ipv6', 'uuid']);
  expect(compile(text)({ email: 'a..b@c.de', uri: 'a:' })).toBe(true);
});

describe('all forms of a value', () => {
  const FORMS = `  t:\n    columns:
      v: { type: "decimal(5,2)", min: 1, missing: { values: [-1.5, 0] } }
      e: { type: "decimal(9,4)", enum: [2.50, 0] }
      any: { type: decimal, enum: [2.5, 7] }
      clock: { type: time, enum: ["12:30:00.25", "13:00"] }
      whole: { type: time(0), enum: ["12:30:00"] }
      at: { type: timestamp, enum: ["2020-02-29", "2020-01-01T12:30:00.5"] }
      when: { type: instant, enum: ["2020-01-01T00:00:00Z"] }
      top: { type: float64, max: Infinity }
      below: { type: float64, exclusiveMax: Infinity, min: 0 }
      least: { type: float32, min: Infinity }
      above: { type: float64, exclusiveMin: -Infinity }
      weight: { type: float64, min: 0, missing: { values: [-1.5, NaN] } }
      i: { type: int32, min: 0, missing: { values: [-1] } }
      odd: { type: "decimal(5,2)", min: 1, missing: { values: [N/A, -1] } }\n`;

  test.each<[string, unknown, boolean]>([
    ['v', '-1.50', true],
    ['v', '-1.5', true],
    ['v', -1.5, true],
    ['v', '0', true],
    ['v', '0.00', true],
    ['v', '-0.0', true],
    ['v', '0.000', false],
    ['v', '-1.51', false],
    ['v', '1', true],
    ['e', '2.5', true],
    ['e', '2.50', true],
    ['e', '2.5000', true],
    ['e', '2.50000', false],
    ['e', 2.5, true],
    ['e', '25', false],
    ['e', '2x5', false],
    ['any', '2.5000000', true],
    ['any', '7.0', true],
    ['any', '70', false],
    ['clock', '12:30:00.25', true],
    ['clock', '12:30:00.250', true],
    ['clock', '12:30:00.250000', true],
    ['clock', '12:30:00.251', false],
    ['clock', '12:30:00', false],
    ['clock', '13:00:00', true],
    ['clock', '13:00:00.000', true],
    ['clock', null, true],
    ['whole', '12:30:00', true],
    ['whole', '12:30:00.0', false],
    ['at', '2020-02-29T00:00:00', true],
    ['at', '2020-02-29 00:00:00.000', true],
    ['at', '2020-01-01 12:30:00.50', true],
    ['at', '2020-01-01 12:30:00', false],
    ['when', '2020-01-01T00:00:00Z', true],
    ['when', '2020-01-01T01:00:00.0+01:00', true],
    ['top', 'Infinity', true],
    ['top', 1e300, true],
    ['top', '-Infinity', true],
    ['top', 'NaN', false],
    ['below', 'Infinity', false],
    ['below', 1, true],
    ['below', -1, false],
    ['least', 'Infinity', true],
    ['least', 5, false],
    ['above', '-Infinity', false],
    ['above', 'Infinity', true],
    ['above', -5, true],
    ['weight', 'NaN', true],
    ['weight', -1.5, true],
    ['weight', -1, false],
    ['i', -1, true],
    ['i', -2, false],
    ['odd', 'N/A', true],
    ['odd', '-1.00', true],
    ['odd', 'N/B', false],
  ])('%s: %j is valid: %s', async (column, value, isValid) => {
    const validate = await validatorOf(FORMS, 't');
    expect(validate({ [column]: value }), JSON.stringify(validate.errors)).toBe(isValid);
  });
});

test('what only warns is no rule, and what a window leaves open is told', async () => {
  const folder = await projectFolder({
    'contracts/a.yaml': `contract: shop.a\nversion: 1.0.0\ntimezone: UTC\nraci: { responsible: x, accountable: x }\ntables:
  t: { severity: warn, columns: { a: { type: int32, min: 1, required: true }, b: { type: int32, min: 1, severity: fail } } }
  u: { window: 7d, timeColumn: at, columns: { at: instant, a: { type: int32, min: 1, required: true, severity: warn } } }\n`,
  });
  const { files, notes } = generate(await inputOf(folder));
  const validate = compile(files[0]?.text ?? '');
  expect(validate({ a: 0 })).toBe(true);
  expect(validate({ a: null })).toBe(false);
  expect(validate({ a: 0, b: 0 })).toBe(false);
  expect(notes.map(({ where, message }) => `${where}: ${message}`)).toEqual([
    'shop.a/t: every row has to have a value, though a breach is only a warning: a',
    'shop.a/t.a: the rules on its values are left out, as a breach is only a warning',
    'shop.a/u: every row has to keep the rules: the contract asks it of those of the last 7d',
    'shop.a/u: every row has to have a value, though a breach is only a warning: a',
    'shop.a/u.a: the rules on its values are left out, as a breach is only a warning',
  ]);
});

/** The schema as Python reads it, whose `$` matches before a line break at the end too. */
function asPython(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    key === 'pattern' && typeof value === 'string'
      ? value.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\$/g, (part) => (part === '$' ? '(?=\\n?(?![\\s\\S]))' : part))
      : value,
  );
}

test('a line break behind the end of a pattern is refused in Python too, and where it may be there it may', async () => {
  const folder = await projectFolder({
    'contracts/a.yaml': `contract: shop.a\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  t:\n    columns:
      p: { type: string, pattern: "^[A-Z]{3}$" }
      mail: { type: string, format: email }
      both: { type: string, format: email, pattern: "@" }
      day: date
      at: { type: timestamp, min: "2020-01-01T00:00:00" }
      d: { type: "decimal(5,2)", min: 1 }
      e: { type: time, enum: ["12:00"] }
      m: map<int32,string>
      open: { type: string, pattern: "^[a-z]" }
      any: { type: string, pattern: "^[^,]*$" }\n`,
  });
  const validate = compile(asPython(generate(await inputOf(folder)).files[0]?.text ?? ''));
  const good: Readonly<Record<string, unknown>> = {
    p: 'ABC',
    mail: 'a@b.c',
    both: 'a@b.c',
    day: '2020-01-01',
    at: '2020-01-01T00:00:00',
    d: '1.50',
    e: '12:00:00',
    m: { 1: 'x' },
  };
  for (const [column, value] of Object.entries(good)) {
    expect(validate({ [column]: value }), column).toBe(true);
    const broken = typeof value === 'string' ? `${value}\n` : { '1\n': 'x' };
    expect(validate({ [column]: broken }), column).toBe(false);
  }
  for (const text of ['a\n', 'a']) expect(validate({ open: text, any: text })).toBe(true);
});

test('a pattern whose end no line break comes before matches no text that has one there', () => {
  const texts = [...RANDOM_TEXTS, ...ODD_TEXTS].filter(({ length }) => length < 12).map((text) => `${text}\n`);
  const bare = [...ODD_TREES, ...TREES, ...RANDOM_TREES].filter(hasBareEnd);
  expect(bare.length).toBeGreaterThan(20);
  for (const tree of bare) {
    for (const text of ['\n', ...texts]) {
      if (patternMatches(tree, text)) throw new Error(`${printEcma(tree)} on ${JSON.stringify(text)}`);
    }
  }
});

const SIDES = {
  min: (order) => order >= 0,
  exclusiveMin: (order) => order > 0,
  max: (order) => order <= 0,
  exclusiveMax: (order) => order < 0,
} satisfies Record<Side, (order: number) => boolean>;
const digits = (max: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { maxLength: max }).map((all) => all.join(''));
const decimal = fc
  .tuple(fc.constantFrom('', '-'), digits(3), digits(3))
  .map(
    ([sign, whole, fraction]) => `${sign}${whole.replace(/^0+/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`,
  );
const side = fc.constantFrom<Side>('min', 'exclusiveMin', 'max', 'exclusiveMax');

describe('orders as patterns', () => {
  test('a decimal text matches exactly where the number keeps the bound', () => {
    fc.assert(
      fc.property(side, decimal, decimal, (name, bound, value) => {
        const [left, right] = [parseDecimal(value), parseDecimal(bound)];
        if (!left || !right) return;
        expect(new RegExp(decimalOrder(name, right), 'u').test(value)).toBe(SIDES[name](compareDecimals(left, right)));
      }),
      { numRuns: 3000 },
    );
  });

  test('a timestamp matches exactly where its text keeps the bound', () => {
    const moment = fc
      .tuple(fc.integer({ min: -6e10, max: 2e11 }), fc.integer({ min: 0, max: 999_999 }))
      .map(([seconds, micros]) => ({
        head: new Date(seconds * 1000).toISOString().slice(0, 19),
        fraction: micros % 3 === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`,
      }));
    fc.assert(
      fc.property(side, moment, moment, fc.boolean(), (name, bound, other, isNear) => {
        const value = isNear ? { ...other, head: bound.head } : other;
        const [left, right] = [value, bound].map(({ head, fraction }) => head + (fraction || '.').padEnd(7, '0')) as [
          string,
          string,
        ];
        const order = left < right ? -1 : left > right ? 1 : 0;
        expect(new RegExp(momentOrder(name, bound.head + bound.fraction), 'u').test(value.head + value.fraction)).toBe(
          SIDES[name](order),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

test('a portable pattern means the same as an ECMAScript pattern', () => {
  // On long texts some of them would take JavaScript years.
  const texts = [...RANDOM_TEXTS, ...ODD_TEXTS, ...Object.values(SUBJECTS).filter(({ length }) => length < 12)];
  let matches = 0;
  for (const tree of [...ODD_TREES, ...TREES, ...RANDOM_TREES]) {
    const ecma = new RegExp(printEcma(tree), 'u');
    for (const text of texts) {
      const isMatch = patternMatches(tree, text);
      if (ecma.test(text) !== isMatch)
        throw new Error(`${ecma.source} on ${JSON.stringify(text)}: expected ${isMatch}`);
      matches += isMatch ? 1 : 0;
    }
  }
  expect(matches).toBeGreaterThan(5000);
});

test('a table name makes a safe part of a path, and two names two parts', () => {
  expect(safeName('orders_2')).toBe('orders_2');
  expect(safeName('../../x')).toMatch(/^x-[0-9a-f]{8}$/);
  expect(safeName('CON')).toMatch(/^CON-[0-9a-f]{8}$/);
  expect(safeName('a b')).not.toBe(safeName('a/b'));
  expect(safeName('🚚')).toMatch(/^table-[0-9a-f]{8}$/);
  expect(`${safeName('x'.repeat(300))}.schema.json`.length).toBeLessThan(255);
});
