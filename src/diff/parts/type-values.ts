import type { LogicalType } from '../../model/logical-type.ts';

/** Whether every value of one type is a value of another, and comes back from there as it was. */
export type Kept =
  | {
      readonly keeps: true;
      /** What readers may still stumble over. */
      readonly risk?: string;
    }
  | {
      readonly keeps: false;
      readonly lost?: string;
      /** More than a matter of fit, where engines refuse: values become others in silence, or what readers do with them stops working. */
      readonly alters?: boolean;
    };

const TEXT_OF_UUID = 36;

/** Two types of different families, or two integers or floats of different sizes. */
export function keepsValues(from: LogicalType, to: LogicalType): Kept {
  if (to.name === 'json') return intoJson(from);
  if (from.name === 'json') return { keeps: false, alters: true };
  if (from.name === 'integer') return integerTo(from, to);
  if (from.name === 'decimal' && to.name === 'integer') return decimalToInteger(from, to);
  if (from.name === 'decimal' && to.name === 'float') {
    return { keeps: false, alters: true, lost: `${floatName(to)} has no exact 0.1, and sums of it drift` };
  }
  if (from.name === 'float') return floatTo(from, to);
  if (from.name === 'date' && to.name === 'timestamp') return { keeps: true, risk: 'days become their first instant' };
  if (from.name === 'timestamp' && to.name === 'date')
    return { keeps: false, alters: true, lost: 'the time of day is lost' };
  if (from.name === 'uuid' && to.name === 'string') return uuidToText(to);
  if (from.name === 'string' && to.name === 'uuid') {
    return {
      keeps: false,
      alters: true,
      lost: 'texts that are no uuid are refused, and capitals become small letters',
    };
  }
  return { keeps: false };
}

const INTO_JSON: readonly LogicalType['name'][] = [
  ...(['string', 'boolean', 'integer', 'float', 'uuid'] as const),
  ...(['date', 'time', 'timestamp', 'instant'] as const),
];

function intoJson(from: LogicalType): Kept {
  if (from.name === 'decimal') {
    return { keeps: false, lost: 'numbers of JSON are read as doubles: 9999999999999999.99 becomes 10000000000000000' };
  }
  if (!INTO_JSON.includes(from.name)) return { keeps: false };
  const isLarge = from.name === 'integer' && bitsOf(from) > 53;
  const risk = isLarge
    ? 'most readers of JSON cannot hold 9007199254740993'
    : 'comparisons with plain values find nothing, or are refused';
  return { keeps: true, risk };
}

type Integer = Extract<LogicalType, { name: 'integer' }>;
type Float = Extract<LogicalType, { name: 'float' }>;
type Decimal = Extract<LogicalType, { name: 'decimal' }>;

/** An integer of any size has at most 64 bits. */
function bitsOf({ bits = 64 }: Integer): number {
  return bits;
}

/** The significand, which is how many bits an exact integer may have; of any size, the smaller. */
function significand({ bits }: Float): number {
  return bits === 64 ? 53 : 24;
}

function floatName({ bits }: Float): string {
  return bits === undefined ? 'a float of 32 bits' : `float${bits}`;
}

function largest(type: Integer): bigint {
  return 2n ** BigInt(bitsOf(type) - 1) - 1n;
}

function integerTo(from: Integer, to: LogicalType): Kept {
  switch (to.name) {
    case 'integer': {
      if (to.bits !== undefined && from.bits === undefined && to.bits === 64) {
        return { keeps: false, lost: 'integers of fewer bits no longer come' };
      }
      if (bitsOf(to) >= bitsOf(from)) return { keeps: true, ...risky(integerRisk(from)) };
      return { keeps: false, lost: `int${to.bits} ends at ${largest(to)}: larger values are refused` };
    }
    case 'decimal': {
      const digits = String(largest(from)).length;
      const whole = to.precision === undefined ? Infinity : to.precision - (to.scale ?? 0);
      if (whole >= digits) return { keeps: true };
      return { keeps: false, lost: `${largest(from)} has ${digits} digits, and ${whole} stand before the point` };
    }
    case 'float': {
      const bits = significand(to);
      if (bitsOf(from) <= bits) return { keeps: true, risk: 'a quotient of two of them is no longer whole' };
      return { keeps: false, alters: true, lost: `${floatName(to)} cannot hold ${2n ** BigInt(bits) + 1n}` };
    }
    default:
      return { keeps: false };
  }
}

function risky(risk: string | undefined): { readonly risk?: string } {
  return risk === undefined ? {} : { risk };
}

function integerRisk({ bits }: Integer): string | undefined {
  return bits === undefined || bits === 64
    ? undefined
    : `what holds ${bits} bits overflows from ${2n ** BigInt(bits - 1)} on`;
}

function decimalToInteger(from: Decimal, to: Integer): Kept {
  const scale = from.scale ?? 0;
  if (from.precision === undefined || scale > 0) {
    return { keeps: false, alters: true, lost: 'what stands behind the point is rounded away' };
  }
  if (from.precision < String(largest(to)).length) return { keeps: true };
  return { keeps: false, lost: `int${bitsOf(to)} ends at ${largest(to)}: larger values are refused` };
}

function floatTo(from: Float, to: LogicalType): Kept {
  if (to.name !== 'float') {
    const isNumber = to.name === 'integer' || to.name === 'decimal';
    return {
      keeps: false,
      alters: isNumber,
      ...(isNumber && { lost: 'fractions are rounded, and NaN and infinity have no place' }),
    };
  }
  if (to.bits === undefined) return { keeps: true, risk: 'values of either size can come' };
  if (to.bits === 64) {
    const risk = '0.1 of 32 bits is not the 0.1 of 64 bits, so comparisons with constants find less';
    return from.bits === 32 ? { keeps: true, risk } : { keeps: false, lost: 'values of 32 bits no longer come' };
  }
  // Of any size, nothing was promised that rounding could take away.
  const alters = from.bits === 64;
  return { keeps: false, alters, lost: 'about 7 of 15 digits are left: float32 rounds, and cannot hold 16777217' };
}

function uuidToText(to: Extract<LogicalType, { name: 'string' }>): Kept {
  if ((to.length ?? TEXT_OF_UUID) >= TEXT_OF_UUID) return { keeps: true, risk: 'its letters can come in either case' };
  return { keeps: false, alters: true, lost: `a uuid has ${TEXT_OF_UUID} characters, and ${to.length} are left` };
}
