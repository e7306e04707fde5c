import type { Column } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { printLogicalType } from '../sql/logical-type.ts';
import type { Field } from '../sql/shape.ts';
import { valuesOf } from '../values/enum-values.ts';
import { type ValueRule, valueRule } from '../values/value-rule.ts';
import { bytesSource, jsonSource, uuidSource } from './bits.ts';
import { isListedBy } from './missing.ts';
import { nestedSource } from './nested.ts';
import { decimalSource, floatSource, integerSource } from './numbers.ts';
import type { Source, SourceContext } from './source.ts';
import { textSource } from './text.ts';
import { timeSource } from './times.ts';

/** Tries at a value that keeps the rules of its column. */
const TRIES = 60;

/** Values that keep all rules of the field; `any` gives undefined where none was found. */
export function sourceOf(field: Field<Column>, context: SourceContext): Source {
  const { column, type } = field;
  const keeps = keepsOf(field, context);
  const isThere = isThereOf(field, context);
  const proposed =
    column?.enum && field.shape.kind === 'value'
      ? listSource(enumValues(column, type).filter(keeps))
      : isThere
        ? thinned(proposedBy(field, context), isThere, context.wanted)
        : proposedBy(field, context);
  return {
    ...proposed,
    any(random, attempt) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const value = proposed.any(random, attempt + tries);
        if (value !== undefined && keeps(value)) return value;
      }
      return undefined;
    },
  };
}

/** Whether a value keeps the rules of the field and does not count as missing. */
export function keepsOf(field: Field<Column>, context: SourceContext): (value: unknown) => boolean {
  const rule = field.column ? ruleOf(field.column, field.type, context) : () => undefined;
  const isThere = isThereOf(field, context);
  return (value) => rule(value) === undefined && (isThere === undefined || isThere(value));
}

/** Whether a value is none of those that count as missing; undefined where none does. */
function isThereOf({ column }: Field<Column>, { isNull }: SourceContext): ((value: unknown) => boolean) | undefined {
  if (!isNull && !column?.missing?.values.length) return undefined;
  const isListed = column ? isListedBy(column) : () => false;
  return (value) => !isListed(value) && !isNull?.(value);
}

/** Numbers that are gone through for those that are there. */
const LOOKED = 10_000;

/** The source with its first values numbered anew, without those that are not there. */
function thinned(source: Source, isThere: (value: unknown) => boolean, wanted: number): Source {
  const { size, at } = source;
  if (size === undefined || !at) return source;
  const most = Math.max(LOOKED, wanted * 4);
  const kept = Array.from({ length: size < most ? Number(size) : most }, (_, index) => at(BigInt(index))).filter(
    isThere,
  );
  return { ...source, size: BigInt(kept.length), at: (index) => kept[Number(index)] };
}

/** Why a value breaks the rules of its column, `now` being the instant of the run. */
export function ruleOf(
  column: Column,
  type: LogicalType,
  { now, zone }: Pick<SourceContext, 'now' | 'zone'>,
): ValueRule {
  const { pattern, format, min, max, exclusiveMin, exclusiveMax, minLength, maxLength } = column;
  const isEnum = column.enum !== undefined && !column.enum.open;
  return valueRule(
    {
      type: printLogicalType(type),
      ...(isEnum && { enum: column.enum?.values.map(({ text }) => text) ?? [] }),
      ...(pattern && { pattern: pattern.text }),
      ...(format && type.name === 'string' && { format: format.text }),
      ...(min && { min: min.text }),
      ...(max && { max: max.text }),
      ...(exclusiveMin && { exclusiveMin: exclusiveMin.text }),
      ...(exclusiveMax && { exclusiveMax: exclusiveMax.text }),
      ...(minLength && { minLength: minLength.count }),
      ...(maxLength && { maxLength: maxLength.count }),
      ...(zone !== undefined && { timezone: zone }),
    },
    () => now.microseconds,
  );
}

function proposedBy(field: Field<Column>, context: SourceContext): Source {
  const { column, type, shape } = field;
  const { now, zone, wanted } = context;
  if (shape.kind !== 'value') return nestedSource(field, (part) => sourceOf(part, { now, zone, wanted }));
  const rules = column ?? {};
  switch (type.name) {
    case 'string':
      return textSource(rules, type);
    case 'integer':
      return integerSource(rules, type, context.wanted);
    case 'decimal':
      return decimalSource(rules, type, context.wanted);
    case 'float':
      return floatSource(rules, type);
    case 'boolean':
      return listSource([true, false]);
    case 'date':
    case 'time':
    case 'timestamp':
    case 'instant':
      return timeSource(rules, type, context);
    case 'uuid':
      return uuidSource;
    case 'bytes':
      return bytesSource;
    case 'json':
      return jsonSource;
    default:
      return { any: () => undefined };
  }
}

/** Deprecated values are not written any more, as long as there are others. */
function enumValues(column: Column, type: LogicalType): readonly unknown[] {
  const values = column.enum?.values ?? [];
  const current = values.filter(({ deprecated }) => !deprecated);
  return [
    ...valuesOf(
      (current.length > 0 ? current : values).map(({ text }) => text),
      type,
    ),
  ];
}

/** One of the values of a list. */
export function listSource(values: readonly unknown[]): Source {
  return {
    size: BigInt(values.length),
    at: (index) => values[Number(index)],
    any: (random) => (values.length === 0 ? undefined : random.pick(values)),
  };
}
