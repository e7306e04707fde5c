import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MetricCall, parseMetricCall } from '../../src/sql/metric-call.ts';
import { printDecimal } from '../../src/util/decimal.ts';

const sql = (text: string, statement = false): MetricCall => ({ call: 'sql', text, statement });

test.each<[string, MetricCall]>([
  ['count(*)', { call: 'rows' }],
  ['COUNT( * )', { call: 'rows' }],
  ['count(amount)', { call: 'count', column: 'amount' }],
  ['distinct(amount)', { call: 'distinct', column: 'amount' }],
  ['count(distinct amount)', { call: 'distinct', column: 'amount' }],
  ['count(distinct "Order Id")', { call: 'distinct', column: 'Order Id' }],
  ['sum(amount)', { call: 'sum', column: 'amount' }],
  ['Avg(amount)', { call: 'avg', column: 'amount' }],
  ['  avg ( amount ) -- gross', { call: 'avg', column: 'amount' }],
  ['min(address.country)', { call: 'min', column: 'address.country' }],
  ['max(a.b.c)', { call: 'max', column: 'a.b.c' }],
  ['stddev("odd "" name")', { call: 'stddev', column: 'odd " name' }],
  ['median(größe)', { call: 'median', column: 'größe' }],
  ['sum("a.b")', { call: 'sum', column: 'a.b' }],
  ["share(status = 'returned')", { call: 'share', condition: "status = 'returned'" }],
  ["share(status in ('a', ')') and (x or y))", { call: 'share', condition: "status in ('a', ')') and (x or y)" }],
  ['share(paid)', { call: 'share', condition: 'paid' }],
  ['psi(amount)', { call: 'drift', test: 'psi', column: 'amount' }],
  ['ks(amount)', { call: 'drift', test: 'ks', column: 'amount' }],
  ['chi2(status)', { call: 'drift', test: 'chi2', column: 'status' }],
  ['sum(amount * qty)', sql('sum(amount * qty)')],
  ['sum(distinct amount)', sql('sum(distinct amount)')],
  ['count(distinct (a, b))', sql('count(distinct (a, b))')],
  ['count(distinct a, b)', sql('count(distinct a, b)')],
  ['count(1)', sql('count(1)')],
  ['count(null)', sql('count(null)')],
  ["min('text')", sql("min('text')")],
  ['max(a, b)', sql('max(a, b)')],
  ['min(lines[1].qty)', sql('min(lines[1].qty)')],
  ['sum(a.)', sql('sum(a.)')],
  ['sum(a b)', sql('sum(a b)')],
  ['sum("a"."b")', sql('sum("a"."b")')],
  ['sum(amount) / count(*)', sql('sum(amount) / count(*)')],
  ['sum(a) + (b)', sql('sum(a) + (b)')],
  ['count(*) filter (where paid)', sql('count(*) filter (where paid)')],
  ['quantile_cont(amount, 0.5)', sql('quantile_cont(amount, 0.5)')],
  ['(select 1)', sql('(select 1)')],
  ['"sum"(amount)', sql('"sum"(amount)')],
  ['select count(*) from {orders}', sql('select count(*) from {orders}', true)],
  ['-- how many\nWITH q as (select 1) select * from q', sql('-- how many\nWITH q as (select 1) select * from q', true)],
  ['SELECT(1)', sql('SELECT(1)', true)],
])('%s', (text, call) => {
  expect(parseMetricCall(text)).toEqual(call);
});

test.each([
  ['percentile(amount, 0.95)', 'amount', '0.95'],
  ['percentile("Net Amount" , .5)', 'Net Amount', '0.5'],
  ['percentile(a.b, 0)', 'a.b', '0'],
  ['percentile(a, 1.0)', 'a', '1'],
])('%s', (text, column, fraction) => {
  const call = parseMetricCall(text);
  expect('fraction' in call && { column: call.column, fraction: printDecimal(call.fraction) }).toEqual({
    column,
    fraction,
  });
});

test.each([
  ['percentile(amount, 95)', 'fraction "95"', 'did you mean 0.95?'],
  ['percentile(amount, 99.9%)', 'fraction "99.9%"', 'did you mean 0.999?'],
  ['percentile(amount, -0.5)', 'fraction "-0.5"', 'write percentile(amount, 0.95)'],
  ['percentile(amount, p)', 'fraction "p"', 'write percentile(amount, 0.95)'],
  ['percentile(amount)', 'no percentile', 'write percentile(amount, 0.95)'],
  ['percentile(a, 0.5, 1)', 'no percentile', 'write percentile(amount, 0.95)'],
  ['percentile(a + b, 0.5)', 'over an expression', 'feature'],
  ['distinct(a + b)', 'over an expression', 'count(distinct …)'],
  ['psi(a + b)', 'over an expression', 'feature'],
  ['psi()', 'names no column', 'write psi(amount)'],
  ['share()', 'names no condition', 'write share('],
  ['share(a, b)', '2 conditions', 'join them by and'],
  ['count()', 'names no column', 'count(*)'],
  ['sum( )', 'names no column', 'write sum(amount)'],
  ['share(paid) * 100', 'only stands alone', 'warehouse'],
  ['amount', 'not one number', 'avg(amount)'],
  [' ', 'empty', 'avg(amount)'],
  ['-- nothing', 'empty', 'avg(amount)'],
  ["share(status = 'returned)", 'not closed', undefined],
])('%j is refused', (text, message, hint) => {
  const call = parseMetricCall(text);
  const problem = 'problem' in call ? call.problem : undefined;
  expect(problem?.message).toContain(message);
  if (hint !== undefined) expect(problem?.hint).toContain(hint);
});

test('any text is a call, SQL or a problem, and never throws', () => {
  const piece = fc.constantFrom(
    'share',
    'percentile',
    'sum',
    '(',
    ')',
    ',',
    'a',
    '.',
    '"',
    "'",
    '0.5',
    ' ',
    '--',
    '\n',
    '*',
    '/*',
    '*/',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const call = parseMetricCall(text);
        expect('problem' in call || 'call' in call).toBe(true);
      },
    ),
  );
});
