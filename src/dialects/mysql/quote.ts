import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';

/** A name in backquotes. NUL cannot stand in a name. */
export function quoteName(name: string): string {
  if (name.includes('\0')) throw new RangeError('a name cannot hold NUL');
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A name as a piece of SQL. */
export function named(...path: readonly string[]): Sql {
  return sql.raw(path.map(quoteName).join('.'));
}
