import type { CompiledQuery, Expression, SelectQueryBuilder, SqlBool } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { conditionSql } from './conditions.ts';
import { derivedTable } from './derived.ts';
import { kysely } from './kysely.ts';
import { PreparingExecutor } from './query-executor.ts';
import { contractPlugin } from './query-plugin.ts';
import type { Reading } from './reading.ts';
import type { Source } from './source.ts';

type AnyQuery = SelectQueryBuilder<{ [table: string]: object }, string, object>;

/** A builder of Kysely over the contract's columns and features alone, its results decoded. */
export function queryOf(of: Reading): AnyQuery {
  const { source, shape, engine } = of;
  const marks = source.known ? undefined : markedSource(of);
  const columns = [...shape.fields.keys()].map((name) => ({ name, alias: name }));
  const derived = derivedTable(of.definition, shape, engine, source.known ?? marks?.source ?? never(), columns);
  const prepare = async (compiled: CompiledQuery): Promise<CompiledQuery> => {
    const found = await source.ready(of.executor);
    return marks ? { ...compiled, sql: marks.replaced(compiled.sql, found) } : compiled;
  };
  const executor = new PreparingExecutor(of.executor.withPlugin(contractPlugin(of)), prepare);
  const table = kysely.AliasNode.create(derived.toOperationNode(), kysely.IdentifierNode.create(shape.name));
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

/** Stands for what is only known when the statement runs. */
function markedSource({ shape, engine }: Reading): {
  readonly source: Source;
  replaced(text: string, found: Source): string;
} {
  const mark = (what: string): string => engine.quote(`surety: ${what} of ${shape.name}`);
  const relation = mark('place');
  const values = new Map(shape.stored.map((name) => [name, mark(`column ${name}`)]));
  return {
    source: { relation, values },
    replaced(text, found) {
      let result = text.replaceAll(relation, () => found.relation);
      for (const [name, mark] of values) result = result.replaceAll(mark, () => found.values.get(name) ?? mark);
      return result;
    },
  };
}

function never(): never {
  throw new Error('unreachable');
}
