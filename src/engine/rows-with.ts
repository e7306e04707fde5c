import type { TableView } from '../checks/check.ts';
import type { Feature, WrittenText } from '../model/contract.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';

/** Rows of `source.scan` with further columns; `end` stands behind them. Each engine finds an unqualified name there, and a qualified one as before. */
export function rowsWith(
  { source }: Pick<TableView, 'source'>,
  features: readonly Feature[],
  contractSql: (text: WrittenText) => Sql,
  end: Sql = sql``,
): Sql {
  if (features.length === 0) return source.scan;
  const own = source.listed ? sql.join(source.listed.map((name) => sql.id(name))) : sql`*`;
  const more = features.map(({ name, as }) => sql`${contractSql(as)} as ${sql.id(name)}`);
  return sql`(select ${own}, ${sql.join(more)} from ${source.scan} ${end}) as ${sql.id(source.qualifier ?? 'surety rows')}`;
}
