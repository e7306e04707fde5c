import type { LogicalType } from '../../model/logical-type.ts';
import type { TypeChange } from './type-class.ts';

type DecimalType = Extract<LogicalType, { name: 'decimal' }>;

/** Two decimal types of different sizes. */
export function compareDecimalTypes(old: DecimalType, now: DecimalType): TypeChange {
  if (now.precision === undefined) return { class: 'type-widened', lost: 'any number of digits can come' };
  const [scale, whole] = [now.scale ?? 0, now.precision - (now.scale ?? 0)];
  if (old.precision === undefined) {
    return { class: 'type-narrowed', lost: `${digits(whole)} before and ${scale} behind the point are left` };
  }
  const [scaleBefore, wholeBefore] = [old.scale ?? 0, old.precision - (old.scale ?? 0)];
  const fewer = `${whole} of ${wholeBefore} integer digits are left`;
  if (scale < scaleBefore) {
    const rounds = `rounds at the ${ordinal(scale + 1)} digit`;
    return { class: 'decimal-scale-decreased', lost: whole < wholeBefore ? `${rounds}, and ${fewer}` : rounds };
  }
  if (scale === scaleBefore) {
    return whole > wholeBefore
      ? { class: 'decimal-precision-increased', lost: `what holds ${digits(wholeBefore)} before the point overflows` }
      : { class: 'decimal-precision-decreased', lost: fewer };
  }
  return whole < wholeBefore
    ? { class: 'decimal-integer-digits-lost', lost: fewer }
    : { class: 'decimal-scale-increased', lost: `what holds ${digits(scaleBefore)} behind the point rounds` };
}

function digits(count: number): string {
  return count === 1 ? '1 digit' : `${count} digits`;
}

const ORDINALS = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

function ordinal(count: number): string {
  const known = ORDINALS[count];
  if (known) return known;
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[count > 20 ? count % 10 : 0] ?? 'th';
  return `${count}${ending}`;
}
