import type {
  CompiledQuery,
  ConnectionProvider,
  KyselyPlugin,
  QueryExecutor,
  QueryId,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely';
import { decoded } from './query-decoder.ts';
import type { QueryColumns } from './query-scope.ts';
import type { Reading } from './reading.ts';

/** What is known of a query once it is compiled. */
export interface QueryFacts {
  /** The tables of contracts in it. */
  readonly tables: readonly Reading[];
  /** Those of contracts among what it gives. */
  readonly columns: QueryColumns;
}

/** Of queries, by their ids and by what they are compiled from: an id is that of all queries that grew from one. */
export type KnownQueries = WeakMap<QueryId | RootOperationNode, QueryFacts>;

/** What a compiled statement becomes before it runs. */
type Prepare = <R>(compiled: CompiledQuery<R>, facts: QueryFacts | undefined) => Promise<CompiledQuery<R>>;

/** An executor that prepares each statement, when it runs and not before: what that needs may have to be asked of the engine. */
export class PreparingExecutor implements QueryExecutor {
  readonly #inner: QueryExecutor;
  readonly #known: KnownQueries;
  readonly #prepare: Prepare;

  constructor(inner: QueryExecutor, known: KnownQueries, prepare: Prepare) {
    this.#inner = inner;
    this.#known = known;
    this.#prepare = prepare;
  }

  get adapter(): QueryExecutor['adapter'] {
    return this.#inner.adapter;
  }

  get plugins(): QueryExecutor['plugins'] {
    return this.#inner.plugins;
  }

  transformQuery<T extends RootOperationNode>(node: T, queryId: QueryId): T {
    const transformed = this.#inner.transformQuery(node, queryId);
    const facts = this.#known.get(queryId);
    if (facts) this.#known.set(transformed, facts);
    return transformed;
  }

  compileQuery<R>(node: RootOperationNode, queryId: QueryId): CompiledQuery<R> {
    return this.#inner.compileQuery(node, queryId);
  }

  async executeQuery<R>(compiled: CompiledQuery<R>): Promise<QueryResult<R>> {
    const facts = this.#known.get(compiled.query);
    const result = await this.#inner.executeQuery<R>(await this.#prepare(compiled, facts));
    return decodedResult(result, facts);
  }

  async *stream<R>(compiled: CompiledQuery<R>, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    const facts = this.#known.get(compiled.query);
    const results = this.#inner.stream<R>(await this.#prepare(compiled, facts), chunkSize);
    for await (const result of results) yield decodedResult(result, facts);
  }

  provideConnection: QueryExecutor['provideConnection'] = (consumer) => this.#inner.provideConnection(consumer);

  withConnectionProvider(provider: ConnectionProvider): QueryExecutor {
    return this.#with(this.#inner.withConnectionProvider(provider));
  }

  withPlugin(plugin: KyselyPlugin): QueryExecutor {
    if (plugin.constructor.name === 'CamelCasePlugin')
      throw new TypeError(
        'names of a contract stay as they are: select them under others, as in "placed_at as placedAt"',
      );
    return this.#with(this.#inner.withPlugin(plugin));
  }

  withPlugins(plugins: readonly KyselyPlugin[]): QueryExecutor {
    return this.#with(this.#inner.withPlugins(plugins));
  }

  withPluginAtFront(plugin: KyselyPlugin): QueryExecutor {
    return this.#with(this.#inner.withPluginAtFront(plugin));
  }

  withoutPlugins(): QueryExecutor {
    return this.#with(this.#inner.withoutPlugins());
  }

  #with(inner: QueryExecutor): QueryExecutor {
    return new PreparingExecutor(inner, this.#known, this.#prepare);
  }
}

function decodedResult<R>(result: QueryResult<R>, facts: QueryFacts | undefined): QueryResult<R> {
  const columns = [...(facts?.columns ?? [])];
  if (columns.length === 0) return result;
  return { ...result, rows: result.rows.map((row) => decoded(row as UnknownRow, columns) as R) };
}
