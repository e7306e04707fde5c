import type { LogicalType } from '../../model/logical-type.ts';
import type { Comparison, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { type Decimal, parseDecimal, printDecimal } from '../../util/decimal.ts';

/** Most digits of a DuckDB decimal. */
const MOST = 38;
/** What an integer of 128 bits holds, signed or not. */
const HUGE = { least: -(2n ** 127n), signed: 2n ** 127n - 1n, most: 2n ** 128n - 1n };

/** Digits before and behind the point that a column may hold; of the 128-bit integers 39. */
interface Sizes {
  readonly whole: number;
  readonly scale: number;
}

/**
 * A number that compares exactly with every value of the column. DuckDB brings both sides of a comparison to one decimal of at most 38
 * digits and raises where a value does not fit. Where the two do not go together, the literal is moved to the next value of the column
 * for which the comparison has the same answer, or to infinity if it is beyond all of them.
 */
export function decimalLiteral(text: string, type: LogicalType, comparison?: Comparison): Sql {
  const parsed = parseDecimal(text);
  const literal = parsed && parseDecimal(printDecimal(parsed));
  if (!literal) throw new RangeError(`"${text}" is not a number`);
  const column = sizesOf(type);
  if (column.whole > MOST) return huge(literal, comparison);
  return plain(literal, column) ?? moved(literal, column, comparison);
}

function plain(literal: Decimal, column: Sizes): Sql | undefined {
  const whole = wholeDigits(literal);
  if (Math.max(whole, column.whole) + Math.max(literal.scale, column.scale) > MOST) return undefined;
  return sql`cast(${printDecimal(literal)} as ${sql.raw(`decimal(${Math.max(whole + literal.scale, 1)}, ${literal.scale})`)})`;
}

function moved(literal: Decimal, column: Sizes, comparison: Comparison | undefined): Sql {
  const near = literal.scale <= column.scale ? literal : toScale(literal, column.scale, comparison);
  if (!near) return never();
  return (wholeDigits(near) > column.whole ? undefined : plain(near, column)) ?? infinity(literal);
}

function huge(literal: Decimal, comparison: Comparison | undefined): Sql {
  const near = literal.scale === 0 ? literal : toScale(literal, 0, comparison);
  if (!near) return never();
  const { coefficient } = near;
  if (coefficient < HUGE.least || coefficient > HUGE.most) return infinity(near);
  return sql`cast(${String(coefficient)} as ${sql.raw(coefficient > HUGE.signed ? 'uhugeint' : 'hugeint')})`;
}

/** The next value with so few places: upwards for `<` and `>=`, downwards for `>` and `<=`; undefined for equality, which none has. */
function toScale(literal: Decimal, scale: number, comparison: Comparison | undefined): Decimal | undefined {
  if (comparison === undefined) return undefined;
  const unit = 10n ** BigInt(literal.scale - scale);
  const rest = ((literal.coefficient % unit) + unit) % unit;
  const below = (literal.coefficient - rest) / unit;
  return { coefficient: comparison === '<' || comparison === '>=' ? below + 1n : below, scale };
}

function wholeDigits({ coefficient, scale }: Decimal): number {
  const size = coefficient < 0n ? -coefficient : coefficient;
  const whole = size / 10n ** BigInt(scale);
  return whole === 0n ? 0 : String(whole).length;
}

function infinity({ coefficient }: Decimal): Sql {
  return sql`cast(${coefficient < 0n ? '-inf' : 'inf'} as double)`;
}

/** Equal to no number. */
function never(): Sql {
  return sql`cast(${'nan'} as double)`;
}

function sizesOf(type: LogicalType): Sizes {
  if (type.name === 'integer') {
    return { whole: type.bits === undefined ? MOST + 1 : { 8: 3, 16: 5, 32: 10, 64: 19 }[type.bits], scale: 0 };
  }
  if (type.name !== 'decimal') return { whole: 0, scale: 0 };
  const { precision = MOST, scale = 0 } = type;
  return { whole: precision - scale, scale };
}
