import type { LogicalType } from '../../model/logical-type.ts';
import type { CellOptions, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { parseDateFormat } from './date-format.ts';
import { nativeType } from './native-type.ts';
import { quoteText } from './quote.ts';

/** A cell read as a type: its value, and whether it is there but does not fit. */
export interface ReadCell {
  readonly value: Sql;
  readonly unparsable: Sql;
}

const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?';
const DAY = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const OFFSET = '(Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)';
const TRUE = ['true', 't', 'yes', 'y', '1'];
const FALSE = ['false', 'f', 'no', 'n', '0'];

/** Reads the text of a cell as a type (semantics §4): the whole cell has to match, nothing is rounded, trimmed or completed. */
export function readCell(raw: Sql, type: LogicalType, options: CellOptions): ReadCell {
  if (type.name === 'string' || type.name === 'native') return { value: raw, unparsable: sql`false` };
  const value = typed(raw, type, options);
  return { value, unparsable: sql`(${raw} is not null and ${value} is null)` };
}

/** The value, NULL where the cell does not fit. */
function typed(raw: Sql, type: LogicalType, options: CellOptions): Sql {
  const native = sql.raw(nativeType(type) ?? 'varchar');
  const cast = (pattern: string, text: Sql): Sql => when(raw, pattern, sql`try_cast(${text} as ${native})`);
  const mark = options.decimal ?? '.';
  const pointed = mark === '.' ? raw : sql`replace(${raw}, ${literal(mark)}, '.')`;
  switch (type.name) {
    case 'integer':
      return cast('[+-]?[0-9]+', raw);
    case 'decimal': {
      const { precision = 38, scale = 10 } = type;
      const size = `0*[0-9]{0,${Math.max(Math.min(precision, 38) - scale, 0)}}`;
      const fraction = scale === 0 ? '0+' : `[0-9]{1,${scale}}0*`;
      // At least one digit before the mark: the lookahead that RE2 has not is a second pattern.
      const shape = sql`regexp_full_match(${raw}, ${literal(`[+-]?[0-9]+(${escaped(mark)}[0-9]+)?`)})`;
      return sql`case when ${shape} then ${cast(`[+-]?${size}(${escaped(mark)}${fraction})?`, pointed)} end`;
    }
    case 'float': {
      const names = sql`${raw} in ('NaN', 'inf', '-inf', 'Infinity', '-Infinity')`;
      const number = cast(`[+-]?[0-9]+(${escaped(mark)}[0-9]+)?([eE][+-]?[0-9]+)?`, pointed);
      return sql`case when ${names} then cast(${raw} as ${native}) else ${finite(number)} end`;
    }
    case 'boolean':
      return sql`case when lower(${raw}) in (${list(TRUE)}) then true when lower(${raw}) in (${list(FALSE)}) then false end`;
    case 'date':
      return options.dateFormat === undefined ? cast(DAY, raw) : formatted(raw, options.dateFormat);
    case 'time':
      return cast(CLOCK, raw);
    case 'timestamp':
      return options.dateFormat === undefined
        ? cast(`${DAY}[T ]${CLOCK}`, raw)
        : sql`cast(${formatted(raw, options.dateFormat)} as timestamp)`;
    case 'instant':
      return cast(`${DAY}[T ]${CLOCK}${OFFSET}`, zoned(raw));
    case 'uuid':
      return cast('[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}', raw);
    case 'json':
      return sql`case when json_valid(${raw}) then cast(${raw} as json) end`;
    case 'bytes':
      return sql`encode(${raw})`;
    default:
      return sql`cast(null as varchar)`;
  }
}

/** A number that is too large is no infinity. */
function finite(number: Sql): Sql {
  return sql`case when isfinite(${number}) then ${number} end`;
}

/** DuckDB's cast to an instant wants seconds, and an offset in digits. */
function zoned(raw: Sql): Sql {
  const seconds = sql`regexp_replace(${raw}, '^(.{13}:[0-9]{2})(Z|[+-])', '\\1:00\\2')`;
  return sql`regexp_replace(replace(${seconds}, 'Z', '+00:00'), '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')`;
}

function formatted(raw: Sql, form: string): Sql {
  const parsed = parseDateFormat(form);
  if ('message' in parsed) return sql`cast(null as date)`;
  return when(raw, parsed.pattern, sql`cast(try_strptime(${raw}, ${literal(parsed.notation)}) as date)`);
}

function when(raw: Sql, pattern: string, value: Sql): Sql {
  return sql`case when regexp_full_match(${raw}, ${literal(pattern)}) then ${value} end`;
}

function literal(text: string): Sql {
  return sql.raw(quoteText(text));
}

function list(texts: readonly string[]): Sql {
  return sql.raw(texts.map(quoteText).join(', '));
}

function escaped(mark: string): string {
  return mark.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}
