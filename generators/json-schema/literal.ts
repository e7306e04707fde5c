import type { LogicalType } from '../../src/model/logical-type.ts';
import { type LiteralUse, parseLiteral } from '../../src/sql/literal.ts';
import { type Json, number } from './json.ts';

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
