import { type Decimal, printDecimal } from '../../src/util/decimal.ts';

/** Comparisons of texts by size as regular expressions, for JSON Schema compares numbers alone. */

export type Side = 'min' | 'exclusiveMin' | 'max' | 'exclusiveMax';

const DIGIT = '[0-9]';
const FRACTION = `(?:\\.${DIGIT}+)?`;
const NONZERO = `${DIGIT}*[1-9]${DIGIT}*`;

/** Matches the decimals in canonical form (`-?digits[.digits]` without leading zeros) that keep the bound; `-0` is zero. */
export function decimalOrder(side: Side, bound: Decimal): string {
  const isLow = side === 'min' || side === 'exclusiveMin';
  const isOpen = side === 'exclusiveMin' || side === 'exclusiveMax';
  const sign = bound.coefficient < 0n ? -1 : bound.coefficient > 0n ? 1 : 0;
  const size = printDecimal({ ...bound, coefficient: sign < 0 ? -bound.coefficient : bound.coefficient });
  const [near, far] = isLow ? ['', '-'] : ['-', ''];
  const any = `${DIGIT}+${FRACTION}`;
  // Away from zero on the bound's own side, or up to it on the other.
  const isBeyond = isLow ? sign > 0 : sign < 0;
  if (isBeyond) return whole(signed(near, above(size, isOpen)));
  if (sign === 0 && isOpen) return whole(signed(near, above('0', true)));
  return whole([...signed(near, [any]), ...signed(far, below(size, isOpen))]);
}

/** Matches the dates, times and timestamps of the bound's layout (behind seconds a fraction may follow) that keep the bound. */
export function momentOrder(side: Side, bound: string): string {
  const isLow = side === 'min' || side === 'exclusiveMin';
  const isOpen = side === 'exclusiveMin' || side === 'exclusiveMax';
  const [head = '', fraction = ''] = bound.split('.');
  const hasFraction = head.includes(':');
  const rest = hasFraction ? FRACTION : '';
  const options = [...head].flatMap((character, index) => {
    const step = isLow ? higher(character) : lower(character);
    return step === undefined ? [] : [masked(head.slice(0, index)) + step + mask(head.slice(index + 1)) + rest];
  });
  const ends = hasFraction ? fractions(fraction, isLow, isOpen) : isOpen ? [] : [''];
  return whole([...options, ...ends.map((end) => masked(head) + end)]);
}

function signed(sign: string, options: readonly string[]): readonly string[] {
  return options.map((option) => sign + option);
}

function whole(options: readonly string[]): string {
  if (options.length === 0) return '^(?:$^)';
  return options.length === 1 ? `^${options[0]}$` : `^(?:${options.join('|')})$`;
}

/** Numbers without a sign that are at least the bound, or above it. */
function above(bound: string, isOpen: boolean): readonly string[] {
  const [digits = '', fraction = ''] = bound.split('.');
  const more = digits === '0' ? `[1-9]${DIGIT}*` : `[1-9]${DIGIT}{${digits.length},}`;
  const same = digits === '0' ? [] : steps(digits, higher);
  return [
    ...[more, ...same].map((each) => each + FRACTION),
    ...fractions(fraction, true, isOpen).map((end) => digits + end),
  ];
}

/** Numbers without a sign that are at most the bound, or below it. */
function below(bound: string, isOpen: boolean): readonly string[] {
  const [digits = '', fraction = ''] = bound.split('.');
  const fewer = digits.length === 1 ? [] : ['0', `[1-9]${repeated(DIGIT, 0, digits.length - 2)}`];
  const same = steps(digits, lower).filter((each) => digits.length === 1 || !each.startsWith('0'));
  return [
    ...[...fewer, ...same].map((each) => each + FRACTION),
    ...fractions(fraction, false, isOpen).map((end) => digits + end),
  ];
}

/** Digits of the same length that differ first at each place. */
function steps(digits: string, step: (digit: string) => string | undefined): readonly string[] {
  return [...digits].flatMap((digit, index) => {
    const other = index === 0 && digits.length > 1 ? leading(step(digit)) : step(digit);
    return other === undefined ? [] : [digits.slice(0, index) + other + exactly(DIGIT, digits.length - index - 1)];
  });
}

/** The same without zero, which no number of several digits begins with. */
function leading(range: string | undefined): string | undefined {
  if (range === '0') return undefined;
  return range
    ?.replace(/^\[01\]$/, '1')
    .replace(/^\[0-/, '[1-')
    .replace('[1-1]', '1');
}

/** What may stand behind equal whole digits; the bound's fraction has no trailing zeros. */
function fractions(bound: string, isLow: boolean, isOpen: boolean): readonly string[] {
  if (bound === '') {
    if (isLow) return [isOpen ? `\\.${NONZERO}` : FRACTION];
    return isOpen ? [] : ['(?:\\.0+)?'];
  }
  const other = [...bound].flatMap((digit, index) => {
    const step = isLow ? higher(digit) : lower(digit);
    return step === undefined ? [] : [`\\.${bound.slice(0, index)}${step}${DIGIT}*`];
  });
  if (isLow) return [...other, `\\.${bound}${isOpen ? NONZERO : `${DIGIT}*`}`];
  const shorter = ['', ...[...bound].slice(1).map((_, index) => `\\.${bound.slice(0, index + 1)}`)];
  return [...shorter, ...other, ...(isOpen ? [] : [`\\.${bound}0*`])];
}

function higher(digit: string): string | undefined {
  return /\d/.test(digit) && digit !== '9' ? span(Number(digit) + 1, 9) : undefined;
}

function lower(digit: string): string | undefined {
  return /\d/.test(digit) && digit !== '0' ? span(0, Number(digit) - 1) : undefined;
}

function span(first: number, last: number): string {
  if (first === last) return String(first);
  return last === first + 1 ? `[${first}${last}]` : `[${first}-${last}]`;
}

function mask(text: string): string {
  return text.replace(/\d+|[^\d]/g, (part) => (/\d/.test(part) ? exactly(DIGIT, part.length) : masked(part)));
}

/** The text itself; a blank may stand for `T`. */
function masked(text: string): string {
  return text.replace('T', '[T ]');
}

function exactly(item: string, count: number): string {
  return count === 0 ? '' : count === 1 ? item : `${item}{${count}}`;
}

function repeated(item: string, min: number, max: number): string {
  return max === 0 ? '' : `${item}{${min},${max}}`;
}
