import type { QueryExecutorProvider } from 'kysely';
import { sql } from '../sql/kysely.ts';
import { faultsOf } from '../values/value-problem.ts';
import type { Accessor } from './accessor-types.ts';
import { type Condition, readCondition } from './conditions.ts';
import { engineOf, providing } from './engine.ts';
import { queryOf } from './query.ts';
import { from, type Reading, statementOf } from './reading.ts';
import { columnReaders, rowsReader } from './row-reader.ts';
import { rowsOf } from './rows.ts';
import { sourceOf } from './source.ts';
import type { AccessOptions, TableParts } from './table-parts.ts';
import { fieldOf, type TableShape } from './table-shape.ts';

type AnyAccessor = Accessor<object, object, object, string>;

export function accessorOf(
  parts: TableParts,
  shape: TableShape,
  db: QueryExecutorProvider,
  options: AccessOptions,
): AnyAccessor {
  const given = db.getExecutor();
  if (given.plugins.some((plugin) => plugin.constructor.name === 'WithSchemaPlugin'))
    throw new TypeError('withSchema of Kysely is not heeded here: name the schema as { schema }');
  const executor = given.withoutPlugins();
  const engine = engineOf(executor);
  return reading({
    facts: parts.facts,
    definition: parts.definition,
    shape,
    executor,
    engine,
    source: sourceOf(parts.definition, shape, engine, options),
    readers: columnReaders(shape, engine, parts.instants),
    chosen: shape.stored,
    conditions: [],
  });
}

function reading(of: Reading): AnyAccessor {
  const where = (column: string, operator: string, value: unknown): AnyAccessor =>
    reading({ ...of, conditions: [...of.conditions, conditionOn(of, column, operator, value)] });
  return {
    contract: of.facts,
    select(...columns: readonly string[]) {
      if (columns.length === 0) throw new TypeError('select needs a column');
      for (const column of columns) fieldOf(of.shape, column);
      return reading({ ...of, chosen: [...new Set(columns)] }) as never;
    },
    where: where as never,
    execute: () => execute(of),
    stream: ({ batchSize = 1000 } = {}) => {
      if (!Number.isSafeInteger(batchSize) || batchSize < 1) throw new TypeError('batchSize is a whole number from 1');
      return rowsOf(batches(of, batchSize));
    },
    byKey: (key) => byKey(of, key as Readonly<Record<string, unknown>>),
    async count() {
      const source = await of.source.ready(of.executor);
      const query = sql<{ readonly c0: unknown }>`select count(*) as c0 ${from(of, source, [])}`;
      const { rows } = await query.execute(providing(of.executor));
      return Number(rows[0]?.c0);
    },
    query: () => queryOf(of),
    freshness: async (at = new Date()) => (await import('./freshness.ts')).freshnessOf(of, at),
  };
}

function conditionOn(of: Reading, name: string, operator: string, value: unknown): Condition {
  const field = fieldOf(of.shape, name);
  try {
    return readCondition(field, operator, value, of.readers.of(name));
  } catch (error) {
    const [fault] = faultsOf(error, '');
    throw new TypeError(`${of.shape.name}.${name} cannot be compared: ${fault?.reason}`);
  }
}

async function execute(of: Reading, limit?: number): Promise<object[]> {
  const query = await statementOf(of, limit);
  const result = await of.executor.executeQuery<Record<string, unknown>>(query.compile(providing(of.executor)));
  return rowsReader(of.shape, of.chosen, of.readers)(result);
}

async function* batches(of: Reading, batchSize: number): AsyncGenerator<readonly object[]> {
  const compiled = (await statementOf(of)).compile(providing(of.executor));
  const read = rowsReader(of.shape, of.chosen, of.readers);
  for await (const result of of.executor.stream<Record<string, unknown>>(compiled, batchSize)) yield read(result);
}

async function byKey(of: Reading, key: Readonly<Record<string, unknown>>): Promise<object | undefined> {
  const { key: names } = of.definition;
  if (names.length === 0) throw new TypeError(`${of.shape.name} has no key`);
  const wrong = names.find((name) => key[name] === undefined) ?? Object.keys(key).find((name) => !names.includes(name));
  if (wrong !== undefined)
    throw new TypeError(`the key of ${of.shape.name} is ${names.join(', ')}; look at "${wrong}"`);
  const conditions = names.map((name) => conditionOn(of, name, '=', key[name]));
  const rows = await execute({ ...of, conditions: [...of.conditions, ...conditions] }, 2);
  if (rows.length > 1) throw new Error(`${of.shape.name} has several rows of one key: ${names.join(', ')}`);
  return rows[0];
}
