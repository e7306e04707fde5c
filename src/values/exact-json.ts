import { parseDecimal } from '../util/decimal.ts';
import { setOwn } from './own.ts';

/** Numbers that a double may not hold exactly: many digits, or an exponent. */
const LONG = /[\d.]{16}|\d[eE][+-]?\d/;
const TOKENS = /"(?:[^"\\]|\\.)*"|[[\]{}]|[^\s[\]{},:"]+/g;
const NUMBER = /^-?\d/;

/**
 * Reads JSON. Numbers that a double may not hold exactly come as bigint, or with a fraction as `{ value, scale }`, as DuckDB gives
 * decimals. Throws `SyntaxError`, and `RangeError` where it nests thousands deep.
 */
export function parseExactJson(text: string): unknown {
  const plain: unknown = JSON.parse(text);
  // It is JSON, so that its tokens say all.
  return LONG.test(text) ? parsed(text.match(TOKENS)?.values() ?? [].values()) : plain;
}

/** The value that the next tokens make; undefined at the end of a list or object. */
function parsed(tokens: Iterator<string>): unknown {
  const token: string = tokens.next().value;
  switch (token) {
    case ']':
    case '}':
      return undefined;
    case '[': {
      const items: unknown[] = [];
      for (let item = parsed(tokens); item !== undefined; item = parsed(tokens)) items.push(item);
      return items;
    }
    case '{': {
      const members = {};
      for (let name = parsed(tokens); name !== undefined; name = parsed(tokens)) {
        setOwn(members, String(name), parsed(tokens));
      }
      return members;
    }
    default:
      return NUMBER.test(token) && LONG.test(token) ? exactNumber(token) : JSON.parse(token);
  }
}

function exactNumber(token: string): unknown {
  const decimal = parseDecimal(token);
  // An exponent of five digits is no number of any column.
  if (!decimal) return Number(token);
  return decimal.scale === 0 ? decimal.coefficient : { value: decimal.coefficient, scale: decimal.scale };
}
