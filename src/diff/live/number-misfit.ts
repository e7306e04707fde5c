import type { TableView } from '../../checks/check.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { anyOf } from '../../sql/build.ts';
import type { Comparison, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { decimalOf, printDecimal } from '../../util/decimal.ts';

type Exact = Extract<LogicalType, { readonly name: 'integer' | 'decimal' }>;

export function isExact(type: LogicalType): type is Exact {
  return type.name === 'integer' || type.name === 'decimal';
}

/** The numbers between which all values lie, both of them outside, and the digits behind the point. */
interface Extent {
  readonly below: bigint | undefined;
  readonly beyond: bigint | undefined;
  /** Undefined: any number of them. */
  readonly scale: number | undefined;
}

function extentOf(type: Exact): Extent {
  if (type.name === 'integer') {
    const half = type.bits === undefined ? undefined : 2n ** BigInt(type.bits - 1);
    return { below: half && -half - 1n, beyond: half, scale: 0 };
  }
  if (type.precision === undefined) return { below: undefined, beyond: undefined, scale: undefined };
  const { precision, scale = 0 } = type;
  const beyond = 10n ** BigInt(precision - scale);
  return { below: -beyond, beyond, scale };
}

/** Which numbers of one type are none of another: out of range, or with more digits behind the point; undefined: none can be. */
export function numberMisfit(
  declared: Exact,
  found: Exact,
  { dialect, now }: Pick<TableView, 'dialect' | 'now'>,
): ((value: Sql) => Sql) | undefined {
  const [wanted, there] = [extentOf(declared), extentOf(found)];
  const { below, beyond, scale } = wanted;
  const limit = (bound: bigint, comparison: Comparison): Sql => {
    const text = printDecimal(decimalOf(bound));
    const precision = text.replace('-', '').length;
    return dialect.literal({ text, kind: 'decimal', precision, scale: 0 }, found, now, comparison);
  };
  const isLow = below !== undefined && (there.below === undefined || there.below < below);
  const isHigh = beyond !== undefined && (there.beyond === undefined || there.beyond > beyond);
  const isFine = scale !== undefined && (there.scale === undefined || there.scale > scale);
  if (!isLow && !isHigh && !isFine) return undefined;
  return (value) =>
    anyOf(
      isLow ? sql`${value} <= ${limit(below, '<=')}` : undefined,
      isHigh ? sql`${value} >= ${limit(beyond, '>=')}` : undefined,
      isFine ? sql`${value} <> round(${value}, ${sql.lit(scale)})` : undefined,
      dialect.isNaN(value, found),
    );
}
