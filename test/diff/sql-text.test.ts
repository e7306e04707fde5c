import { expect, test } from 'vitest';
import { normalSql } from '../../src/diff/parts/sql-text.ts';

test.each([
  ['a >= 1', 'a >= 1'],
  ['A>=1', 'a >= 1'],
  ['a<>1 and b != 2', 'a <> 1 and b != 2'],
  ["a||'x'", "a || 'x'"],
  ["a :: date >= DATE '2026-01-01'", "a::date >= date '2026-01-01'"],
  ["doc->'a'->>'b' = 'c'", "doc -> 'a' ->> 'b' = 'c'"],
  ["doc #>> '{a,b}' is null", "doc #>> '{a,b}' is null"],
  ['a !~* b', 'a !~* b'],
  ['count( * )', 'count(*)'],
  ['round (avg(amount) , 2)', 'round(avg(amount), 2)'],
  ['a in(1,2)', 'a in (1, 2)'],
  ['( a or b )and not(c)', '(a or b) and not (c)'],
  ['a between -1 and - 2', 'a between -1 and -2'],
  ['a -1', 'a - 1'],
  ['(a)-1', '(a) - 1'],
  ['- -1', '- -1'],
  ['o.id = {orders}.id', 'o.id = {orders}.id'],
  ['tags[ 1 ]', 'tags[1]'],
  ['count(*) filter (where a)', 'count(*) filter (where a)'],
  ['select * from t', 'select * from t'],
  ['"Amount" > 0 -- not much', '"Amount" > 0'],
])('%s reads %s', (text, normal) => {
  expect(normalSql(text)).toBe(normal);
  expect(normalSql(normal)).toBe(normal);
});

test.each([
  ['a - > 1', 'a -> 1'],
  ["e 'x'", "e'x'"],
  ['1 . 5', '1.5'],
  ['a < - 1', 'a <- 1 - 0'],
  ["a'b'", "'a' 'b'"],
])('%s does not read as %s does', (left, right) => {
  expect(normalSql(left)).not.toBe(normalSql(right));
});
