import type { TableView } from '../../checks/check.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { anyOf } from '../../sql/build.ts';
import { conform } from '../../sql/conform.ts';
import type { Sql, SqlDialect } from '../../sql/dialect.ts';
import { formatByName } from '../../sql/formats.ts';
import { sql } from '../../sql/kysely.ts';
import { printLogicalType } from '../../sql/logical-type.ts';
import { parsePattern } from '../../sql/pattern.ts';
import { isExact, numberMisfit } from './number-misfit.ts';

/**
 * Which values of one type are no values of another: none can be (`never`), those of which the condition is true, or nobody can tell from
 * the values.
 */
export type Misfit = 'never' | ((value: Sql) => Sql) | { readonly unknown: string };

type Of<Name extends LogicalType['name']> = Extract<LogicalType, { readonly name: Name }>;

/** Pure: builds SQL, or says why there is none. Never derived from what an engine casts, since engines round and cut (design). */
export function misfit(declared: LogicalType, found: LogicalType, view: Pick<TableView, 'dialect' | 'now'>): Misfit {
  if (declared.name === 'array' && found.name === 'array') {
    return inParts(declared.element, found.element, view, (list) => list);
  }
  if (declared.name === 'map' && found.name === 'map') {
    return inParts(declared.value, found.value, view, view.dialect.mapValues);
  }
  if (declared.name === 'string' && found.name === 'string') return ofLength(declared, found, view.dialect);
  if (isExact(declared) && isExact(found)) return numberMisfit(declared, found, view) ?? 'never';
  if (declared.name === 'float' && found.name === 'float' && (declared.bits ?? 64) >= (found.bits ?? 64))
    return 'never';
  const unit = unitOf(declared, found);
  if (unit !== undefined) {
    const { dialect } = view;
    // Of infinities there are no microseconds.
    return (value) =>
      sql`case when ${dialect.isFinite(value, found)} then ${dialect.microseconds(value, found)} % ${sql.lit(unit)} end <> 0`;
  }
  if (declared.name === 'uuid' && found.name === 'string') return unlike('uuid', view.dialect);
  return conform(declared, found) ? unknown(declared, found) : 'never';
}

function unknown(declared: LogicalType, found: LogicalType): Misfit {
  return {
    unknown: `which values of ${printLogicalType(found)} are ${printLogicalType(declared)} cannot be told before the column is converted`,
  };
}

/** Elements of lists and values of maps: a row is bad where one of them is. */
function inParts(
  declared: LogicalType,
  found: LogicalType,
  view: Pick<TableView, 'dialect' | 'now'>,
  listOf: (value: Sql) => Sql,
): Misfit {
  const { dialect } = view;
  const { memberValue } = dialect;
  const part = memberValue ? ofJson(declared, dialect, memberValue) : misfit(declared, found, view);
  if (typeof part !== 'function') return part;
  return (value) => dialect.anyElement(listOf(value), part);
}

/** Where members are JSON, reading one as the declared type says whether it fits. */
function ofJson(
  declared: LogicalType,
  dialect: SqlDialect,
  memberValue: NonNullable<SqlDialect['memberValue']>,
): (value: Sql) => Sql {
  const inner =
    declared.name === 'array'
      ? { part: declared.element, listOf: (list: Sql) => list }
      : declared.name === 'map'
        ? { part: declared.value, listOf: dialect.mapValues }
        : undefined;
  const each = inner && ofJson(inner.part, dialect, memberValue);
  return (value) => {
    const read = memberValue(value, declared);
    const length = declared.name === 'string' ? declared.length : undefined;
    return anyOf(
      read.unparsable,
      length === undefined ? undefined : sql`${dialect.codePoints(read.value)} > ${sql.lit(length)}`,
      inner && each && dialect.anyElement(inner.listOf(read.value), each),
    );
  };
}

function ofLength(declared: Of<'string'>, found: Of<'string'>, dialect: SqlDialect): Misfit {
  const { length } = declared;
  if (length === undefined || (found.length ?? Infinity) <= length) return 'never';
  return (value) => sql`${dialect.codePoints(value)} > ${sql.lit(length)}`;
}

function unlike(format: string, dialect: SqlDialect): Misfit {
  const parsed = parsePattern(formatByName(format)?.pattern ?? '');
  return 'tree' in parsed
    ? (value) => sql`not (${dialect.matches(value, parsed.tree)})`
    : { unknown: parsed.problem.message };
}

const DAY = 86_400_000_000;
const MOST_FRACTION = 6;

/** Microseconds of which a time of the declared type is a multiple, where the other type has finer ones. */
function unitOf(declared: LogicalType, found: LogicalType): number | undefined {
  if (declared.name === 'date' && found.name === 'timestamp') return DAY;
  if (declared.name !== 'timestamp' && declared.name !== 'instant') return undefined;
  if (found.name !== declared.name || declared.precision === undefined) return undefined;
  const finest = found.precision ?? MOST_FRACTION;
  // Below a microsecond the engine says nothing that could be counted.
  if (finest <= declared.precision || finest > MOST_FRACTION) return undefined;
  return 10 ** (MOST_FRACTION - declared.precision);
}
