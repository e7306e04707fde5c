import type { LogicalType } from '../model/logical-type.ts';
import type { Problem } from '../model/problem.ts';

/**
 * Whether a source's type keeps the declared promise (semantics §3): the same logical type, and a length, precision or scale that is at
 * most the declared one. A size that the source does not bound is no problem here: it becomes a rule on values.
 */
export function conform(declared: LogicalType, found: LogicalType): Problem | undefined {
  if (declared.name === 'struct' || declared.name === 'native') return conformByName(declared, found);
  if (declared.name !== found.name) return otherType(declared, found);
  switch (declared.name) {
    case 'string':
      return atMost('length', declared.length, (found as typeof declared).length);
    case 'integer':
    case 'float': {
      const { bits } = found as typeof declared;
      return declared.bits === undefined || bits === undefined || declared.bits === bits
        ? undefined
        : { message: 'another size', hint: 'declare the size that the source has, or convert the column' };
    }
    case 'decimal':
      return conformDecimal(declared, found as typeof declared);
    case 'time':
    case 'timestamp':
    case 'instant':
      return atMost('precision', declared.precision, (found as typeof declared).precision);
    case 'array':
      return conform(declared.element, (found as typeof declared).element);
    case 'map': {
      const map = found as typeof declared;
      return conform(declared.key, map.key) ?? conform(declared.value, map.value);
    }
    default:
      return undefined;
  }
}

/**
 * The type of an expression as it is held to the declared one. Its sizes are nobody's promise: an engine infers them, each in its own way
 * (MySQL makes 64 bits of every sum, DuckDB a digit more). A smaller one is as good as the declared one; a larger one bounds nothing.
 */
export function inferred(declared: LogicalType, found: LogicalType): LogicalType {
  if (declared.name === 'string' && found.name === 'string')
    return beyond(found.length, declared.length) ? { name: 'string' } : found;
  if (declared.name === 'integer' && found.name === 'integer')
    return beyond(found.bits, declared.bits) ? { name: 'integer' } : declared;
  if (declared.name === 'decimal' && found.name === 'decimal')
    return conformDecimal(declared, found) ? { name: 'decimal' } : found;
  if (declared.name === 'float' && found.name === 'float') return beyond(found.bits, declared.bits) ? found : declared;
  return found;
}

function beyond(found: number | undefined, declared: number | undefined): boolean {
  return declared !== undefined && found !== undefined && found > declared;
}

function conformByName(declared: LogicalType, found: LogicalType): Problem | undefined {
  if (declared.name !== 'native') return declared.name === found.name ? undefined : otherType(declared, found);
  const same = found.name === 'native' && found.native.toLowerCase() === declared.native.toLowerCase();
  return same ? undefined : { message: `not the engine's own type "${declared.native}"` };
}

function otherType(declared: LogicalType, found: LogicalType): Problem {
  if (declared.name === 'timestamp' && found.name === 'instant') {
    return { message: 'the column has a time zone', hint: 'declare instant' };
  }
  if (declared.name === 'instant' && found.name === 'timestamp') {
    return { message: 'the column has no time zone', hint: 'declare timestamp and a timezone' };
  }
  return { message: 'another type', hint: 'declare the type that the source has, or convert the column' };
}

type DecimalType = Extract<LogicalType, { name: 'decimal' }>;

function conformDecimal(declared: DecimalType, found: DecimalType): Problem | undefined {
  if (declared.precision === undefined || found.precision === undefined) return undefined;
  const scale = declared.scale ?? 0;
  const foundScale = found.scale ?? 0;
  if (foundScale > scale) return { message: `${foundScale} digits behind the point, declared ${scale}` };
  const whole = declared.precision - scale;
  const foundWhole = found.precision - foundScale;
  return foundWhole > whole ? { message: `${foundWhole} digits before the point, declared ${whole}` } : undefined;
}

function atMost(what: string, declared: number | undefined, found: number | undefined): Problem | undefined {
  return declared !== undefined && found !== undefined && found > declared
    ? { message: `${what} ${found}, declared ${declared}` }
    : undefined;
}
