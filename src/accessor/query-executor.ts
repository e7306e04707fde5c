import type {
  CompiledQuery,
  ConnectionProvider,
  KyselyPlugin,
  QueryExecutor,
  QueryId,
  QueryResult,
  RootOperationNode,
} from 'kysely';

/** What a compiled statement becomes before it runs. */
export type Prepare = (compiled: CompiledQuery) => Promise<CompiledQuery>;

/** An executor that prepares each statement, when it runs and not before: what that needs may have to be asked of the engine. */
export class PreparingExecutor implements QueryExecutor {
  readonly #inner: QueryExecutor;
  readonly #prepare: Prepare;

  constructor(inner: QueryExecutor, prepare: Prepare) {
    this.#inner = inner;
    this.#prepare = prepare;
  }

  get adapter(): QueryExecutor['adapter'] {
    return this.#inner.adapter;
  }

  get plugins(): QueryExecutor['plugins'] {
    return this.#inner.plugins;
  }

  transformQuery<T extends RootOperationNode>(node: T, queryId: QueryId): T {
    return this.#inner.transformQuery(node, queryId);
  }

  compileQuery<R>(node: RootOperationNode, queryId: QueryId): CompiledQuery<R> {
    return this.#inner.compileQuery(node, queryId);
  }

  async executeQuery<R>(compiled: CompiledQuery<R>): Promise<QueryResult<R>> {
    return this.#inner.executeQuery<R>((await this.#prepare(compiled)) as CompiledQuery<R>);
  }

  async *stream<R>(compiled: CompiledQuery<R>, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    yield* this.#inner.stream<R>((await this.#prepare(compiled)) as CompiledQuery<R>, chunkSize);
  }

  provideConnection: QueryExecutor['provideConnection'] = (consumer) => this.#inner.provideConnection(consumer);

  withConnectionProvider(provider: ConnectionProvider): QueryExecutor {
    return this.#with(this.#inner.withConnectionProvider(provider));
  }

  withPlugin(plugin: KyselyPlugin): QueryExecutor {
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
    return new PreparingExecutor(inner, this.#prepare);
  }
}
