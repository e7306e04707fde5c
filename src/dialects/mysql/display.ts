import type { LogicalType } from '../../model/logical-type.ts';
import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { plainText } from './text.ts';

/** Any value as text, in one collation, so that all of them can stand in one column; in the form of the other engines where the type is known. */
export function display(value: Sql, type?: LogicalType): Sql {
  switch (type?.name) {
    case 'boolean':
      // What is neither was never a boolean.
      return plainText(sql`(case ${value} when 0 then 'false' when 1 then 'true' else ${value} end)`);
    case 'bytes':
      return plainText(sql`lower(hex(${value}))`);
    case 'time':
      return withoutZeros(sql`time_format(${value}, '%H:%i:%s.%f')`);
    case 'timestamp':
      return withoutZeros(sql`date_format(${value}, '%Y-%m-%d %H:%i:%s.%f')`);
    case 'instant':
      return plainText(sql`concat(${withoutZeros(sql`date_format(${value}, '%Y-%m-%d %H:%i:%s.%f')`)}, '+00')`);
    default:
      return plainText(value);
  }
}

/** A time with six digits of a second, without those that say nothing. */
function withoutZeros(text: Sql): Sql {
  return plainText(sql`trim(trailing '.' from trim(trailing '0' from ${text}))`);
}
