import type { CompiledQuery, Expression, SelectQueryBuilder, SqlBool } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { conditionSql } from './conditions.ts';
import { derivedTable } from './derived.ts';
import { kysely } from './kysely.ts';
import { type KnownQueries, PreparingExecutor, type QueryFacts } from './query-executor.ts';
import { contractPlugin } from './query-plugin.ts';
import { standsFor } from './query-scope.ts';
import type { Reading } from './reading.ts';
import { isReadable, type Source } from './source.ts';

type AnyQuery = SelectQueryBuilder<{ [table: string]: object }, string, object>;

/** A builder of Kysely over the contract's columns and features alone, its results decoded. */
export function queryOf(of: Reading): AnyQuery {
  const { source, shape, engine } = of;
  const columns = [...shape.fields.values()]
    .filter(({ column }) => column?.as === undefined || isReadable(column.as, of.definition, source, engine))
    .map(({ name }) => ({ name, alias: name }));
  const derived = derivedTable(
    of.definition,
    shape,
    engine,
    source.known ?? markedSource(of),
    columns,
  ).toOperationNode();
  standsFor(derived, of);
  const known: KnownQueries = new WeakMap();
  const prepare = async (compiled: CompiledQuery, facts?: QueryFacts): Promise<CompiledQuery> => {
    let { sql: text } = compiled;
    for (const each of facts?.tables ?? []) text = placed(text, each, await each.source.ready(of.executor));
    return { ...compiled, sql: text };
  };
  const executor = new PreparingExecutor(of.executor.withPlugin(contractPlugin(known)), known, prepare);
  const table = kysely.AliasNode.create(derived, kysely.IdentifierNode.create(shape.name));
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

const PLACE = 'place';
const QUALIFIER = 'name';

/** Stands for what is only known when the statement runs. */
function markedSource(of: Reading): Source {
  const columns = of.shape.stored.map((name) => [name, markOf(of, `column ${name}`)] as const);
  const { others } = of.source;
  return {
    relation: markOf(of, PLACE),
    qualifier: markOf(of, QUALIFIER),
    values: new Map(columns),
    ...(others && { others }),
  };
}

const IDS = new WeakMap<Reading, number>();
let count = 0;

/** A name that nobody has. */
function markOf(of: Reading, what: string): string {
  const id = IDS.get(of) ?? ++count;
  IDS.set(of, id);
  return of.engine.quote(`surety: ${what} of ${of.shape.name} ${id}`);
}

/** The statement with what the marks of a table stand for. */
function placed(text: string, of: Reading, found: Source): string {
  if (of.source.known) return text;
  let result = text
    .replaceAll(markOf(of, PLACE), () => found.relation)
    .replaceAll(markOf(of, QUALIFIER), () => found.qualifier);
  for (const [name, value] of found.values) result = result.replaceAll(markOf(of, `column ${name}`), () => value);
  return result;
}
