import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvMarks, CsvParser, type CsvRecord } from '../../src/dialects/duckdb/csv-records.ts';

const MARKS: CsvMarks = { delimiter: ',', quote: '"', carriage: false };

function parse(pieces: readonly string[], marks: CsvMarks = MARKS, keep = true): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  const parser = new CsvParser(marks, keep, (record) => records.push(record));
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return records;
}

const shown = (records: readonly CsvRecord[]) =>
  records.map(({ cells, broken, width }) => (broken ? 'broken' : width === 0 ? 'blank' : cells));

describe('records of CSV', () => {
  it.each<[string, readonly unknown[]]>([
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a,"",\n', [['a', '', null]]],
    ['"a ""b"", c",d\r\n', [['a "b", c', 'd']]],
    ['"a\nb\r\nc",d\n', [['a\nb\r\nc', 'd']]],
    ['a"b,c"\n', [['a"b', 'c"']]],
    ['a\n\nb\r\n\r\n', [['a'], 'blank', ['b'], 'blank']],
    ['"a"x,b\nc,d\n', ['broken', ['c', 'd']]],
    ['"a,b\nc,d\ne,f', ['broken', ['c', 'd'], ['e', 'f']]],
    ['a,"b\nc,"d"\n', ['broken', ['c', 'd']]],
    ['""', [['']]],
    ['"', ['broken']],
    ['a\rb,c\n', [['a\rb', 'c']]],
    [' "a",b\n', [[' "a"', 'b']]],
  ])('%j', (text, expected) => {
    expect(shown(parse([text]))).toEqual(expected);
    expect(shown(parse([...text]))).toEqual(expected);
  });

  it('other marks: of several characters, no quotes, carriage returns alone', () => {
    expect(shown(parse(['a||b||"c||d"\n'], { ...MARKS, delimiter: '||' }))).toEqual([['a', 'b', 'c||d']]);
    expect(shown(parse([...'a||b|c||"d"\n'], { ...MARKS, delimiter: '||' }))).toEqual([['a', 'b|c', 'd']]);
    expect(shown(parse(['"a,b"\n'], { ...MARKS, quote: '' }))).toEqual([['"a', 'b"']]);
    expect(shown(parse(['a,b\rc,"d\re"\r'], { ...MARKS, carriage: true }))).toEqual([
      ['a', 'b'],
      ['c', 'd\re'],
    ]);
  });

  it('what is written by the rules is read back, however it is cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\r\n', ' ', 'é'), maxLength: 6 });
    const table = fc.array(fc.array(fc.option(cell), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(60), { maxLength: 8 }), (rows, end, cuts) => {
        const quoted = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
        const text = rows.map((row) => row.map(quoted).join(',')).join(end) + end;
        const places = [...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const pieces = places.map((place, index) => text.slice(places[index - 1] ?? 0, place));
        expect(shown(parse(pieces))).toEqual(rows);
      }),
    );
  });

  it('any text gives the same records however it is cut, and the same widths without its cells', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r'), maxLength: 40 });
    fc.assert(
      fc.property(text, (whole) => {
        const expected = parse([whole]);
        expect(parse([...whole])).toEqual(expected);
        expect(parse([...whole], MARKS, false).map(({ width }) => width)).toEqual(expected.map(({ width }) => width));
      }),
    );
  });

  it('unclosed quotes take time in proportion to the text', () => {
    const count = (pieces: readonly string[]): number => {
      let records = 0;
      const parser = new CsvParser(MARKS, true, () => records++);
      for (const piece of pieces) parser.push(piece);
      parser.end();
      return records;
    };
    const text = `${'"a\n'.repeat(50_000)}b\n`;
    const began = process.cpuUsage();
    expect(count([text.slice(0, 1000), text.slice(1000)])).toBe(50_001);
    expect(count(['"', ...Array.from({ length: 200 }, () => 'x\n'.repeat(5000))])).toBe(1_000_000);
    expect(process.cpuUsage(began).user).toBeLessThan(3_000_000);
  });
});
