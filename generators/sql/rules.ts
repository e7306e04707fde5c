import { type Column, VALUE_RULES, type WrittenText } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { formatByName } from '../../src/sql/formats.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { parsePattern } from '../../src/sql/pattern.ts';
import { type Decimal, parseDecimal, printDecimal } from '../../src/util/decimal.ts';
import { isValue } from '../../src/values/enum-values.ts';
import { mayBreakRules } from '../row-scope.ts';
import { toleranceWords } from '../words/threshold.ts';
import type { DdlEngine } from './engine.ts';
import { longestMatch } from './regex.ts';

/** What a column's rules come to in SQL: conditions that all hold, and what could not be said. */
export interface Conditions {
  readonly conditions: readonly string[];
  readonly notes: readonly string[];
}

const BOUNDS = [
  ['min', '>='],
  ['exclusiveMin', '>'],
  ['max', '<='],
  ['exclusiveMax', '<'],
] as const;

/** Conditions over the quoted name of a column whose type takes so many characters. They hold for values that count as missing too. */
export function conditionsOf(column: Column, name: string, width: number | undefined, engine: DdlEngine): Conditions {
  if (mayBreakRules(column)) {
    const hasRules = VALUE_RULES.some((rule) => column[rule]);
    const message = `the rules on its values are left out, as some may break them (${toleranceWords(column.invalid)})`;
    return { conditions: [], notes: hasRules ? [message] : [] };
  }
  const notes: string[] = [];
  const conditions = [
    ...enumCondition(column, name, engine, notes),
    ...patternConditions(column, name, engine, notes),
    ...boundConditions(column, name, engine, notes),
    ...lengthConditions(column, name, width, engine),
  ];
  const listed = literals(column.missing?.values ?? [], column.type, engine);
  if (listed.length === 0 || conditions.length === 0) return { conditions, notes };
  const isMissing = `${compared(column.type, name, engine)} in ${listOf(listed)}`;
  return { conditions: [`(${isMissing} or ${conditions.join(' and ')})`], notes };
}

/** Most code points that a text of the column may have: by its type and `maxLength`, and by all of its rules, where every row keeps them. */
export function lengthsOf(
  column: Column,
  keepsRules: boolean,
): { readonly declared?: number; readonly longest?: number } {
  if (column.type.name !== 'string') return {};
  const ofType = column.type.length;
  if (!keepsRules || mayBreakRules(column)) return ofType === undefined ? {} : { declared: ofType, longest: ofType };
  const format = column.format && formatByName(column.format.text);
  const listed = longest((column.missing?.values ?? []).map(({ text }) => text));
  const declared = least([ofType, column.maxLength && Math.max(column.maxLength.count, listed)]);
  const byRules = least([
    column.pattern && longestMatch(column.pattern.text),
    format?.maxLength ?? (format?.values ? longest(format.values) : format && longestMatch(format.pattern)),
    column.enum && !column.enum.open ? longest(column.enum.values.map(({ text }) => text)) : undefined,
  ]);
  const most = least([declared, byRules && Math.max(1, byRules, listed)]);
  return { ...(declared !== undefined && { declared }), ...(most !== undefined && { longest: most }) };
}

function least(numbers: readonly (number | undefined)[]): number | undefined {
  const there = numbers.filter((each) => each !== undefined);
  return there.length === 0 ? undefined : Math.min(...there);
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => [...text].length));
}

/** Values that count as missing and that a column of the type can hold. */
export function listedValues({ missing, type }: Column): readonly string[] {
  const texts = (missing?.values ?? []).map(({ text }) => text);
  return texts.filter((text) => isValue(text, type));
}

/** A list in brackets; a long one on lines of their own. */
function listOf(items: readonly string[]): string {
  const line = items.join(', ');
  if (line.length <= LIST_WIDTH) return `(${line})`;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= LIST_WIDTH) lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(item);
  }
  return `(\n      ${lines.join(',\n      ')}\n    )`;
}

const LIST_WIDTH = 80;

function compared(type: LogicalType, name: string, engine: DdlEngine): string {
  return type.name === 'string' ? engine.comparable(name) : name;
}

function literals(values: readonly WrittenText[], type: LogicalType, engine: DdlEngine): readonly string[] {
  return values.flatMap((value) => literalOf(value, type, engine) ?? []);
}

function literalOf({ text }: WrittenText, type: LogicalType, engine: DdlEngine): string | undefined {
  const parsed = parseLiteral(text, type, 'value');
  return 'literal' in parsed ? engine.literal(parsed.literal, type) : undefined;
}

function enumCondition(column: Column, name: string, engine: DdlEngine, notes: string[]): readonly string[] {
  const { enum: values, type } = column;
  if (!values || values.open) return [];
  const problem = values.values.some(({ text }) => isNow(text, type)) ? NO_CLOCK : engine.comparisonProblem(type);
  if (problem !== undefined) {
    notes.push(`\`enum\` is left out: ${problem}`);
    return [];
  }
  const known = literals(values.values, type, engine);
  const unknown = values.values.filter((value) => literalOf(value, type, engine) === undefined);
  if (unknown.length > 0) {
    const names = unknown.map(({ text }) => text).join(', ');
    notes.push(`\`enum\` is ${known.length > 0 ? `without ${names}` : 'left out'}: ${engine.title} has no such value`);
  }
  return known.length > 0 ? [`${compared(type, name, engine)} in ${listOf(known)}`] : [];
}

const NO_CLOCK = 'a constraint has no clock';

function isNow(text: string, type: LogicalType): boolean {
  const parsed = parseLiteral(text, type, 'value');
  return 'literal' in parsed && parsed.literal.kind === 'now';
}

function patternConditions(column: Column, name: string, engine: DdlEngine, notes: string[]): readonly string[] {
  const conditions: string[] = [];
  const matches = (pattern: string): void => {
    const parsed = parsePattern(pattern);
    if ('tree' in parsed) conditions.push(engine.matches(name, parsed.tree));
  };
  if (column.pattern) matches(column.pattern.text);
  const format = column.format && formatByName(column.format.text);
  // On a date the format is how text files write it.
  if (!format || column.type.name !== 'string') return conditions;
  if (format.values) conditions.push(`${engine.comparable(name)} in ${listOf(format.values.map(engine.text))}`);
  else matches(format.pattern);
  if (format.maxLength !== undefined) conditions.push(`${engine.codePoints(name)} <= ${format.maxLength}`);
  if (format.checkDigits) notes.push('the check digits of the IBAN are not tested');
  return conditions;
}

function boundConditions(column: Column, name: string, engine: DdlEngine, notes: string[]): readonly string[] {
  const { type } = column;
  const conditions: string[] = [];
  for (const [key, operator] of BOUNDS) {
    const written = column[key];
    const parsed = written && parseLiteral(written.text, type, 'bound');
    if (!parsed || 'problem' in parsed) continue;
    if (!key.startsWith('exclusive') && isLimit(parsed.literal.text, type)) continue;
    const problem = parsed.literal.kind === 'now' ? NO_CLOCK : engine.comparisonProblem(type);
    const near = problem === undefined ? nearest(operator, parsed.literal.text, type) : undefined;
    const literal = near ? near.literal : engine.literal(parsed.literal, type);
    if (problem !== undefined || literal === undefined) {
      notes.push(`\`${key}: ${written.text}\` is left out: ${problem ?? `${engine.title} has no such value`}`);
    } else conditions.push(`${name} ${near?.operator ?? operator} ${literal}`);
  }
  // NaN is above all numbers there.
  const isNumber = conditions.length > 0 ? engine.isNumber(name, type) : undefined;
  return isNumber !== undefined && !column.max && !column.exclusiveMax ? [...conditions, isNumber] : conditions;
}

/** Whether the bound is the least or the greatest number that the type has. */
function isLimit(bound: string, type: LogicalType): boolean {
  if (type.name !== 'integer' || type.bits === undefined) return false;
  const limit = 2n ** BigInt(type.bits - 1);
  return [String(-limit), String(limit - 1n)].includes(bound);
}

/** The bound that means the same among the values of the type: 4.5 and above is 5 and above of whole numbers. */
function nearest(
  operator: (typeof BOUNDS)[number][1],
  text: string,
  type: LogicalType,
): { readonly operator: string; readonly literal: string } | undefined {
  const places =
    type.name === 'integer'
      ? 0
      : type.name === 'decimal' && type.precision !== undefined
        ? (type.scale ?? 0)
        : undefined;
  const bound = parseDecimal(text);
  if (places === undefined || !bound || bound.scale <= places) return undefined;
  const unit = 10n ** BigInt(bound.scale - places);
  const rest = ((bound.coefficient % unit) + unit) % unit;
  if (rest === 0n) return undefined;
  const below: Decimal = { coefficient: (bound.coefficient - rest) / unit, scale: places };
  const isLow = operator.startsWith('>');
  return {
    operator: isLow ? '>=' : '<=',
    literal: printDecimal(isLow ? { ...below, coefficient: below.coefficient + 1n } : below),
  };
}

function lengthConditions(
  { minLength, maxLength, type }: Column,
  name: string,
  width: number | undefined,
  engine: DdlEngine,
): readonly string[] {
  const most = least([maxLength?.count, type.name === 'string' ? type.length : undefined]);
  const length = engine.codePoints(name);
  return [
    ...(minLength ? [`${length} >= ${minLength.count}`] : []),
    ...(most !== undefined && (width === undefined || width > most) ? [`${length} <= ${most}`] : []),
  ];
}
