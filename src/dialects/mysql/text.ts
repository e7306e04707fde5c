import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';

/** A text as its bytes in UTF-8: over any collation and character set it compares by code point, without padding (semantics §2). */
export function textOf(value: Sql): Sql {
  return sql`cast(${utf8(value)} as binary)`;
}

/** A text, or the bytes of one, in UTF-8. */
export function utf8(value: Sql): Sql {
  return sql`convert(${value} using utf8mb4)`;
}

/** The same with a collation that goes together with every other of ours, and sorts by code point. */
export function plainText(value: Sql): Sql {
  return sql`(${utf8(value)} collate utf8mb4_bin)`;
}

/** A regular expression that the whole text has to match; `$` would let a line break come after it. */
export function wholly(expression: string): Sql {
  return sql.lit(`\\A(?:${expression})\\z`);
}
