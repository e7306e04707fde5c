import type { LogicalType } from '../../src/model/logical-type.ts';
import { type LiteralUse, parseLiteral } from '../../src/sql/literal.ts';
import { isValue } from '../../src/values/enum-values.ts';
import { type Json, type JsonObject, number, object } from './json.ts';
import { textSchema } from './text.ts';

/** A literal of the contract in JSON; undefined where it is none, or `now`. */
export function literalJson(text: string, type: LogicalType, use: LiteralUse = 'value'): Json | undefined {
  const parsed = parseLiteral(text, type, use);
  if ('problem' in parsed) return undefined;
  const { literal } = parsed;
  switch (literal.kind) {
    case 'decimal':
      return number(literal.text);
    case 'float':
      return Number.isFinite(Number(literal.text)) ? number(literal.text) : literal.text;
    case 'boolean':
      return literal.text === 'true';
    case 'now':
      return undefined;
    default:
      return literal.text;
  }
}

/** Schemas of the texts and numbers that are one of the values, in whatever form; what is no value of the type is that text. */
export function valueForms(texts: readonly string[], type: LogicalType): readonly JsonObject[] {
  const values = texts.filter((text) => isValue(text, type));
  const others = texts.filter((text) => !isValue(text, type));
  return [
    ...(values.length > 0 ? formsOf(values, type) : []),
    ...(others.length > 0 ? [object(['enum', [...new Set(others)]])] : []),
  ];
}

function formsOf(texts: readonly string[], type: LogicalType): readonly JsonObject[] {
  const canonical = texts.flatMap((text) => {
    const parsed = parseLiteral(text, type, 'value');
    return 'literal' in parsed ? [parsed.literal.text] : [];
  });
  const values = [...new Set(canonical)];
  const texted = (print: (text: string) => string): JsonObject => textSchema(`^(?:${values.map(print).join('|')})$`);
  switch (type.name) {
    case 'decimal':
      return [texted((text) => decimalPattern(text, type)), object(['type', 'number'], ['enum', values.map(number)])];
    case 'time':
    case 'timestamp':
      return [texted((text) => momentPattern(text, type.precision))];
    default:
      return [object(['enum', [...new Set(texts.flatMap((text) => literalJsons(text, type)))]])];
  }
}

/** A decimal with zeros at its end, as many as its type has digits. */
function decimalPattern(text: string, { precision, scale = 0 }: Extract<LogicalType, { name: 'decimal' }>): string {
  const [whole = '', fraction = ''] = text.split('.');
  const sign = text === '0' ? '-?' : '';
  return `${sign}${whole}${zeros(fraction, precision === undefined ? undefined : scale)}`;
}

function momentPattern(text: string, precision = 6): string {
  const [head = '', fraction = ''] = text.split('.');
  return `${head.replace('T', '[T ]')}${zeros(fraction, precision)}`;
}

/** Digits behind the point, and zeros up to so many digits; absent: any number of them. */
function zeros(fraction: string, most: number | undefined): string {
  const rest = most === undefined ? undefined : most - fraction.length;
  if (fraction !== '') return `\\.${fraction}${rest === undefined ? '0*' : rest > 0 ? `0{0,${rest}}` : ''}`;
  return rest === undefined ? '(?:\\.0+)?' : rest > 0 ? `(?:\\.0{1,${rest}})?` : '';
}

/** All forms that the value has: a decimal is a number or a text, the latter perhaps with all its digits. */
export function literalJsons(text: string, type: LogicalType): readonly Json[] {
  const value = literalJson(text, type);
  if (value === undefined) return [];
  if (type.name === 'uuid' && typeof value === 'string') return [...new Set([value, value.toUpperCase()])];
  if (type.name !== 'decimal') return [value];
  const parsed = parseLiteral(text, type, 'value');
  const plain = 'literal' in parsed ? parsed.literal.text : text;
  return [value, ...new Set([plain, padded(plain, type.scale ?? 0)])];
}

function padded(text: string, scale: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0')}`;
}
