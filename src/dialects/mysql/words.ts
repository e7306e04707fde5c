import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { plainText, utf8 } from './text.ts';

/** What the two servers write in different ways. */
export interface Words {
  /** True where the text holds a match of the regular expression, by code point and case-sensitive. */
  matches(text: Sql, expression: Sql): Sql;
  /** Whether JSON is a type of its own, and not a text that is checked. */
  readonly hasJson: boolean;
  /** JSON's null as a JSON value. */
  readonly jsonNull: Sql;
  /** A table as our own statements read it. */
  scan(table: Sql): Sql;
}

/** Regular expressions of ICU. */
export const MYSQL: Words = {
  matches: (text, expression) => sql`regexp_like(${utf8(text)}, ${expression}, 'c')`,
  hasJson: true,
  jsonNull: sql`cast('null' as json)`,
  // Over one table without a condition, 8.0.15 gives every count of a statement the value of its count(*).
  scan: (table) => sql`${table} cross join (select 1 as \`surety one\`) \`surety one\``,
};

/** Regular expressions of PCRE2, whose case is that of the collation. */
export const MARIADB: Words = {
  matches: (text, expression) => sql`(${plainText(text)} regexp ${expression})`,
  hasJson: false,
  jsonNull: sql`'null'`,
  scan: (table) => table,
};
