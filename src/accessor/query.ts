import type { CompiledQuery, Expression, SelectQueryBuilder, SqlBool } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { conditionSql } from './conditions.ts';
import { kysely } from './kysely.ts';
import { type KnownQueries, PreparingExecutor, type QueryFacts } from './query-executor.ts';
import { contractPlugin } from './query-plugin.ts';
import { placed, tableNode } from './query-table.ts';
import type { Reading } from './reading.ts';

type AnyQuery = SelectQueryBuilder<{ [table: string]: object }, string, object>;

/** A builder of Kysely over the contract's columns and features alone, its results decoded. */
export function queryOf(of: Reading): AnyQuery {
  const { shape, engine } = of;
  const known: KnownQueries = new WeakMap();
  const prepare = async (compiled: CompiledQuery, facts?: QueryFacts): Promise<CompiledQuery> => {
    let { sql: text } = compiled;
    for (const each of facts?.tables ?? []) text = placed(text, each, await each.source.ready(of.executor));
    return { ...compiled, sql: text };
  };
  const executor = new PreparingExecutor(of.executor.withPlugin(contractPlugin(known)), known, prepare);
  const table = kysely.AliasNode.create(tableNode(of), kysely.IdentifierNode.create(shape.name));
  const query: AnyQuery = kysely.createSelectQueryBuilder({
    queryId: kysely.createQueryId(),
    executor,
    queryNode: kysely.SelectQueryNode.createFrom([table]),
  });
  return of.conditions.reduce(
    (narrowed, each) =>
      narrowed.where(
        conditionSql(each, sql`${sql.id(shape.name, each.field.name)}`, engine.name) as unknown as Expression<SqlBool>,
      ),
    query,
  );
}
