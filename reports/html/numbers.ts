import type { CheckResult, LimitResult } from '../../src/model/run.ts';
import { shown } from '../gate-words.ts';
import { grouped } from '../plural.ts';

/** `1,234,567`; what is no whole number stays as it is. */
export function valueText(value: number | string): string {
  const text = String(value);
  return /^-?\d{1,100}$/.test(text) ? grouped(BigInt(text)) : text;
}

/** `1.5%` of a share. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return 'under 0.01%';
  if (value > 1_000_000) return 'over 1,000,000%';
  return `${Number(value.toFixed(2))}%`;
}

/** `1d 6h`, the two largest parts of a length of time. */
export function age(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  const parts = UNITS.reduce<{ readonly left: number; readonly texts: readonly string[] }>(
    ({ left, texts }, [unit, size]) => {
      const count = Math.floor(left / size);
      return { left: left - count * size, texts: count > 0 ? [...texts, `${count}${unit}`] : texts };
    },
    { left: Math.abs(seconds), texts: [] },
  ).texts;
  return parts.length === 0 ? '0s' : `${sign}${parts.slice(0, 2).join(' ')}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** What a check measured as the unit of a limit has it: a share, seconds, a number; undefined where it is none. */
export function measuredIn({ of, unit }: LimitResult, { measured }: CheckResult): number | undefined {
  const value = numberOf(measured[of]);
  if (unit !== 'share') return value;
  const rows = numberOf(measured['rows']);
  return value === undefined || !rows ? undefined : value / rows;
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A number in the unit of a limit, for people. */
export function inUnit(value: number, { unit }: Pick<LimitResult, 'unit'>): string {
  if (unit === 'share') return percent(value);
  return unit === 'seconds' ? age(value) : valueText(value);
}

/** The same of a number that may be a text, as JSON cannot hold it exactly. */
function exactIn(value: number | string, { unit }: Pick<LimitResult, 'unit'>): string {
  const number = unit === 'share' || unit === 'seconds' ? numberOf(value) : undefined;
  return number === undefined ? shown(valueText(value)) : inUnit(number, { unit });
}

/** What a check was held against: `≤ 1% (warn), ≤ 2%`; empty where that is no number. */
export function limitWords({ limits }: CheckResult): string {
  return limits
    .map((limit) => {
      return `${limit.side === 'max' ? '≤' : '≥'} ${exactIn(limit.value, limit)}${limit.verdict === 'warn' ? ' (warn)' : ''}`;
    })
    .join(', ');
}

/** What a check measured, in the unit of its limits; empty where that is no number. */
export function measuredWords(check: CheckResult): string {
  const [limit] = check.limits;
  if (!limit) return '';
  const value = limit.unit === 'share' ? measuredIn(limit, check) : check.measured[limit.of];
  return typeof value === 'number' || typeof value === 'string' ? exactIn(value, limit) : '';
}
