import type { Problem } from '../model/problem.ts';
import type { Amount } from '../model/threshold.ts';
import { type Decimal, parseDecimal, printDecimal } from '../util/decimal.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/;
const ROWS = /^\d+$/;
const MAX_DIGITS = 38;
const HOW = 'write a number of rows such as 3, or a share such as 0.5%';

/**
 * Reads a tolerance: `3` rows, or `0.5%` of the rows looked at (semantics §1). A share is at least 0 and below 100%; slips such as
 * `0.5`, `2 %` and `0,5%` are problems that say what was meant.
 */
export function parseAmount(text: string): { readonly amount: Amount } | { readonly problem: Problem } {
  const trimmed = text.trim();
  const share = percentOf(trimmed);
  if (share) return shareOf(text, share);
  if (ROWS.test(trimmed) && trimmed.length <= MAX_DIGITS) {
    return { amount: { unit: 'rows', value: { coefficient: BigInt(trimmed), scale: 0 } } };
  }
  return refuse(`"${text}" is not a tolerance`, slip(trimmed));
}

/** Reads by how much a number may be missed: `0.01`, `3`, or a share of what is expected such as `0.5%`. */
export function parseDifference(text: string): { readonly amount: Amount } | { readonly problem: Problem } {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? parseDecimal(trimmed) : undefined;
  if (!value || percentOf(trimmed)) return parseAmount(text);
  if (value.coefficient < 0n) return refuse(`"${text}" is negative, expected 0 or more`, 'leave the sign out');
  return { amount: { unit: 'rows', value } };
}

function shareOf(text: string, share: Decimal): { readonly amount: Amount } | { readonly problem: Problem } {
  if (share.coefficient < 0n) return refuse(`"${text}" is negative, expected 0% or more`, 'leave the sign out');
  if (share.coefficient >= 10n ** BigInt(share.scale)) {
    return refuse(
      `"${text}" tolerates every row, expected less than 100%`,
      'leave the check out if nothing is promised',
    );
  }
  return { amount: { unit: 'share', value: share } };
}

function slip(text: string): string {
  const mended = mendedPercent(text);
  if (mended !== undefined) return `write ${mended}`;
  const number = NUMBER.test(text) ? parseDecimal(text) : undefined;
  if (!number) return HOW;
  if (number.coefficient < 0n) return 'leave the sign out';
  const plain = printDecimal(number);
  if (/^\d+$/.test(plain)) return `write ${plain}`;
  const fraction = printDecimal({ ...number, coefficient: number.coefficient * 100n });
  return /^0\./.test(plain)
    ? `did you mean ${plain}%? (or ${fraction}%: the fraction ${plain})`
    : `did you mean ${plain}%?`;
}

/**
 * Reads a bound: a number, exactly as written, or a share (`5%` is 0.05). At most 38 digits.
 */
export function parseBound(text: string): { readonly value: Decimal } | { readonly problem: Problem } {
  const trimmed = text.trim();
  const value = percentOf(trimmed) ?? (NUMBER.test(trimmed) ? parseDecimal(trimmed) : undefined);
  if (!value) {
    const mended = mendedPercent(trimmed) ?? mendedNumber(trimmed);
    return refuse(
      `"${text}" is not a bound`,
      mended === undefined ? 'write a number such as 25, or a share such as 5%' : `write ${mended}`,
    );
  }
  if (printDecimal(value).replace(/\D|^-?0\./g, '').length > MAX_DIGITS) {
    return refuse(`"${text}" has more than ${MAX_DIGITS} digits`);
  }
  return { value };
}

function percentOf(text: string): Decimal | undefined {
  if (!text.endsWith('%')) return undefined;
  const number = text.slice(0, -1);
  if (!/^[+-]?\d{1,30}(?:\.\d{1,30})?$/.test(number)) return undefined;
  const percent = parseDecimal(number);
  return percent && { coefficient: percent.coefficient, scale: percent.scale + 2 };
}

/** `2 %`, `0,5%`, `2 percent`, `.5%`, `2pct` as they should be written. */
function mendedPercent(text: string): string | undefined {
  const [, number] = /^([+-]?\d*(?:[.,]\d+)?)\s*(?:%|percent|pct)$/i.exec(text) ?? [];
  if (number === undefined || !/\d/.test(number)) return undefined;
  return `${number.replace(',', '.').replace(/^([+-]?)\./, '$10.')}%`;
}

function mendedNumber(text: string): string | undefined {
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[+-]?\d+,\d+$/.test(text)) return text.replace(',', '.');
  const plain = text.replace(/(?<=\d)[_'\s](?=\d)/g, '');
  return plain !== text && NUMBER.test(plain) ? plain : undefined;
}

function refuse(message: string, hint?: string): { readonly problem: Problem } {
  return { problem: hint === undefined ? { message } : { message, hint } };
}
