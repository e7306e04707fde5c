import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { cellsOf, columnOf, folderWith, problemOf, rowsOf, sourceOf, type Wanted, withTable } from './open-files.ts';

interface Case {
  readonly title: string;
  readonly file: string | Buffer | Readonly<Record<string, string | Buffer>>;
  readonly wanted?: Wanted;
  readonly names?: readonly string[];
  readonly cells?: readonly (readonly (string | null)[])[];
  readonly records?: bigint;
  /** Record and a part of the reason. */
  readonly rejected?: readonly (readonly [bigint, string])[];
}

const latin = (text: string): Buffer => iconv.encode(text, 'windows-1252');

const CASES: readonly Case[] = [
  {
    title: 'plain',
    file: 'a,b\n1,x\n2,y\n',
    names: ['a', 'b'],
    cells: [
      ['1', 'x'],
      ['2', 'y'],
    ],
    records: 2n,
  },
  { title: 'no newline at the end', file: 'a,b\n1,x', cells: [['1', 'x']] },
  {
    title: 'an empty cell is NULL, a quoted empty one is not',
    file: 'a,b,c\n1,,""\n"",x,\n',
    cells: [
      ['1', null, ''],
      ['', 'x', null],
    ],
  },
  {
    title: 'delimiters, newlines and quotes inside quotes',
    file: 'a,b\n"x,y","p\nq"\n"say ""hi""",""""\n',
    cells: [
      ['x,y', 'p\nq'],
      ['say "hi"', '"'],
    ],
  },
  {
    title: 'CRLF',
    file: 'a,b\r\n1,x\r\n2,"y\r\nz"\r\n',
    cells: [
      ['1', 'x'],
      ['2', 'y\r\nz'],
    ],
  },
  {
    title: 'mixed line ends',
    file: 'a,b\r\n1,x\n2,y\r\n3,z\n',
    cells: [
      ['1', 'x'],
      ['2', 'y'],
      ['3', 'z'],
    ],
  },
  {
    title: 'CR only',
    file: 'a,b\r1,x\r2,y\r',
    cells: [
      ['1', 'x'],
      ['2', 'y'],
    ],
  },
  { title: 'byte-order mark', file: '\uFEFFa,b\n1,é\n', names: ['a', 'b'], cells: [['1', 'é']] },
  {
    title: 'byte-order mark before a quoted header',
    file: '\uFEFF"a","b"\n1,é\n',
    names: ['a', 'b'],
    cells: [['1', 'é']],
  },
  { title: 'a header in quotes', file: '"a b","c,d"\n1,2\n', names: ['a b', 'c,d'], cells: [['1', '2']] },
  {
    title: 'sniffed ;',
    file: 'a;b\n1,5;x\n2,5;y\n',
    wanted: { columns: { a: 'string', b: 'string' } },
    cells: [
      ['1,5', 'x'],
      ['2,5', 'y'],
    ],
  },
  {
    title: 'sniffed tab',
    file: 'a\tb\n1\tx\n',
    wanted: { location: 't.csv', columns: { b: 'string' } },
    cells: [['1', 'x']],
  },
  { title: 'sniffed |', file: 'a|b\n1|x\n', wanted: { columns: { b: 'string' } }, cells: [['1', 'x']] },
  {
    title: 'given delimiter wins',
    file: 'a;b,c\n1;2,3\n',
    wanted: { read: { delimiter: ';' }, columns: { c: 'string' } },
    names: ['a', 'b,c'],
    cells: [['1', '2,3']],
  },
  { title: 'given quote', file: "a,b\n'x,y',2\n", wanted: { read: { quote: "'" } }, cells: [['x,y', '2']] },
  {
    title: 'header on line 3',
    file: 'Report of May\n\na,b\n1,x\n',
    wanted: { read: { header: 3 } },
    names: ['a', 'b'],
    cells: [['1', 'x']],
    records: 1n,
  },
  {
    title: 'no header',
    file: '1,x\n2,y\n',
    wanted: { read: { header: false }, columns: { id: 'int32', v: 'string' } },
    names: ['id', 'v'],
    cells: [
      ['1', 'x'],
      ['2', 'y'],
    ],
    records: 2n,
  },
  { title: 'header only', file: 'a,b\n', names: ['a', 'b'], cells: [], records: 0n },
  {
    title: 'missing texts',
    file: 'a,b\n-,1\nN/A,"N/A"\n',
    wanted: { read: { missing: ['-', 'N/A'] } },
    cells: [
      [null, '1'],
      [null, null],
    ],
  },
  {
    title: 'windows-1252',
    file: latin('a,b\n€5,„x“\n'),
    wanted: { read: { encoding: 'windows-1252' } },
    cells: [['€5', '„x“']],
  },
  {
    title: 'latin-1',
    file: Buffer.from('a,b\n\xe9,x\n', 'latin1'),
    wanted: { read: { encoding: 'latin-1' } },
    cells: [['é', 'x']],
  },
  {
    title: 'UTF-16 by its mark',
    file: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a,b\n1,é😀\n', 'utf16le')]),
    cells: [['1', 'é😀']],
  },
  { title: 'gzip', file: { 't.csv.gz': gzipSync('a,b\n1,x\n') }, cells: [['1', 'x']] },
  {
    title: 'a multi-byte character across pieces',
    file: `a\n${'é'.repeat(700_000)}\n`,
    cells: [['é'.repeat(700_000)]],
  },
  {
    title: 'too few and too many cells',
    file: 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n',
    cells: [
      ['1', '2', '3'],
      ['1', '1', '1'],
    ],
    records: 4n,
    rejected: [
      [3n, 'cells'],
      [4n, 'cells'],
    ],
  },
  {
    title: 'one delimiter too many at the end',
    file: 'a,b\n1,2,\n3,4\n',
    cells: [['3', '4']],
    records: 2n,
    rejected: [[2n, 'cells']],
  },
  {
    title: 'a quote that goes on',
    file: 'a,b\n"x"y,1\nz,2\n',
    cells: [['z', '2']],
    records: 2n,
    rejected: [[2n, 'quote']],
  },
  {
    title: 'wrong encoding',
    file: Buffer.concat([Buffer.from('a,b\n1,x\n2,'), Buffer.from([0xe9]), Buffer.from('\n3,z\n')]),
    cells: [
      ['1', 'x'],
      ['3', 'z'],
    ],
    records: 3n,
    rejected: [[3n, 'utf-8']],
  },
  {
    title: 'a cell behind a multi-line one keeps its record number',
    file: 'a,b\n"1\n1",x\n2\n3,y\n',
    cells: [
      ['1\n1', 'x'],
      ['3', 'y'],
    ],
    records: 3n,
    rejected: [[3n, '1 cell,']],
  },
  {
    title: 'hostile names',
    file: '"o""; drop table x; --",__proto__,constructor,🙂\n1,2,3,4\n',
    names: ['o"; drop table x; --', '__proto__', 'constructor', '🙂'],
    cells: [['1', '2', '3', '4']],
  },
  { title: 'names that differ only in case', file: 'a,A\n1,2\n', names: ['a', 'A'], cells: [['1', '2']] },
  { title: 'one column with a blank cell', file: 'a\n1\n\n2\n', cells: [['1'], [null], ['2']], records: 3n },
  {
    title: 'blank lines among records',
    file: 'a,b\n1,x\n\n2,y\n',
    cells: [
      ['1', 'x'],
      ['2', 'y'],
    ],
    records: 2n,
  },
  {
    title: 'files of a glob are united by name',
    file: { 'd/a.csv': 'x,y\n1,2\n', 'd/b.csv': 'y,x\n3,4\n', 'd/c.csv': 'x\n5\n' },
    wanted: { location: 'd/*.csv' },
    names: ['x', 'y'],
    cells: [
      ['1', '2'],
      ['4', '3'],
      ['5', null],
    ],
    records: 3n,
  },
  {
    title: 'the newest files by name',
    file: { 'a1.csv': 'x\n1\n', 'a2.csv': 'x\n2\n', 'a3.csv': 'x\n3\n' },
    wanted: { location: 'a*.csv', read: { newest: 2 } },
    cells: [['2'], ['3']],
  },
];

describe('CSV files', () => {
  it.each(CASES)('$title', async ({ file, wanted = {}, names, cells, records, rejected }) => {
    const plain = typeof file === 'string' || Buffer.isBuffer(file);
    const folder = folderWith(plain ? { 't.csv': file } : file);
    try {
      await withTable(folder.path, wanted, async (warehouse) => {
        const source = sourceOf(warehouse);
        expect(source.text).toBe(true);
        expect(source.header).toBe(true);
        if (names) expect(source.columns.map(({ name }) => name)).toEqual(names);
        if (cells) expect(await cellsOf(warehouse)).toEqual(cells);
        if (records !== undefined) expect(source.readable?.records).toBe(records);
        const bad = source.readable?.samples.map(({ record, reason }) => [record, reason] as const) ?? [];
        expect(source.readable?.rejected).toBe(BigInt(rejected?.length ?? 0));
        expect(bad.map(([record]) => record)).toEqual((rejected ?? []).map(([record]) => record));
        for (const [index, [, reason]] of (rejected ?? []).entries()) expect(bad[index]?.[1]).toContain(reason);
      });
    } finally {
      folder.remove();
    }
  });

  it('no bytes: which columns there are cannot be said, and there are no rows', async () => {
    const folder = folderWith({ 't.csv': '' });
    await withTable(folder.path, { columns: { a: 'int32' } }, async (warehouse) => {
      const source = sourceOf(warehouse);
      expect(source.header).toBe(false);
      expect(source.readable).toEqual({ records: 0n, rejected: 0n, samples: [] });
      const [row] = await rowsOf(warehouse, sql`select count(*) as n from ${source.scan}`);
      expect(row?.['n']).toBe(0n);
    });
    folder.remove();
  });

  it('a file that is no gzip or of an unknown encoding costs only its own table', async () => {
    const folder = folderWith({ 't.csv.gz': 'a\n1\n', 'u.csv': 'a\n1\n' });
    await withTable(folder.path, { location: 't.csv.gz' }, async (warehouse) =>
      expect(problemOf(warehouse).reason).toMatch(/t\.csv\.gz.*header/),
    );
    await withTable(folder.path, { location: 'u.csv', read: { encoding: 'klingon' } }, async (warehouse) =>
      expect(problemOf(warehouse).reason).toContain('klingon'),
    );
    folder.remove();
  });

  it('a column of the contract that stands twice in the header', async () => {
    const folder = folderWith({ 't.csv': 'a,b,b\n1,2,3\n' });
    await withTable(folder.path, { columns: { b: 'int32' } }, async (warehouse) =>
      expect(problemOf(warehouse).reason).toBe('the header of t.csv has "b" twice'),
    );
    await withTable(folder.path, { columns: { a: 'int32' } }, async (warehouse) =>
      expect(await cellsOf(warehouse)).toEqual([['1', '2', '3']]),
    );
    folder.remove();
  });

  it('columns that are called like our own helpers keep their names and values', async () => {
    const names = ['surety file', 'surety text 0', 'Surety Record', 'file', 'record', 'c0'];
    const folder = folderWith({ 't.csv': `${names.join(',')}\n1,2,3,4,5,6\n` });
    await withTable(folder.path, { columns: { 'surety file': 'int32', record: 'int8' } }, async (warehouse) => {
      expect(await cellsOf(warehouse)).toEqual([['1', '2', '3', '4', '5', '6']]);
      const [row] = await rowsOf(warehouse, sql`select * from ${sourceOf(warehouse).relation}`);
      expect(Object.keys(row ?? {})).toEqual(names);
    });
    folder.remove();
  });

  it('tells the file and the record of a row, and hides helper columns from contract SQL', async () => {
    const folder = folderWith({ 'a.csv': 'x,y\n1,\nbad\n2,\n', 'b.csv': 'y,x\n,3\n' });
    await withTable(folder.path, { location: '*.csv', columns: { x: 'int32' } }, async (warehouse) => {
      const { origin, scan, relation } = sourceOf(warehouse);
      if (!origin) throw new Error('no origin');
      const x = columnOf(sourceOf(warehouse), 'x').value;
      const rows = await rowsOf(
        warehouse,
        sql`select ${origin.file} as f, ${origin.record} as r, ${x} as x from ${scan} order by 1, 2`,
      );
      expect(rows.map(({ f, r, x: value }) => [f, r, value])).toEqual([
        ['a.csv', 2n, 1n],
        ['a.csv', 4n, 2n],
        ['b.csv', 2n, 3n],
      ]);
      const [row] = await rowsOf(warehouse, sql`select * from ${relation} limit 1`);
      expect(Object.keys(row ?? {})).toEqual(['x', 'y']);
    });
    folder.remove();
  });
});

/** Type → cells that fit with their value as text, and cells that do not. */
const TYPES: [
  type: string,
  good: Readonly<Record<string, string>>,
  bad: readonly string[],
  read?: NonNullable<Wanted['read']>,
][] = [
  ['int8', { '-128': '-128', '+127': '127', '007': '7' }, ['128', '1.0', '1e2', '0x1F', ' 12 ', '1_000', '１', '']],
  [
    'int64',
    { '9223372036854775807': '9223372036854775807', '-9223372036854775808': '-9223372036854775808' },
    ['9223372036854775808', '1.5'],
  ],
  [
    'decimal(5,2)',
    { '999.99': '999.99', '-0.10': '-0.10', '1.5000': '1.50', '000123.4': '123.40', '5': '5.00' },
    ['1000', '1.005', '.5', '5.', '1,5', '1e2'],
  ],
  [
    'decimal(38,10)',
    { '1234567890123456789012345678.0123456789': '1234567890123456789012345678.0123456789' },
    ['12345678901234567890123456789'],
  ],
  ['decimal(5,2)', { '1,50': '1.50' }, ['1.50', '1.000,5'], { decimal: ',', delimiter: ';' }],
  [
    'float64',
    { '1.5e3': '1500.0', NaN: 'nan', inf: 'inf', '-inf': '-inf', Infinity: 'inf', '-2': '-2.0' },
    ['1e999', 'nan', '1,5', ' 1', '0x1p3'],
  ],
  ['float32', { '1.5': '1.5' }, ['4e38']],
  [
    'boolean',
    { TRUE: 'true', t: 'true', Yes: 'true', '1': 'true', FALSE: 'false', f: 'false', no: 'false', '0': 'false' },
    ['2', 'on', 'ja', 'tr'],
  ],
  [
    'date',
    { '2026-02-28': '2026-02-28', '0001-01-01': '0001-01-01', '9999-12-31': '9999-12-31' },
    ['24-01-05', '2026-2-3', '2026-02-29', '2026-01-01 00:00', '2026/01/01', 'infinity', 'epoch'],
  ],
  [
    'date as dd.MM.yyyy',
    { '28.02.2026': '2026-02-28' },
    ['2026-02-28', '29.02.2026', '1.2.2026', '28.02.26', ' 28.02.2026'],
  ],
  ['date as d/M/yyyy', { '1/2/2026': '2026-02-01', '11/12/2026': '2026-12-11' }, ['13/13/2026']],
  ['date as yyyyMMdd', { '20260228': '2026-02-28' }, ['20260230', '2026-02-28']],
  [
    'time',
    { '23:59': '23:59:00', '00:00:00.000001': '00:00:00.000001' },
    ['24:00', '24:00:00', '12:60', '1:00', '12:00:60', '12:00:00.1234567'],
  ],
  [
    'timestamp',
    {
      '2026-01-02T03:04': '2026-01-02 03:04:00',
      '9999-12-31 23:59:59.999999': '9999-12-31 23:59:59.999999',
      '0001-01-01 00:00:00': '0001-01-01 00:00:00',
    },
    ['2026-01-02', '2026-01-02T03:04Z', '2026-01-02T24:00', '2026-02-30T00:00'],
  ],
  [
    'instant',
    {
      '2026-01-02T03:04:05Z': '2026-01-02 03:04:05+00',
      '2026-01-02 03:04+02': '2026-01-02 01:04:00+00',
      '2026-01-02T03:04:05.123456-0530': '2026-01-02 08:34:05.123456+00',
    },
    ['2026-01-02T03:04:05', '2026-01-02T03:04:05+1', '2026-01-02T03:04:05+99:00', '2026-01-02'],
  ],
  [
    'uuid',
    { '6BA7B810-9DAD-11D1-80B4-00C04FD430C8': '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
    ['6ba7b8109dad11d180b400c04fd430c8', '{6ba7b810-9dad-11d1-80b4-00c04fd430c8}', 'x'],
  ],
  ['json', { '{"a": [1]}': '{"a": [1]}', null: 'null' }, ['{a: 1}', "{'a': 1}"]],
  ['string', { ' 12 ': ' 12 ', '1.10': '1.10' }, []],
  [
    'integer',
    { '170141183460469231731687303715884105727': '170141183460469231731687303715884105727', '5': '5' },
    ['1.5'],
  ],
  ['decimal', { '0.00000000000000000001': '0.00000000000000000001', '12': '12.00000000000000000000' }, ['1e3', 'x']],
  ['float', { '0.1': '0.1' }, ['x']],
];

describe('cells of text files', () => {
  it.each(TYPES)('%s', async (type, good, bad, read) => {
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const texts = [...Object.keys(good), ...bad];
    const folder = folderWith({ 't.csv': `id;x\n${texts.map((text, index) => `${index};${cell(text)}\n`).join('')}` });
    await withTable(folder.path, { columns: { x: type }, ...(read && { read }) }, async (warehouse) => {
      const expected = [...Object.values(good), ...bad.map((text) => `!${text}`)].map((text, index) => [
        String(index),
        text,
      ]);
      expect(await cellsOf(warehouse)).toEqual(expected);
    });
    folder.remove();
  });
});
