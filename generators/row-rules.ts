import type { Column, Table, WrittenText } from '../src/model/contract.ts';
import { type Format, formatByName, formatHolds } from '../src/sql/formats.ts';
import { compareLiterals, type Literal, parseLiteral } from '../src/sql/literal.ts';
import { type Pattern, parsePattern, patternMatches } from '../src/sql/pattern.ts';
import { mayBreakRules, onlyWarns } from './row-scope.ts';
import { toleranceWords } from './words/threshold.ts';

/** What one row shows of a column's rules on values: all that a schema of rows can check. */
export interface RowRules {
  /** All values that may come; each keeps the other rules, which are then not among these. */
  readonly values?: readonly Literal[];
  readonly pattern?: Pattern;
  readonly format?: Format;
  readonly bounds: readonly RowBound[];
  /** In code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Values that count as missing: no rule holds for them. */
  readonly listed: readonly Literal[];
}

export interface RowBound {
  readonly operator: '>=' | '>' | '<=' | '<';
  readonly literal: Literal;
  /** For messages: `at least 5`. */
  readonly words: string;
}

const BOUNDS = [
  ['min', '>=', 'at least'],
  ['exclusiveMin', '>', 'more than'],
  ['max', '<=', 'at most'],
  ['exclusiveMax', '<', 'less than'],
] as const;

/**
 * The rules that hold for every row, and what is left out in words. Where the contract lets some values be invalid, or only
 * warns of them, a reader has to take them, so that no rule holds then.
 */
export function rowRules(
  column: Column,
  table: Table,
): { readonly rules: RowRules; readonly leftOut: readonly string[] } {
  const listed = (column.missing?.values ?? []).flatMap((value) => literalOf(value, column, 'value') ?? []);
  const problem = whyNoRules(column, table);
  if (problem !== undefined) {
    const leftOut = isEmpty(rulesOf(column)) ? [] : [problem];
    return { rules: { bounds: [], listed: [] }, leftOut };
  }
  const moving = BOUNDS.flatMap(([key]) => (column[key]?.text.trim() === 'now' ? [key] : []));
  return {
    rules: { ...enumerated(rulesOf(column)), listed },
    leftOut: moving.map((key) => `${key}: now is left out: a row may be read at another time than it was verified`),
  };
}

/** Why no row has to keep the rules on values, for a note; undefined: every one has to. */
export function whyNoRules(column: Column, table: Table): string | undefined {
  const left = 'the rules on its values are left out, as';
  if (mayBreakRules(column)) return `${left} some may break them (${toleranceWords(column.invalid)})`;
  return onlyWarns(column, table) ? `${left} a breach is only a warning` : undefined;
}

function rulesOf(column: Column): RowRules {
  const { type, minLength, maxLength } = column;
  const values = column.enum && !column.enum.open ? column.enum.values : undefined;
  const parsed = column.pattern && parsePattern(column.pattern.text);
  const format = type.name === 'string' && column.format ? formatByName(column.format.text) : undefined;
  const lengths = [maxLength?.count, type.name === 'string' ? type.length : undefined].filter(
    (each) => each !== undefined,
  );
  return {
    ...(values && { values: values.flatMap((value) => literalOf(value, column, 'value') ?? []) }),
    ...(parsed && 'tree' in parsed && { pattern: parsed.tree }),
    ...(format && { format }),
    bounds: BOUNDS.flatMap(([key, operator, words]) => {
      const literal = column[key] && literalOf(column[key], column, 'bound');
      return literal && literal.kind !== 'now' ? [{ operator, literal, words: `${words} ${literal.text}` }] : [];
    }),
    ...(minLength && { minLength: minLength.count }),
    ...(lengths.length > 0 && { maxLength: Math.min(...lengths) }),
    listed: [],
  };
}

/** The values that keep all rules instead of the rules, where they are few enough to be listed. */
function enumerated(rules: RowRules): RowRules {
  const values = rules.values ?? rules.format?.values?.map((text): Literal => ({ text, kind: 'text' }));
  return values ? { values: values.filter((value) => keeps(value, rules)), bounds: [], listed: [] } : rules;
}

function keeps(value: Literal, { pattern, format, bounds, minLength = 0, maxLength = Infinity }: RowRules): boolean {
  const inBounds = bounds.every(({ operator, literal }) => {
    const order = compareLiterals(value, literal);
    if (order === undefined) return false;
    return operator === '>=' ? order >= 0 : operator === '>' ? order > 0 : operator === '<=' ? order <= 0 : order < 0;
  });
  if (!inBounds || value.kind !== 'text') return inBounds;
  const { length } = [...value.text];
  const fits = length >= minLength && length <= maxLength;
  return fits && (!pattern || patternMatches(pattern, value.text)) && (!format || formatHolds(format.name, value.text));
}

function literalOf(written: WrittenText, column: Column, use: 'bound' | 'value'): Literal | undefined {
  const parsed = parseLiteral(written.text, column.type, use);
  return 'literal' in parsed ? parsed.literal : undefined;
}

function isEmpty({ values, pattern, format, bounds, minLength, maxLength }: RowRules): boolean {
  return !values && !pattern && !format && bounds.length === 0 && minLength === undefined && maxLength === undefined;
}

/** Bounds of whole numbers as the least and the greatest one that keeps them; absent where the type of so many bits goes no further. */
export function wholeBounds(
  bounds: readonly RowBound[],
  bits: number | undefined,
): { readonly least?: bigint; readonly most?: bigint } {
  const ends: { least?: bigint; most?: bigint } = {};
  for (const { operator, literal } of bounds) {
    const isWhole = !literal.text.includes('.');
    const cut = BigInt(literal.text.replace(/\..*/, ''));
    const floor = isWhole || !literal.text.startsWith('-') ? cut : cut - 1n;
    if (operator === '>=') ends.least = isWhole ? cut : floor + 1n;
    if (operator === '>') ends.least = floor + 1n;
    if (operator === '<=') ends.most = floor;
    if (operator === '<') ends.most = isWhole ? cut - 1n : floor;
  }
  const limit = bits === undefined ? undefined : 2n ** BigInt(bits - 1);
  const { least, most } = ends;
  return {
    ...(least !== undefined && (limit === undefined || least > -limit) && { least }),
    ...(most !== undefined && (limit === undefined || most < limit - 1n) && { most }),
  };
}
