import type { DeclaredCheck } from '../../src/model/contract.ts';
import { type Decimal, printDecimal } from '../../src/util/decimal.ts';
import { boundWords, changeWords, differenceWords, percent, toleranceWords } from './threshold.ts';
import { counted, oneLine, type Wording } from './wording.ts';

/** What a declared check promises: `a >= b, where paid; exceptions: at most 3 rows`. */
export function checkWords(check: DeclaredCheck, wording: Wording): string {
  const { code } = wording;
  const { where, by, per, window, minRows, segments, allow } = check;
  const apart = segments.map(({ group, tolerance, bound }) => {
    const words = bound ? boundWords(bound, boundSide(check), printOf(check)) : toleranceWords(tolerance);
    return `${group === '' ? 'empty text' : code(group)} ${words}`;
  });
  const scope = [
    ...(where ? [`where ${code(oneLine(where.text))}`] : []),
    ...(by ? [`for each ${by.columns.map(({ text }) => code(text)).join(', ')}`] : []),
    ...(per ? [`per ${per}`] : []),
    ...(window ? [`over the last ${window.text}`] : []),
  ];
  const exceptions = allow && check.kind !== 'metric' ? [`exceptions: ${toleranceWords(allow)}`] : [];
  const rest = [
    ...exceptions,
    ...(apart.length > 0 ? [`apart from ${apart.join(', ')}`] : []),
    ...(minRows === undefined ? [] : [`groups under ${counted(minRows, 'row')} are skipped`]),
  ];
  return [[promise(check, wording), ...scope].join(', '), ...rest].join('; ');
}

function promise(check: DeclaredCheck, { code, reference }: Wording): string {
  const names = (columns: readonly { readonly text: string }[]): string =>
    columns.map(({ text }) => code(text)).join(', ');
  switch (check.kind) {
    case 'expect':
      return `${code(oneLine(check.condition.text))} holds`;
    case 'unique':
      return `${names(check.columns.columns)} ${check.columns.columns.length === 1 ? 'is' : 'are together'} unique`;
    case 'references':
      return `each ${names(check.columns.columns)} is in ${check.to.map(reference).join(', ')}`;
    case 'failingRows':
      return `no rows from ${code(oneLine(check.query.text))}`;
    case 'metric':
      return metricPromise(check, code);
  }
}

type MetricCheck = Extract<DeclaredCheck, { readonly kind: 'metric' }>;

function metricPromise(check: MetricCheck, code: Wording['code']): string {
  const { metric, min, max, equals, allow, change, from } = check;
  const print = printOf(check);
  const other = equals?.value?.text ?? equals?.from?.text ?? '';
  const only = equals?.where ? ` where ${code(oneLine(equals.where.text))}` : '';
  const bounds = [
    ...(min ? [boundWords(min, 'min', print)] : []),
    ...(max ? [boundWords(max, 'max', print)] : []),
    ...(equals ? [`equal to ${equals.value ? '' : 'that of '}${code(other)}${only}`] : []),
    ...(equals && allow ? [differenceWords(allow)] : []),
    ...(change ? [`changes ${changeWords(change)}`] : []),
    ...(from === undefined ? [] : [`compared with ${code(from)}`]),
  ];
  return `${code(oneLine(metric.text))} ${bounds.join(', ')}`;
}

/** Shares are written as percentages. */
function printOf(check: DeclaredCheck): (value: Decimal) => string {
  return check.kind === 'metric' && /^\s*share\s*\(/i.test(check.metric.text) ? percent : printDecimal;
}

function boundSide(check: DeclaredCheck): 'min' | 'max' {
  return check.kind === 'metric' && check.min && !check.max ? 'min' : 'max';
}
