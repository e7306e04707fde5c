import type { LogicalType } from '../../model/logical-type.ts';
import { printLogicalType } from '../../sql/logical-type.ts';
import type { TypeChange } from './type-class.ts';
import { compareDecimalTypes } from './type-lattice-decimal.ts';
import { keepsValues } from './type-values.ts';

/**
 * What a change from one logical type to another does; undefined where both are the same. A type is the set of the values it can hold: what
 * an engine would cast without a word proves nothing, since engines round, cut and shift. A type without a size is of any size.
 */
export function compareTypes(old: LogicalType, now: LogicalType): TypeChange | undefined {
  if (old.name === 'array' && now.name === 'array') return compareTypes(old.element, now.element);
  if (old.name === 'map' && now.name === 'map') {
    const keys = compareTypes(old.key, now.key);
    // Whoever looks an entry up does so with the old key's type.
    if (!keys) return compareTypes(old.value, now.value);
    return { class: 'type-changed', lost: `keys are looked up as ${printLogicalType(now.key)}` };
  }
  if (isSame(old, now)) return undefined;
  return compareSized(old, now) ?? compareZones(old, now) ?? compareValues(old, now);
}

function isSame(old: LogicalType, now: LogicalType): boolean {
  if (old.name === 'native' && now.name === 'native') return old.native.toLowerCase() === now.native.toLowerCase();
  return printLogicalType(old) === printLogicalType(now);
}

/** Types with sizes that have rules of their own. */
function compareSized(old: LogicalType, now: LogicalType): TypeChange | undefined {
  if (old.name === 'string' && now.name === 'string') {
    const [before, after] = [old.length ?? Infinity, now.length ?? Infinity];
    return after > before
      ? { class: 'string-length-increased', lost: `what holds ${before} characters cuts or refuses longer ones` }
      : { class: 'string-length-decreased', lost: `texts of more than ${after} characters are cut or refused` };
  }
  if (old.name === 'decimal' && now.name === 'decimal') return compareDecimalTypes(old, now);
  if (!isClock(old) || !isClock(now) || old.name !== now.name) return undefined;
  const [before, after] = [old.precision ?? MOST_FRACTION, now.precision ?? MOST_FRACTION];
  // Without a size it is as fine as the engine has it, and nothing finer than microseconds can be declared.
  if (before === after) return { class: now.precision === undefined ? 'type-widened' : 'type-narrowed' };
  return after > before
    ? { class: 'timestamp-precision-increased', lost: 'times that were equal can differ, and joins on them find less' }
    : {
        class: 'timestamp-precision-decreased',
        lost: `${fractions(after)} are left, and times that differed are equal`,
      };
}

const MOST_FRACTION = 6;

function fractions(digits: number): string {
  return digits === 0 ? 'whole seconds' : `${digits} of the digits behind the second`;
}

function isClock(type: LogicalType): type is Extract<LogicalType, { name: 'time' | 'timestamp' | 'instant' }> {
  return type.name === 'time' || type.name === 'timestamp' || type.name === 'instant';
}

const NAIVE: readonly LogicalType['name'][] = ['date', 'timestamp'];

/** A local time is no moment, and a moment is no local time, until somebody names a zone. */
function compareZones(old: LogicalType, now: LogicalType): TypeChange | undefined {
  const gains = NAIVE.includes(old.name) && now.name === 'instant';
  const loses = old.name === 'instant' && NAIVE.includes(now.name);
  if (!gains && !loses) return undefined;
  return {
    class: 'timestamp-timezone-changed',
    lost: gains
      ? "what was a local time becomes a moment in the zone of whoever converts it: 00:00 can be another day's 05:00Z"
      : 'what was a moment becomes a local time in the zone of whoever converts it, and an hour in autumn comes twice',
  };
}

function compareValues(old: LogicalType, now: LogicalType): TypeChange {
  const forth = keepsValues(old, now);
  const moves = representation(old) !== representation(now);
  if (forth.keeps) {
    return { class: moves ? 'type-representation-changed' : 'type-widened', ...(forth.risk && { lost: forth.risk }) };
  }
  const back = keepsValues(now, old);
  const lost = forth.lost && { lost: forth.lost };
  if (back.keeps && !forth.alters) return { class: moves ? 'type-narrowed-representation' : 'type-narrowed', ...lost };
  return { class: 'type-changed', ...lost };
}

/** How drivers and typed accessors hold the values: where it is the same, code goes on as it is. */
function representation(type: LogicalType): string {
  if (type.name !== 'integer') return type.name;
  return (type.bits ?? 64) > 32 ? 'bigint' : 'integer';
}
