import type { LogicalType } from '../model/logical-type.ts';
import { formatHolds } from '../sql/formats.ts';
import { parseLogicalType } from '../sql/logical-type.ts';
import { parsePattern, patternMatches } from '../sql/pattern.ts';
import { visible } from '../util/visible.ts';
import { type Bound, boundsOf, type Clock, textOf } from './bounds.ts';
import { canonicalCheck } from './canonical.ts';
import { codePointCount } from './code-point-count.ts';
import { isValue, valuesOf } from './enum-values.ts';
import { showOf } from './shown.ts';
import { sizeProblem } from './size.ts';

/** What a contract says of the values of one column, member, element or key: source texts, as a generated module writes them down. */
export interface ValueRuleSpec {
  /** As `parseLogicalType` reads it: `decimal(12,2)`. */
  readonly type: string;
  readonly required?: boolean;
  /** All values that may come; an open enum is no rule. */
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly min?: string;
  readonly max?: string;
  readonly exclusiveMin?: string;
  readonly exclusiveMax?: string;
  /** In code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Values that count as missing, so that no other rule holds for them. */
  readonly missing?: readonly string[];
  /** Only type and `required` are asked: the contract lets some values break the others. */
  readonly lax?: boolean;
  /** What `now` is on dates and timestamps; absent: UTC. */
  readonly timezone?: string;
  /** A class that is neither `public` nor `internal`: values are not quoted. */
  readonly classification?: string;
  /** How instants are held: as text, the default, or as `Date`. */
  readonly instants?: 'text' | 'date';
}

/** Why a decoded value breaks the contract; undefined where it keeps it. */
export type ValueRule = (value: unknown) => string | undefined;

/** The last microsecond of this millisecond: other clocks count microseconds, and ours does not. */
const machine: Clock = () => BigInt(Date.now()) * 1000n + 999n;

/**
 * What a contract says of a value that is decoded: the same answer as the checks `type`, `required` and `invalid` have on every engine.
 * `now` is the instant of the call. It is compiled when it is first asked, and throws `RangeError` then for a type, pattern, bound or
 * format that is none.
 */
export function valueRule(spec: ValueRuleSpec, clock: Clock = machine): ValueRule {
  let compiled: ValueRule | undefined;
  return (value) => {
    compiled ??= compile(spec, clock);
    return compiled(value);
  };
}

function compile(spec: ValueRuleSpec, clock: Clock): ValueRule {
  const type = typeOf(spec.type);
  const show = showOf(spec.classification);
  const typeProblem = canonicalCheck(type, spec.instants, spec.classification);
  // In text files another text may count as missing too.
  const missing = valuesOf(spec.missing?.filter((text) => isValue(text, type)) ?? [], type);
  const isMissing = (value: unknown): boolean => missing.has(value instanceof Date ? textOf(value) : value);
  const rules = spec.lax ? [] : rulesOf(spec, type, clock);
  return (value) => {
    if (value === null || value === undefined)
      return spec.required ? 'is null, though the contract promises a value' : undefined;
    const problem = typeProblem(value);
    if (problem !== undefined) return problem;
    if (rules.length === 0 || (missing.size > 0 && isMissing(value))) return undefined;
    for (const rule of rules) {
      const reason = rule(value);
      if (reason !== undefined) return `${show(value)} ${reason}`;
    }
    return undefined;
  };
}

function typeOf(text: string): LogicalType {
  const parsed = parseLogicalType(text);
  if ('problem' in parsed) throw new RangeError(parsed.problem.message);
  return parsed.type;
}

/** Each asks a value that is canonical, and answers with the end of a sentence about it. */
function rulesOf(spec: ValueRuleSpec, type: LogicalType, clock: Clock): readonly ValueRule[] {
  return [...valuesRules(spec, type), ...textRules(spec, type), ...boundRules(spec, type, clock), ...sizeRules(type)];
}

function valuesRules(spec: ValueRuleSpec, type: LogicalType): readonly ValueRule[] {
  if (!spec.enum) return [];
  const values = valuesOf(spec.enum, type);
  return [
    (value) =>
      values.has(value instanceof Date ? textOf(value) : value) ? undefined : 'is none of the values that may come',
  ];
}

function textRules({ pattern, format, minLength, maxLength }: ValueRuleSpec, type: LogicalType): readonly ValueRule[] {
  if (type.name !== 'string') return [];
  const rules: ((text: string) => string | undefined)[] = [];
  if (pattern !== undefined) {
    const parsed = parsePattern(pattern);
    if ('problem' in parsed) throw new RangeError(parsed.problem.message);
    const words = `does not match ${visible(pattern, 80)}`;
    rules.push((text) => (patternMatches(parsed.tree, text) ? undefined : words));
  }
  if (format !== undefined) {
    formatHolds(format, '');
    rules.push((text) => (formatHolds(format, text) ? undefined : `is no ${format}`));
  }
  if (minLength !== undefined) {
    rules.push((text) => (codePointCount(text) < minLength ? `is shorter than ${minLength} characters` : undefined));
  }
  const longest = Math.min(maxLength ?? Infinity, type.length ?? Infinity);
  if (longest < Infinity) {
    rules.push((text) =>
      text.length > longest && codePointCount(text) > longest ? `is longer than ${longest} characters` : undefined,
    );
  }
  return rules as readonly ValueRule[];
}

function boundRules(spec: ValueRuleSpec, type: LogicalType, clock: Clock): readonly ValueRule[] {
  return boundsOf(spec, type, clock).map(
    ({ words, holds }: Bound): ValueRule =>
      (value) =>
        holds(value) ? undefined : words,
  );
}

function sizeRules(type: LogicalType): readonly ValueRule[] {
  const problem = sizeProblem(type);
  return problem ? [problem] : [];
}
