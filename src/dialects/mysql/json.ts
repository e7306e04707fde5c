import type { LogicalType } from '../../model/logical-type.ts';
import { allOf } from '../../sql/build.ts';
import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { DATE, dayExists, instantOf, OFFSET, TIME } from './json-time.ts';
import { asFloat } from './literal.ts';
import { textOf, wholly } from './text.ts';
import type { Words } from './words.ts';

/** A JSON value read as a type: the typed value (NULL where it does not fit), and whether it is there but does not fit. */
export interface JsonReading {
  readonly value: Sql;
  readonly unparsable: Sql;
}

/** Names of `json_type`; what MySQL makes of its own times is a text to everybody else. */
const KINDS = {
  object: ['OBJECT'],
  array: ['ARRAY'],
  boolean: ['BOOLEAN'],
  text: ['STRING', 'DATE', 'TIME', 'DATETIME'],
  number: ['INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'],
} as const;

export const UUID = '[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}';
/** Numbers that decimal(65,30) holds, and those that a float does. */
const EXACT = '-?[0-9]{1,35}([.][0-9]{1,30})?|-?[0-9]([.][0-9]{1,17})?[eE]([+]?[0-2]?[0-9]|-[0-9]|-1[0-3])';
const FLOAT = '-?[0-9]{1,300}([.][0-9]*)?|-?[0-9]{1,9}([.][0-9]*)?[eE][+-]?[0-2]?[0-9]{1,2}';
const WHOLE_DIGITS = 35;

/** Reads a JSON value (NULL for JSON's null) as a type. Nothing is rounded, completed or guessed (semantics §4), and nothing warns. */
export function readJson(json: Sql, type: LogicalType, words: Words): JsonReading {
  const text = sql`json_unquote(${json})`;
  const isA = (kind: keyof typeof KINDS): Sql =>
    sql`json_type(${json}) in (${sql.join(KINDS[kind].map((name) => sql.lit(name)))})`;
  const guarded = (fits: Sql, value: Sql): JsonReading => ({
    value: sql`(case when ${fits} then ${value} end)`,
    unparsable: sql`(${json} is not null and not (${fits}))`,
  });
  // Conditions of an `and` may come in any order, those of `case` do not.
  const formed = (kind: keyof typeof KINDS, form: string, also: Sql, value: Sql): JsonReading =>
    guarded(
      sql`(case when not (${isA(kind)}) then false when ${words.matches(text, wholly(form))} then ${also} else false end)`,
      value,
    );
  const always = sql`true`;
  switch (type.name) {
    case 'struct':
    case 'map':
      return guarded(isA('object'), json);
    case 'array':
      return guarded(isA('array'), json);
    case 'boolean':
      return guarded(isA('boolean'), sql`(${text} = 'true')`);
    case 'string':
      return guarded(isA('text'), text);
    case 'integer':
    case 'decimal': {
      const number = sql`cast(${text} as decimal(65,30))`;
      return formed('number', EXACT, allOf(...limits(number, type)), number);
    }
    case 'float':
      return formed('number', FLOAT, always, asFloat(text));
    case 'date':
      return formed('text', DATE, dayExists(text), sql`cast(${text} as date)`);
    case 'time':
      return formed('text', TIME, always, sql`cast(${text} as time(6))`);
    case 'timestamp':
      return formed('text', `${DATE}[T ]${TIME}`, dayExists(text), sql`cast(${text} as datetime(6))`);
    case 'instant':
      return formed('text', `${DATE}[T ]${TIME}${OFFSET}`, dayExists(text), instantOf(text));
    case 'uuid':
      return formed('text', UUID, always, textOf(sql`lower(${text})`));
    case 'json':
      return { value: json, unparsable: sql`(1 = 0)` };
    default:
      return { value: text, unparsable: sql`(1 = 0)` };
  }
}

function limits(
  number: Sql,
  type: Extract<LogicalType, { name: 'integer' | 'decimal' }>,
): readonly (Sql | undefined)[] {
  if (type.name === 'integer') {
    const limit = sql.lit(2n ** BigInt((type.bits ?? 64) - 1));
    const inRange = type.bits === undefined ? undefined : sql`${number} >= -${limit} and ${number} < ${limit}`;
    return [sql`${number} = floor(${number})`, inRange];
  }
  const { precision, scale = 0 } = type;
  if (precision === undefined) return [];
  const whole = precision - scale;
  return [
    whole < WHOLE_DIGITS ? sql`abs(${number}) < ${sql.lit(10n ** BigInt(whole))}` : undefined,
    sql`${number} = round(${number}, ${sql.lit(scale)})`,
  ];
}

/** The same JSON value; NULL for JSON's null. */
export function withoutNull(json: Sql, { jsonNull }: Words): Sql {
  return sql`nullif(${json}, ${jsonNull})`;
}

export function memberOf(json: Sql, name: string, words: Words): Sql {
  return withoutNull(sql`json_extract(${json}, ${`$.${JSON.stringify(name)}`})`, words);
}

/** An object's values as a list; of what is none, nothing. */
export function mapValues(json: Sql): Sql {
  return sql`json_extract(case when json_type(${json}) = 'OBJECT' then ${json} end, '$.*')`;
}

let depth = 0;

/** True where an element of a JSON list makes the condition true. */
export function anyElement(list: Sql, condition: (element: Sql) => Sql, words: Words): Sql {
  // The elements of lists in lists have names of their own, by depth so that equal conditions have equal texts.
  depth++;
  try {
    const alias = sql.id(`element ${depth}`);
    const elements = sql`json_table(case when json_type(${list}) = 'ARRAY' then ${list} end, '$[*]' columns (v json path '$'))`;
    return sql`exists (select 1 from ${elements} as ${alias} where ${condition(withoutNull(sql`${alias}.v`, words))})`;
  } finally {
    depth--;
  }
}
