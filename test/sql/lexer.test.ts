import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkContractSql, sqlNames, sqlPieces } from '../../src/sql/lexer.ts';
import { lexSql, type SqlSyntax } from '../../src/sql/tokens.ts';

const known = (name: string): boolean => name === 'orders' || name === 'order lines';

describe('contract SQL that is refused', () => {
  test.each<[string, string, SqlSyntax?]>([
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['-- nothing', 'empty'],
    ['/* nothing */', 'empty'],
    ['a; b', '";"'],
    ['a;', '";"'],
    ['a\0b', 'NUL'],
    ['(a', '"(" is not closed'],
    ['a)', '")" closes nothing'],
    ['a -- b\r)', '")" closes nothing'],
    ['a[1', '"[" is not closed'],
    ['(a]', '"]" closes nothing'],
    ['([a)]', '")" closes nothing'],
    ['a>3) then 1 end), 0, count(case when (true', '")" closes nothing'],
    ["'abc", "the string that begins with 'abc"],
    ["E'abc\\'", 'string that begins with E'],
    ["'it''s", 'string'],
    ['"abc', 'quoted name'],
    ['`abc', 'quoted name'],
    ['a /* b', 'comment'],
    ['a /* /* b */', 'comment'],
    ['$$abc', 'string that begins with $$'],
    ['$tag$abc$$', 'string that begins with $tag$'],
    ["{'a': 1}", '"{" is no placeholder'],
    ['{a: 1}', '"{a: 1}" is no placeholder'],
    ['{nobody}', '"{nobody}" is no placeholder'],
    ['{ orders }', '"{ orders }" is no placeholder'],
    ['{}', '"{" is no placeholder'],
    ['a}', '"}" is no placeholder'],
    ['{{orders}}', '"{" is no placeholder'],
    ['a = $1', '"$1" stands for a bound value'],
    ['a = $x', '"$x" stands for a bound value'],
    ['a = ?', '"?" stands for a bound value'],
    ["a ?| array['x']", '"?" stands for a bound value'],
    ['`a` > 1', 'backquotes'],
    ['a >\u00a01', 'U+00A0'],
    ['a\u200b > 1', 'U+200B'],
    ["E'a'\n'b'", 'side by side'],
    ["E'a' -- x\n 'b\\' || 'c'", 'side by side'],
    ["E'a\\'' )", '")" closes nothing'],
    ["1E'\\'' ) '", 'not closed'],
    ["'\\' ) '", 'not closed'],
    ["'\\') or (1 = '1'", '")" closes nothing', 'standard'],
    ['/*! a */ b', 'would be run', 'mysql'],
    ['select a from t for update', 'would lock rows', 'mysql'],
    ['select a from t FOR /* x */ Share', 'would lock rows', 'mysql'],
    ['select a from t lock in share mode', 'would lock rows', 'mysql'],
    ['b /*M!100100 ) */', 'would be run', 'mysql'],
    ['a = ?', '"?" stands for a bound value', 'mysql'],
    ["'\\'", 'not closed', 'mysql'],
    ['"\\"', 'not closed', 'mysql'],
    ['1 --)', '")" closes nothing', 'mysql'],
    ['/* /* */ ) */', '")" closes nothing', 'mysql'],
    ['(#(\n)) )', '")" closes nothing', 'mysql'],
    ['$$ ) $$', '")" closes nothing', 'mysql'],
  ])('%j: %s', (text, message, syntax) => {
    expect(checkContractSql(text, known, syntax)?.message).toContain(message);
  });
});

describe('contract SQL that is sent', () => {
  test.each<[string, SqlSyntax?]>([
    ['amount > 0'],
    ["status = 'shipped; (' and x <> '{'"],
    ["'it''s ;)' = y"],
    ['"odd ; ) name" > 0'],
    ["E'a\\'b)' <> x"],
    ['$$a ) ; b$$ <> x'],
    ['$t$ $$ ) $t$ <> x'],
    ['a$b$c > 0'],
    ['a > 0 -- ; ) {'],
    ['a > 0 --'],
    ['a /* ; ) /* { */ */ > 0'],
    ['[1,2][1] > a[2:3]'],
    ["x::varchar like '%a' and f(y) -> '$.a'"],
    ["payload #>> '{a}' is not null"],
    ['list_filter(x, y -> y > 1)'],
    ['exists (select 1 from {orders} o where o.t < {now})'],
    ['select * from {order lines}'],
    ["'\\' = x"],
    ['.5 + 1.5e-3 + 1_000 > 2'],
    ['`odd ) name` > 0', 'mysql'],
    ['a > 0 # ) ;', 'mysql'],
    ['a > 0 -- ) ;', 'mysql'],
    ['a--1 > 0', 'mysql'],
    ["'\\' )' = x", 'mysql'],
    ['"\\" )" = x', 'mysql'],
  ])('%j', (text, syntax) => {
    expect(checkContractSql(text, known, syntax)).toBeUndefined();
  });
});

test.each([
  [
    'a from {orders} where t > {now}',
    [{ text: 'a from ' }, { placeholder: 'orders' }, { text: ' where t > ' }, { placeholder: 'now' }],
  ],
  [
    '\'{orders}\' -- {orders}\n/* {orders} */ "{orders}" $${orders}$$',
    [{ text: '\'{orders}\' -- {orders}\n/* {orders} */ "{orders}" $${orders}$$' }],
  ],
  ['{order lines}', [{ placeholder: 'order lines' }]],
  ['{a}{b}', [{ placeholder: 'a' }, { placeholder: 'b' }]],
  ["a 'unclosed {orders}", [{ text: "a 'unclosed {orders}" }]],
  ['', []],
])('%j falls into pieces', (text, pieces) => {
  expect(sqlPieces(text)).toEqual(pieces);
});

test.each<[string, readonly string[], SqlSyntax?]>([
  ['amount > 0 and o."Total Sum" < 1e3', ['amount', 'and', 'o', 'Total Sum']],
  ['"a""b" = \'name\' -- comment\n/* other */', ['a"b']],
  ["E'x' || $$y$$ || $t$z$t$", []],
  ['größe_2$x > 5', ['größe_2$x']],
  ['{orders} o', ['o']],
  ['a = a', ['a']],
  ['𝒳 > 1', ['𝒳']],
  ['`a``b` = "text"', ['a`b'], 'mysql'],
])('%j names %j', (text, names, syntax) => {
  expect(sqlNames(text, syntax)).toEqual(names);
});

const FRAGMENTS = [
  ...[
    '(',
    ')',
    '[',
    ']',
    "'",
    "''",
    '"',
    '`',
    '--',
    '-',
    '/*',
    '*/',
    '/',
    '*',
    '#',
    '$$',
    '$a$',
    '$',
    '\\',
    "E'",
    'e',
    'U&',
    '1',
    '1e',
    '.',
  ],
  ...[
    '\n',
    '\r',
    ' ',
    ',',
    ';',
    '{',
    '}',
    '{now}',
    'a',
    'x',
    'select 1',
    ' as ',
    'from',
    'é',
    '\u00a0',
    '\v',
    '!',
    '?',
    '|',
    '_',
    '0x',
    'union',
  ],
];
const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 14 }).map((parts) => parts.join(''));

/** Depth of round brackets after every token, as the lexer sees the wrapped text. */
function depths(text: string, syntax: SqlSyntax): readonly number[] {
  let depth = 0;
  return lexSql(text, syntax).tokens.map(({ kind, text: piece }) => {
    if (kind === 'symbol' && piece === '(') depth += 1;
    if (kind === 'symbol' && piece === ')') depth -= 1;
    return depth;
  });
}

test.each<SqlSyntax>(['standard', 'mysql'])('what passes never closes the brackets around it (%s)', (syntax) => {
  let passed = 0;
  fc.assert(
    fc.property(hostile, (text) => {
      if (checkContractSql(text, () => true, syntax)) return;
      passed += 1;
      const before = 'select count(*) from (\nselect (\n';
      const wrapped = `${before}${text}\n) as x\n) q`;
      const inside = depths(wrapped, syntax);
      const lengths = lexSql(wrapped, syntax).tokens.map((token) => token.text.length);
      let at = 0;
      for (const [index, depth] of inside.entries()) {
        at += lengths[index] ?? 0;
        if (at >= before.length && at <= before.length + text.length) expect(depth).toBeGreaterThanOrEqual(2);
      }
      expect(inside.at(-1)).toBe(0);
      expect(lexSql(wrapped, syntax).problem).toBeUndefined();
      expect(
        lexSql(wrapped, syntax)
          .tokens.slice(-9)
          .map((token) => token.text)
          .join(''),
      ).toBe(') as x\n) q');
    }),
    { numRuns: 20_000 },
  );
  expect(passed).toBeGreaterThan(100);
});

test('the pieces are the text', () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
      for (const syntax of ['standard', 'mysql'] as const) {
        expect(
          lexSql(text, syntax)
            .tokens.map((token) => token.text)
            .join(''),
        ).toBe(text);
      }
    }),
    { numRuns: 5_000 },
  );
});

test('DuckDB sees what passes as one value between its neighbours', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  let prepared = 0;
  for (const text of fc.sample(hostile, { numRuns: 15_000, seed: 5 })) {
    if (checkContractSql(text, () => true)) continue;
    const filled = sqlPieces(text).map((piece) => ('text' in piece ? piece.text : 'now()'));
    const value = `(select count(*) from (\nselect (\n${filled.join('')}\n) as x from (select 1 as a, 2 as x) t\n) q)`;
    const sql = `select 'first' as first, ${value} as x, 'last' as last`;
    const statement = await connection.prepare(sql).catch(() => undefined);
    if (!statement) continue;
    expect(statement.parameterCount, JSON.stringify(text)).toBe(0);
    prepared += 1;
    const names = Array.from({ length: statement.columnCount }, (_, index) => statement.columnName(index));
    statement.destroySync();
    expect(names, JSON.stringify(text)).toEqual(['first', 'x', 'last']);
  }
  connection.closeSync();
  instance.closeSync();
  expect(prepared).toBeGreaterThan(30);
});

test.each([
  ['a long string', `'${'a'.repeat(1_000_000)}'`],
  ['many doubled quotes', `'${"''".repeat(500_000)}'`],
  ['many escapes', `E'${'\\n'.repeat(500_000)}'`],
  ['an unclosed string', `'${"''".repeat(500_000)}`],
  ['a long dollar quote', `$$${'a'.repeat(1_000_000)}$$`],
  ['many openers of comments', '/*'.repeat(200_000)],
  ['many brackets', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['a long word', 'a'.repeat(1_000_000)],
  ['many braces', '{a'.repeat(5_000)],
  ['many dollars', 'a $'.repeat(100_000)],
])('%s takes no time', (_, text) => {
  const start = performance.now();
  checkContractSql(text, known);
  expect(performance.now() - start).toBeLessThan(1_500);
});
