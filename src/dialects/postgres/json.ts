import type { LogicalType } from '../../model/logical-type.ts';
import { allOf } from '../../sql/build.ts';
import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';

/** A JSON value read as a type: the typed value (NULL where it does not fit), and whether it is there but does not fit. */
export interface JsonReading {
  readonly value: Sql;
  readonly unparsable: Sql;
}

const DATE = '[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6})?)?';
const OFFSET = '(?:[Zz]|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)';
const UUID = '[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}';
const KINDS: Readonly<Record<string, string>> = { struct: 'object', map: 'object', array: 'array', boolean: 'boolean' };

/** Reads a jsonb value (NULL for JSON's null) as a type. Nothing is rounded, completed or guessed (semantics §4), and nothing can fail. */
export function readJson(json: Sql, type: LogicalType): JsonReading {
  const text = sql`(${json} #>> '{}')`;
  const isA = (kind: string): Sql => sql`jsonb_typeof(${json}) = ${sql.lit(kind)}`;
  const guarded = (fits: Sql, value: Sql): JsonReading => ({
    value: sql`(case when ${fits} then ${value} end)`,
    unparsable: sql`(${json} is not null and not (${fits}))`,
  });
  const matching = (form: string, also: readonly Sql[], native: string): JsonReading =>
    guarded(
      // Conditions of an `and` come in any order, those of nested `case` do not.
      sql`(case when ${isA('string')} and ${text} ~ ${sql.lit(`^${form}$`)} then ${allOf(...also)} else false end)`,
      sql`cast(${text} as ${sql.raw(native)})`,
    );
  switch (type.name) {
    case 'struct':
    case 'map':
    case 'array':
      return guarded(isA(KINDS[type.name] ?? ''), json);
    case 'boolean':
      return guarded(isA('boolean'), sql`cast(${text} as boolean)`);
    case 'string':
      return guarded(isA('string'), text);
    case 'integer': {
      const limit = sql.lit(String(2n ** BigInt((type.bits ?? 64) - 1)));
      const number = sql`cast(${text} as numeric)`;
      const inRange =
        type.bits === undefined
          ? undefined
          : sql`${number} >= -cast(${limit} as numeric) and ${number} < cast(${limit} as numeric)`;
      const whole = allOf(sql`${number} = trunc(${number})`, inRange);
      return guarded(sql`(case when ${isA('number')} then ${whole} else false end)`, number);
    }
    case 'decimal': {
      const number = sql`cast(${text} as numeric)`;
      const { precision, scale = 0 } = type;
      const fits =
        precision === undefined
          ? undefined
          : sql`abs(${number}) < cast(${sql.lit(`1e${precision - scale}`)} as numeric) and ${number} = round(${number}, ${sql.lit(scale)})`;
      return guarded(sql`(case when ${isA('number')} then ${allOf(fits)} else false end)`, number);
    }
    case 'float':
      return guarded(
        sql`(case when ${isA('number')} then ${fitsFloat(sql`cast(${text} as numeric)`)} else ${isA('string')} and ${text} in ('NaN', 'Infinity', '-Infinity') end)`,
        sql`cast(${text} as double precision)`,
      );
    case 'date':
      return matching(DATE, [dayExists(text)], 'date');
    case 'time':
      return matching(TIME, [], 'time');
    case 'timestamp':
      return matching(`${DATE}[T ]${TIME}`, [dayExists(text)], 'timestamp');
    case 'instant':
      return matching(`${DATE}[T ]${TIME}${OFFSET}`, [dayExists(text)], 'timestamptz');
    case 'uuid':
      return matching(UUID, [], 'uuid');
    case 'json':
      return { value: json, unparsable: sql`(1 = 0)` };
    default:
      return { value: text, unparsable: sql`(1 = 0)` };
  }
}

/** Whether a number is neither too large nor too close to zero for 64 bits, for which PostgreSQL has errors. */
function fitsFloat(number: Sql): Sql {
  return sql`(${number} = 0 or abs(${number}) between cast('2.3e-308' as numeric) and cast('1.79e308' as numeric))`;
}

/** Whether the day of an ISO date is one of its month. */
function dayExists(text: Sql): Sql {
  const part = (from: number, length: number): Sql =>
    sql`cast(substr(${text}, ${sql.lit(from)}, ${sql.lit(length)}) as integer)`;
  const [year, month, day] = [part(1, 4), part(6, 2), part(9, 2)];
  const leap = sql`(${year} % 4 = 0 and (${year} % 100 <> 0 or ${year} % 400 = 0))`;
  const days = sql`(case when ${month} = 2 then case when ${leap} then 29 else 28 end when ${month} in (4, 6, 9, 11) then 30 else 31 end)`;
  return sql`${year} > 0 and ${day} <= ${days}`;
}

let depth = 0;

/** True where an element of a jsonb list, or a value of a jsonb object, makes the condition true. */
export function anyJsonElement(values: Sql, condition: (element: Sql) => Sql): Sql {
  // The elements of lists in lists have names of their own, by depth so that equal conditions have equal texts.
  depth++;
  try {
    const alias = sql.id(`element ${depth}`);
    const element = sql`nullif(${alias}.v, 'null')`;
    return sql`exists (select 1 from ${values} as ${alias}(v) where ${condition(element)})`;
  } finally {
    depth--;
  }
}
