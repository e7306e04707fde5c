import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { duckdbSql } from '../../src/dialects/duckdb/expressions.ts';
import { parseItems, parseJson, printJson } from '../../src/dialects/duckdb/json-text.ts';
import { cellsOf, columnOf, folderWith, problemOf, rowsOf, sourceOf, type Wanted, withTable } from './open-files.ts';

interface Case {
  readonly title: string;
  readonly file: string;
  readonly content: string | Buffer;
  readonly wanted: Wanted;
  readonly names?: readonly string[];
  readonly cells: readonly (readonly (string | null)[])[];
  readonly rejected?: readonly (readonly [record: bigint, reason: string])[];
}

const CASES: readonly Case[] = [
  {
    title: 'lines: members are columns in the order they come, an absent one is NULL',
    file: 't.jsonl',
    content: '{"a":1,"b":"x"}\n{"b":"y","c":true}\n\n{"a":null}',
    wanted: { columns: { a: 'int64', c: 'boolean' } },
    names: ['a', 'b', 'c'],
    cells: [
      ['1', 'x', null],
      [null, 'y', 'true'],
      [null, null, null],
    ],
  },
  {
    title: 'a line that is no JSON object is rejected with its number, the others are read',
    file: 't.ndjson',
    content: '{"a":1}\nnot json\n{"a":2}\n[1]\n5\n{"a":3,}\n{"a":4} x\n{"a":5}\n',
    wanted: { columns: { a: 'int64' } },
    cells: [['1'], ['2'], ['5']],
    rejected: [
      [2n, 'no JSON'],
      [4n, 'no JSON object'],
      [5n, 'no JSON object'],
      [6n, 'no JSON'],
      [7n, 'no JSON'],
    ],
  },
  {
    title: 'numbers keep their digits',
    file: 't.jsonl',
    content:
      '{"i":9223372036854775807,"d":12345678901234567890123456789012345678,"m":1.10}\n{"i":9223372036854775808,"d":1e3,"m":1.105}\n{"i":1.0,"d":-0,"m":"1.10"}\n',
    wanted: { columns: { i: 'int64', d: 'decimal(38,0)', m: 'decimal(4,2)' } },
    cells: [
      ['9223372036854775807', '12345678901234567890123456789012345678', '1.10'],
      ['!9223372036854775808', '!1e3', '!1.105'],
      ['!1.0', '0', '1.10'],
    ],
  },
  {
    title: 'a fraction of more than 15 digits does not fit, as a string it does',
    file: 't.jsonl',
    content:
      '{"d":1234567890.12345}\n{"d":1234567890.123456}\n{"d":"1234567890.123456"}\n{"d":0.000000000000000012345}\n',
    wanted: { columns: { d: 'decimal(38,21)' } },
    cells: [
      ['1234567890.123450000000000000000'],
      ['!1234567890.123456'],
      ['1234567890.123456000000000000000'],
      ['0.000000000000000012345'],
    ],
  },
  {
    title: 'a value of another kind than its column does not fit',
    file: 't.jsonl',
    content:
      '{"s":1,"n":{"a":1},"b":1,"d":20240101,"j":{"x":[1.10]}}\n{"s":{"o":1},"n":true,"b":"yes","d":"2024-01-01","j":"t"}\n{"s":[],"n":"","b":false,"d":null,"j":1}\n',
    wanted: { columns: { s: 'string', n: 'int32', b: 'boolean', d: 'date', j: 'json' } },
    cells: [
      ['!1', '!{"a":1}', '!1', '!20240101', '{"x":[1.10]}'],
      ['!{"o":1}', '!true', 'true', '2024-01-01', '"t"'],
      ['![]', '!', 'false', null, '1'],
    ],
  },
  {
    title: 'a document that is an array',
    file: 't.json',
    content: ' [ {"a" : 1},\n {"a":2, "b":"\\u00e9\\n\\"q\\" 😀"} ,3]\n',
    wanted: { columns: { a: 'int64' } },
    names: ['a', 'b'],
    cells: [
      ['1', null],
      ['2', 'é\n"q" 😀'],
    ],
    rejected: [[3n, 'no JSON object']],
  },
  {
    title: 'one object over several lines',
    file: 't.json',
    content: '{\n  "a": 1\n}\n',
    wanted: { columns: { a: 'int64' } },
    cells: [['1']],
  },
  {
    title: 'lines in a .json file, packed, with a byte-order mark',
    file: 't.json.gz',
    content: gzipSync('\uFEFF{"a":1}\r\n{"a":2}\r\n'),
    wanted: { columns: { a: 'int64' } },
    cells: [['1'], ['2']],
  },
  {
    title: 'a line that is not UTF-8',
    file: 't.jsonl',
    content: Buffer.from('{"a":"\xe9"}\n{"a":"ok"}\n', 'latin1'),
    wanted: {},
    cells: [['ok']],
    rejected: [[1n, 'not utf-8']],
  },
  {
    title: 'odd names of members',
    file: 't.jsonl',
    content: '{"__proto__":"p","constructor":"c","a\\"b":"q","select":"s","":"e","A":"1","a":"2"}\n',
    wanted: {},
    names: ['__proto__', 'constructor', 'a"b', 'select', '', 'A', 'a'],
    cells: [['p', 'c', 'q', 's', 'e', '1', '2']],
  },
  {
    title: 'texts that count as missing',
    file: 't.jsonl',
    content: '{"n":"-","s":"N/A"}\n{"n":"5","s":"x"}\n',
    wanted: { columns: { n: 'int32' }, read: { missing: ['-', 'N/A'] } },
    cells: [
      [null, null],
      ['5', 'x'],
    ],
  },
];

describe('JSON files', () => {
  it.each(CASES)('$title', async ({ file, content, wanted, names, cells, rejected = [] }) => {
    const folder = folderWith({ [file]: content });
    await withTable(folder.path, { location: file, ...wanted }, async (warehouse) => {
      const source = sourceOf(warehouse);
      if (names) expect(source.columns.map(({ name }) => name)).toEqual(names);
      expect(await cellsOf(warehouse)).toEqual(cells);
      expect(source.readable?.samples.map(({ record, reason }) => [record, reason])).toEqual(rejected);
      expect(source.readable?.records).toBe(BigInt(cells.length + rejected.length));
      expect(source.readable?.rejected).toBe(BigInt(rejected.length));
    });
    folder.remove();
  });

  it.each(['[{"a":1},', '[{"a":1} {"a":2}]', '[{"a":1}] x', '{\n "a": \n', '[{"a":1},]'])(
    'a document that does not parse costs its table: %s',
    async (content) => {
      const folder = folderWith({ 't.json': content });
      await withTable(folder.path, { location: 't.json' }, async (warehouse) => {
        expect(problemOf(warehouse).reason).toBe('t.json is no JSON');
      });
      folder.remove();
    },
  );

  it.each([
    ['t.json', '[]'],
    ['t.jsonl', ''],
    ['t.jsonl', '\n'],
    ['t.json', ' \n'],
  ])('%s without an object (%j) has no rows and no columns to speak of', async (file, content) => {
    const folder = folderWith({ [file]: content });
    await withTable(folder.path, { location: file, columns: { a: 'int64' } }, async (warehouse) => {
      const source = sourceOf(warehouse);
      expect(source).toMatchObject({ columns: [], header: false, readable: { records: 0n, rejected: 0n } });
      expect((await rowsOf(warehouse, sql`select count(*) as n from ${source.scan}`))[0]?.n).toBe(0n);
      expect((await rowsOf(warehouse, sql`select count(*) as n from ${source.relation}`))[0]?.n).toBe(0n);
    });
    folder.remove();
  });

  it('nested members have their declared types, and one that does not fit marks its column', async () => {
    const lines = [
      {
        address: { country: 'DE', zip: 12, more: 1 },
        lines: [{ qty: 1 }, { qty: 1000 }],
        attrs: { 'k"x': { x: 1.5 } },
      },
      { address: { country: 5 }, lines: [{ qty: 'abc' }, null], attrs: {} },
      { address: 'text', lines: {}, attrs: [] },
      { address: {}, lines: [], attrs: null },
    ];
    const folder = folderWith({ 't.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') });
    const columns = {
      address: 'struct',
      'address.country': 'string',
      'address.zip': 'int32',
      lines: 'array<struct>',
      'lines[].qty': 'int32',
      attrs: 'map<string, struct>',
      'attrs{}.x': 'decimal(4,2)',
    };
    await withTable(folder.path, { location: 't.jsonl', columns }, async (warehouse) => {
      expect(await cellsOf(warehouse)).toEqual([
        ["{'country': DE, 'zip': 12}", "[{'qty': 1}, {'qty': 1000}]", `{'k"x'={'x': 1.50}}`],
        ['!{"country":5}', '![{"qty":"abc"},null]', '{}'],
        ['!text', '!{}', '![]'],
        ["{'country': NULL, 'zip': NULL}", '[]', null],
      ]);
      const source = sourceOf(warehouse);
      const value = (name: string) => columnOf(source, name).value;
      const d = duckdbSql;
      const rows = await rowsOf(
        warehouse,
        sql`select ${d.member(value('address'), 'country')} as country,
          ${d.anyElement(value('lines'), (line) => sql`${d.member(line, 'qty')} > 999`)} as large,
          ${d.anyElement(d.mapValues(value('attrs')), (attr) => sql`${d.member(attr, 'x')} = 1.5`)} as half
          from ${source.scan} order by ${source.origin?.record}`,
      );
      expect(rows.map((row) => ({ ...row }))).toEqual([
        { country: 'DE', large: true, half: true },
        { country: null, large: false, half: false },
        { country: null, large: false, half: false },
        { country: null, large: false, half: false },
      ]);
      expect(columnOf(source, 'address').type).toEqual({
        name: 'struct',
        members: [
          { name: 'country', type: { name: 'string' } },
          { name: 'zip', type: { name: 'integer', bits: 32 } },
        ],
      });
    });
    folder.remove();
  });
});

describe('the reader of JSON', () => {
  it.each([
    '1.10',
    '-0',
    '12345678901234567890.10e-5',
    '"\\u00e9\\ud83d\\ude00"',
    '[1,[2,{"a":null}]]',
    '{"a":{"b":[]}}',
  ])('reads %s as JavaScript does', (text) => {
    const value = parseJson(` ${text}\n`);
    expect(value && JSON.parse(printJson(value))).toEqual(JSON.parse(text));
  });

  it.each([
    '',
    '01',
    '1.',
    '.5',
    '+1',
    'NaN',
    "'a'",
    '"\t"',
    '"\\x"',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    'nul',
    '1 2',
    '"a',
    '\uFEFF1',
  ])('refuses %j as JavaScript does', (text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(parseJson(text)).toBeUndefined();
  });

  it('reads long texts and many items, and refuses what is nested too deep', () => {
    expect(parseJson(`"${'x\\n'.repeat(1_000_000)}"`)).toMatchObject({ kind: 'string' });
    expect([...parseItems(`[${'{"a":1},'.repeat(100_000)}{}]`)]).toHaveLength(100_001);
    expect(parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
  });
});
