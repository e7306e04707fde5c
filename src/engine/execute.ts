import type { Row, Value } from '../model/value.ts';
import { EngineError, type RunOptions, type Session, type Warehouse } from '../sql/dialect.ts';
import { type Query, type ScanItem, scanChunks, scanStatement, type TablePlan } from './plan.ts';
import type { Recorder } from './record.ts';

/** What a metric came to: a value, rows, or why there is none. */
export type Result = { readonly value: Value } | { readonly rows: readonly Row[] } | { readonly error: EngineError };

export type Results = Map<string, Result>;

/** What was measured, and the session that still holds the snapshot it was measured in. */
export interface Executed {
  readonly results: Results;
  /** Absent: nothing was sent to the table's own warehouse, or it is out of reach. */
  readonly session: Session | undefined;
}

/** Connections that are opened again for a table when one is lost under it. */
const RECONNECTS = 1;

/**
 * Runs the statements of a table in one snapshot; a statement that fails costs only its own metrics. If the connection is lost, what was
 * running is an error, and all the rest is measured once more on a new one, so that no two snapshots are mixed. What ran out of its time
 * is not tried again. The caller closes the session.
 */
export async function executeTable(
  plan: TablePlan,
  warehouseOf: (view: Query['view']) => Warehouse,
  options: RunOptions,
  recorder: Recorder,
): Promise<Executed> {
  const own = warehouseOf(plan.view);
  const results: Results = new Map();
  // Whoever waits for a session here holds none elsewhere: two warehouses can never wait for each other.
  for (const query of plan.queries.filter(({ view }) => warehouseOf(view) !== own)) {
    results.set(query.key, await runElsewhere(query, warehouseOf(query.view), options, recorder));
  }
  const chunks = scanChunks(plan);
  const queries = plan.queries.filter(({ view }) => warehouseOf(view) === own);
  const wanted = [...chunks.flat(), ...queries];
  if (wanted.length === 0) return { results, session: undefined };
  const kept: Results = new Map();
  let measured: Results = new Map();
  const finish = (error: EngineError, session: Session | undefined): Executed => {
    for (const { key } of wanted) results.set(key, kept.get(key) ?? measured.get(key) ?? { error });
    return { results, session };
  };
  for (let reconnects = 0; ; reconnects++) {
    const session = await attempt(() => own.session(options));
    if ('error' in session) return finish(session.error, undefined);
    measured = new Map();
    await runOwn({ view: plan.view, session, options, recorder, measured, kept }, chunks, queries);
    const lost = new EngineError('lost', 'the connection was lost before it was measured');
    if (!session.lost) return finish(lost, session);
    await session.close();
    if (reconnects === RECONNECTS) return finish(lost, undefined);
  }
}

/** Statements on one session. */
interface Running {
  readonly view: TablePlan['view'];
  readonly session: Session;
  readonly options: RunOptions;
  readonly recorder: Recorder;
  /** What this session gives. */
  readonly measured: Results;
  /** What is never sent again: it was running when a connection was lost, or ran out of its time. */
  readonly kept: Results;
}

async function runOwn(
  running: Running,
  chunks: readonly (readonly ScanItem[])[],
  queries: readonly Query[],
): Promise<void> {
  const { session, options, recorder, kept, measured } = running;
  for (const chunk of chunks) {
    if (session.lost) return;
    const items = chunk.filter(({ key }) => !kept.has(key));
    if (items.length > 0) await scan(running, items);
  }
  for (const query of queries) {
    if (session.lost) return;
    if (kept.has(query.key)) continue;
    const outcome = await attempt(() => runQuery(query, session, options, recorder));
    if ('error' in outcome) note(running, [query], outcome.error);
    else measured.set(query.key, outcome);
  }
}

function note({ kept, measured }: Running, items: readonly { readonly key: string }[], error: EngineError): void {
  const of = error.failure === 'lost' || error.failure === 'time-out' ? kept : measured;
  for (const { key } of items) of.set(key, { error });
}

async function runQuery(
  { statement, why, contractSql }: Query,
  session: Session,
  options: RunOptions,
  recorder: Recorder,
): Promise<{ rows: readonly Row[] }> {
  return { rows: await recorder.run(session, statement, why, { ...options, contractSql }) };
}

async function runElsewhere(
  query: Query,
  warehouse: Warehouse,
  options: RunOptions,
  recorder: Recorder,
): Promise<Result> {
  return attempt(async () => {
    const session = await warehouse.session(options);
    try {
      return await runQuery(query, session, options, recorder);
    } finally {
      await session.close();
    }
  });
}

async function scan(running: Running, items: readonly ScanItem[]): Promise<void> {
  const { view, session, options, recorder, measured } = running;
  if (session.lost) return;
  const contractSql = view.table.where !== undefined || items.some((item) => item.contractSql);
  const outcome = await attempt(async () => ({
    rows: await recorder.run(session, scanStatement(view, items), scanWords(items.length), { ...options, contractSql }),
  }));
  if ('rows' in outcome) {
    const row = outcome.rows[0];
    for (const [index, item] of items.entries()) measured.set(item.key, { value: row?.[`m${index}`] ?? null });
    return;
  }
  const { error } = outcome;
  // A statement that ran out of time would run out of it again in pieces.
  if (items.length === 1 || error.failure !== 'failed') return note(running, items, error);
  for (const part of takeApart(items)) await scan(running, part);
}

/** First our own metrics without the contract's SQL, and each piece of contract SQL by itself; only then halves. */
function takeApart(items: readonly ScanItem[]): readonly (readonly ScanItem[])[] {
  const own = items.filter((item) => !item.contractSql);
  if (own.length > 0 && own.length < items.length)
    return [own, ...items.filter((item) => item.contractSql).map((item) => [item])];
  const middle = Math.ceil(items.length / 2);
  return own.length === 0 ? items.map((item) => [item]) : [items.slice(0, middle), items.slice(middle)];
}

function scanWords(count: number): string {
  return `scan for ${count} ${count === 1 ? 'metric' : 'metrics'}`;
}

async function attempt<T>(run: () => Promise<T>): Promise<T | { readonly error: EngineError }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof EngineError) return { error };
    throw error;
  }
}
