import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GeneratedFile, GeneratorInput } from '../../generators/generator.ts';
import { pythonPattern } from '../../generators/pydantic/pattern.ts';
import { pydantic } from '../../generators/pydantic.ts';
import { patternMatches } from '../../src/sql/pattern.ts';
import { RANDOM_TEXTS, RANDOM_TREES, SUBJECTS, TREES } from '../sql/pattern-cases.ts';
import { projectFolder } from '../support/project-folder.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';
import { jsonRows, specInput } from './json-schema-rows.ts';
import { pydanticTest, pythonJson } from './python.ts';
import { difference, isAbout, rowSpecs } from './row-specs.ts';

/** Reads rows by models: `[{ module, model, rows }]` → of each row its values, or where it is refused. */
const READ = `
import importlib, json, sys
from pydantic import ValidationError
sys.path.insert(0, '.')
sys.dont_write_bytecode = True
def shown(value):
    if isinstance(value, dict): return {key: shown(inner) for key, inner in value.items()}
    if isinstance(value, list): return [shown(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, str)) else repr(value)
def read(model, row):
    try:
        return {'values': shown(model.model_validate(row).model_dump(by_alias=True))}
    except ValidationError as error:
        return {'refused': [each['loc'] for each in error.errors()]}
answers = []
for job in json.load(sys.stdin):
    model = getattr(importlib.import_module(job['module']), job['model'])
    answers.append([read(model, row) for row in job['rows']])
json.dump(answers, sys.stdout)
`;

type Answer = {
  readonly values?: Record<string, unknown>;
  readonly refused?: readonly (readonly (string | number)[])[];
};
interface Job {
  readonly module: string;
  readonly model: string;
  readonly rows: readonly unknown[];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surety-pydantic-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function generate(input: GeneratorInput): Promise<readonly GeneratedFile[]> {
  return (await pydantic.generate(input, {})).files;
}

async function write(name: string, files: readonly GeneratedFile[]): Promise<void> {
  await writeFile(join(folder, `${name}.py`), files[0]?.text ?? '');
}

async function read(jobs: readonly Job[]): Promise<readonly (readonly Answer[])[]> {
  return (await pythonJson(folder, READ, jobs)) as readonly (readonly Answer[])[];
}

async function tableOf(name: string, yaml: string): Promise<void> {
  const head = 'contract: shop.a\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  t:\n';
  await write(name, await generate(await inputOf(await projectFolder({ 'contracts/a.yaml': `${head}${yaml}` }))));
}

pydanticTest('every module of the fixture and of the shipped contract is imported without a warning', async () => {
  const files = [...(await generate(await inputOf(FIXTURE))), ...(await generate(await inputOf(SHIPPED)))];
  expect(files.map(({ path }) => path)).toEqual([
    'hostile_names_v1.py',
    'shop_orders_v2.py',
    'aviation_birdstrikes_v2.py',
  ]);
  for (const { path, text } of files) {
    await writeFile(join(folder, path), text);
    expect(text).not.toMatch(/[\u2028\u2029]/);
  }
  const found = await read([
    {
      module: 'hostile_names_v1',
      model: 'ClassRow',
      rows: [
        JSON.parse(
          '{ "constructor": 1, "__proto__": "x", "default": true, "toString": "new\\nline", "it\'s": "y", "🚚": 1.5 }',
        ),
        JSON.parse('{ "constructor": 1, "default": true }'),
        { constructor: 1, ['__proto__']: 'x', default: true, toString: 'other' },
        JSON.parse('{ "constructor": 1, "__proto__": "x", "default": true, "select": "*/`${y}" }'),
        JSON.parse('{ "constructor": 1, "__proto__": "x", "default": true, "select": "*/`${x}" }'),
      ],
    },
    {
      module: 'shop_orders_v2',
      model: 'EventsRow',
      rows: [
        {
          customer_id: 1,
          at: '2026-01-01T00:00:00Z',
          address: { country: 'DE', geo: { lat: 1.5 } },
          lines: [{ qty: 1, price: '2.50' }, null],
          tags: ['a', null],
          scores: { a: 1, b: null },
        },
        { customer_id: 1, at: '2026-01-01T00:00:00Z', address: { geo: {} }, lines: [{}] },
      ],
    },
    {
      module: 'aviation_birdstrikes_v2',
      model: 'StrikesRow',
      rows: [{ 'Airport Name': 'x', size: 'Tiny' }],
    },
  ]);
  const [hostile = [], events = [], strikes = []] = found;
  expect(hostile[0]?.values).toMatchObject({ default: true, toString: 'new\nline', "it's": 'y', 'a-b': null });
  expect(Object.keys(hostile[0]?.values ?? {})).toContain('__proto__');
  expect(hostile[0]?.values?.['🚚']).toBe("Decimal('1.5')");
  expect(hostile[1]?.refused).toEqual([['__proto__']]);
  expect(hostile[2]?.refused).toEqual([['toString']]);
  expect(hostile[3]?.refused).toEqual([['select']]);
  expect(hostile[4]?.refused).toBeUndefined();
  expect(events[0]?.values).toEqual({
    customer_id: '1',
    at: 'datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)',
    address: { country: 'DE', street: null, geo: { lat: '1.5' } },
    lines: [{ qty: '1', price: "Decimal('2.50')" }, null],
    tags: ['a', null],
    scores: { a: '1.0', b: null },
  });
  expect(events[1]?.refused).toEqual([
    ['address', 'country'],
    ['address', 'geo', 'lat'],
    ['lines', 0, 'qty'],
  ]);
  const told = strikes[0]?.refused ?? [];
  expect(told).toContainEqual(['size']);
  expect(told).not.toContainEqual(['airport']);
  expect(told).toContainEqual(['aircraft']);
});

/** Python has no infinite times, of which a note tells. */
const INFINITE = 'infinite times break the bounds that they are beyond';
const SPECS = (await rowSpecs()).filter(({ spec }) => spec.name !== INFINITE);

describe('rows of the check specs', () => {
  pydanticTest(`are refused where they are bad: ${SPECS.length} checks`, async () => {
    expect(SPECS.length).toBeGreaterThan(50);
    const jobs = await Promise.all(
      SPECS.map(async ({ spec, table }, index): Promise<Job> => {
        const module = `spec${index}`;
        await write(module, await generate(await specInput(spec)));
        const rows = (await jsonRows(spec)).get(table) ?? [];
        return { module, model: `${table[0]?.toUpperCase()}${table.slice(1)}Row`, rows };
      }),
    );
    const answers = await read(jobs);
    const wrong = SPECS.flatMap((each, index) => {
      const rows = jobs[index]?.rows ?? [];
      const refused = (answers[index] ?? []).filter((answer, at) =>
        answer.refused?.some((path) => isAbout(each, withoutUnion(path), rows[at])),
      );
      const found = difference(each, refused.length);
      return found === undefined ? [] : [`${each.title}: ${found}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** pydantic names the part of a union behind the column: `function-before[_whole(), int]`, `literal['']`. */
function withoutUnion(path: readonly (string | number)[]): readonly (string | number)[] {
  return path.filter((step) => typeof step === 'number' || !/\[|^(?:str|float|constrained-str|bool)$/.test(step));
}

describe('types', () => {
  const REFUSED = 'refused';
  const CASES: readonly (readonly [string, unknown, string])[] = [
    ['i', 127, '127'],
    ['i', 128, REFUSED],
    ['i', 1.5, REFUSED],
    ['i', true, REFUSED],
    ['n', -5, '-5'],
    ['n', -6, REFUSED],
    ['n', 5, REFUSED],
    ['l', '9223372036854775807', '9223372036854775807'],
    ['l', '-9223372036854775808', '-9223372036854775808'],
    ['l', '9223372036854775808', REFUSED],
    ['l', '1.0', REFUSED],
    ['l', ' 1', REFUSED],
    ['w', '99999999999999999999', '99999999999999999999'],
    ['w', 2, REFUSED],
    ['d', '99.99', "Decimal('99.99')"],
    ['d', '+0099.9', "Decimal('99.9')"],
    ['d', 12.5, "Decimal('12.5')"],
    ['d', '99.9900', "Decimal('99.9900')"],
    ['d', '99.999', REFUSED],
    ['d', '100', REFUSED],
    ['d', '1e1', REFUSED],
    ['d', 0.1 + 0.2, REFUSED],
    ['d', 'NaN', REFUSED],
    ['e', '1.5', "Decimal('1.5')"],
    ['part', '0', "Decimal('0')"],
    ['part', 0, "Decimal('0')"],
    ['part', '-0', "Decimal('-0')"],
    ['part', '0.00', "Decimal('0.00')"],
    ['part', '-0.99', "Decimal('-0.99')"],
    ['part', '0.999', REFUSED],
    ['part', '1', REFUSED],
    ['weight', 'NaN', 'nan'],
    ['weight', -1.5, '-1.5'],
    ['weight', -1, REFUSED],
    ['odd', 'NaN', 'nan'],
    ['odd', 1.5, '1.5'],
    ['odd', 'Infinity', REFUSED],
    ['mild', 'x', '"x"'],
    ['e', '3', REFUSED],
    ['f', 0.1, '0.10000000149011612'],
    ['f', 'NaN', 'nan'],
    ['f', '-Infinity', '-inf'],
    ['f', 1e39, REFUSED],
    ['b', true, 'true'],
    ['b', false, REFUSED],
    ['day', '2020-02-29', 'datetime.date(2020, 2, 29)'],
    ['day', '2020-02-30', REFUSED],
    ['day', '2021-01-01', REFUSED],
    ['day', 1600000000, REFUSED],
    ['day', '2020-03-01T00:00:00', REFUSED],
    ['clock', '12:30', 'datetime.time(12, 30)'],
    ['clock', '12:30:00.500001', REFUSED],
    ['clock', '12:00:00Z', REFUSED],
    ['at', '2026-03-29 02:30', 'datetime.datetime(2026, 3, 29, 2, 30)'],
    ['at', '2026-03-29T02:30:00.123456', 'datetime.datetime(2026, 3, 29, 2, 30, 0, 123456)'],
    ['at', '2026-03-29T02:30:00Z', REFUSED],
    [
      'when',
      '2026-03-29T02:30:00.5+02:00',
      'datetime.datetime(2026, 3, 29, 0, 30, 0, 500000, tzinfo=datetime.timezone.utc)',
    ],
    ['when', '2026-03-29 02:30:00+00', 'datetime.datetime(2026, 3, 29, 2, 30, tzinfo=datetime.timezone.utc)'],
    [
      'when',
      '9999-12-31T23:59:59.999999Z',
      'datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=datetime.timezone.utc)',
    ],
    ['when', '9999-12-31T23:59:59-01:00', REFUSED],
    ['when', '2019-12-31T23:59:59.999999Z', REFUSED],
    ['when', 'infinity', REFUSED],
    ['when', '2026-03-29T02:30:00', REFUSED],
    ['u', '00000000-0000-0000-0000-00000000000A', "UUID('00000000-0000-0000-0000-00000000000a')"],
    ['u', '0000000000000000000000000000000a', REFUSED],
    ['u', '00000000-0000-0000-0000-00000000000b', REFUSED],
    ['s', '😀😀', '"😀😀"'],
    ['s', 'abc', REFUSED],
    ['s', 'N/A', '"N/A"'],
    ['z', -1, '-1'],
    ['z', -2, REFUSED],
    ['c', 'DE89370400440532013000', '"DE89370400440532013000"'],
    ['c', 'DE89370400440532013001', REFUSED],
    ['h', `${'a.'.repeat(127)}a`, REFUSED],
    ['h', `${'a.'.repeat(126)}a`, JSON.stringify(`${'a.'.repeat(126)}a`)],
    ['m', { 1: 'a', 2: null }, '{"1":"a","2":null}'],
    ['m', { x: 'a' }, REFUSED],
    ['y', 'é', "b'\\xc3\\xa9'"],
    ['j', null, REFUSED],
    ['other', 1, REFUSED],
    ['p', 'x@b.example', '"x@b.example"'],
    ['p', 'x@b', REFUSED],
    ['p', 'a@b.eample', REFUSED],
    ['model_config', 'x', '"x"'],
    ['class', 'x', '"x"'],
    ['copy', 'x', '"x"'],
    ['datetime', '2026-01-01', 'datetime.date(2026, 1, 1)'],
    ['Int64', 1, '1'],
  ];
  pydanticTest(`are read exactly: ${CASES.length} values`, async () => {
    await tableOf(
      'every_type',
      `    extraColumns: forbid
    columns:
      Int64: int32
      datetime: date
      str: string
      i: int8
      n: { type: int32, exclusiveMin: -5.5, max: 4.5 }
      l: int64
      w: { type: integer, enum: [1, 99999999999999999999] }
      d: "decimal(4,2)"
      e: { type: decimal, enum: [1.50, 2] }
      part: "decimal(2,2)"
      weight: { type: float64, min: 0, missing: { values: [-1.5, NaN] } }
      odd: { type: float32, enum: [1.5, NaN] }
      mild: { type: string, maxLength: 0, severity: warn }
      f: float32
      b: { type: boolean, enum: [true] }
      day: { type: date, min: 2020-02-29, exclusiveMax: 2021-01-01 }
      clock: { type: time(3), max: "12:30:00.5" }
      at: timestamp
      when: { type: instant, min: "2020-01-01T00:00:00Z" }
      u: { type: uuid, enum: [00000000-0000-0000-0000-00000000000A] }
      s: { type: string(2), missing: { allow: 5%, values: [N/A] } }
      z: { type: int32, min: 0, missing: { allow: 5%, values: [-1] } }
      c: { type: string, format: iban }
      h: { type: string, format: hostname }
      p: { type: string, pattern: "x", format: email }
      m: map<int32,string>
      y: bytes
      j: { type: json, required: true }
      model_config: string
      class: string
      class_: { type: string, physicalName: klass }
      copy: { type: string, deprecated: { since: 1.0.0 } }\n`,
    );
    const rows = CASES.map(([column, value]) => ({ j: 0, [column]: value }));
    const [answers = []] = await read([{ module: 'every_type', model: 'TRow', rows }]);
    const wrong = CASES.flatMap(([column, value, wanted], index) => {
      const { values } = answers[index] ?? {};
      const found = values?.[column];
      const shown =
        values === undefined
          ? REFUSED
          : typeof found === 'string' && found !== '' && isRepr(wanted)
            ? found
            : JSON.stringify(found);
      return shown === wanted ? [] : [`${column} takes ${JSON.stringify(value)} as ${shown}, expected ${wanted}`];
    });
    expect(wrong).toEqual([]);
    const [absent] = await read([
      {
        module: 'every_type',
        model: 'TRow',
        rows: [{ j: [] }, { j: 0, klass: 'x' }, { j: 0, class_: 'x' }, { j: 0, model_config_: 'x' }],
      },
    ]);
    expect(absent?.[0]?.values).toMatchObject({ i: null, l: null, when: null, class_: null });
    expect(absent?.[1]?.values).toMatchObject({ class_: 'x', class: null });
    expect(absent?.[2]?.values).toMatchObject({ class_: 'x', class: null });
    expect(absent?.[3]?.values).toMatchObject({ model_config: 'x' });
  });

  /** Texts and JSON are shown as JSON, all else as Python writes it. */
  const isRepr = (wanted: string): boolean => !/^["{[]|^(?:true|null)$/.test(wanted);
});

pydanticTest('patterns match in Rust what they match everywhere', async () => {
  const trees = [...TREES, ...RANDOM_TREES];
  const texts = [...Object.values(SUBJECTS).filter((text) => text.length < 1000), ...RANDOM_TEXTS];
  const program = `
import json, sys
from typing import Annotated
from pydantic import StringConstraints, TypeAdapter, ValidationError
patterns, texts = json.load(sys.stdin)
def matches(adapter, text):
    try:
        adapter.validate_python(text)
        return True
    except ValidationError:
        return False
answers = []
for pattern in patterns:
    adapter = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    answers.append([matches(adapter, text) for text in texts])
json.dump(answers, sys.stdout)
`;
  const found = await pythonJson(folder, program, [trees.map(pythonPattern), texts]);
  expect(found).toEqual(trees.map((tree) => texts.map((text) => patternMatches(tree, text))));
});

test('each thing that is left out has a note', async () => {
  const yaml = `contract: shop.a
version: 1.0.0
raci: { responsible: x, accountable: x }
tables:
  t:
    key: [id]
    retention: { min: 1y }
    timeColumn: d
    window: 30d
    columns:
      id: int64
      c: { type: int32, min: 0, invalid: 1% }
      d: { type: instant, max: now }
      e: "native(inet)"
      f: { type: int32, physicalName: eff, missing: 1% }
      g: { type: int32, required: true, min: 1, severity: warn }
    checks: { one: c <> id, two: { metric: avg(c), max: 3 } }
`;
  const { notes } = await pydantic.generate(await inputOf(await projectFolder({ 'contracts/a.yaml': yaml })), {});
  expect(notes.map(({ where, message }) => `${where}: ${message}`)).toEqual([
    'shop.a/t: left out, as they are about several rows: key, retention, f.missing, two',
    'shop.a/t: left out, as they are SQL: one',
    'shop.a/t: every row has to keep the rules: the contract asks it of those of the last 30d',
    'shop.a/t: every row has to have a value, though a breach is only a warning: g',
    'shop.a/t: infinite dates and times are refused: Python has the years 1 to 9999',
    'shop.a/t.c: the rules on its values are left out, as some may break them (at most 1%)',
    'shop.a/t.d: max: now is left out: a row may be read at another time than it was verified',
    "shop.a/t.e: values of the engine's own type inet are not looked at",
    'shop.a/t.g: the rules on its values are left out, as a breach is only a warning',
  ]);
});
