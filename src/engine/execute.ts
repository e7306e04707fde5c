import type { Row, Value } from '../model/value.ts';
import { EngineError, type RunOptions, type Session } from '../sql/dialect.ts';
import { type ScanItem, scanChunks, scanStatement, type TablePlan } from './plan.ts';

/** What a metric came to: a value, rows, or why there is none. */
export type Result = { readonly value: Value } | { readonly rows: readonly Row[] } | { readonly error: EngineError };

export type Results = Map<string, Result>;

/** Runs the statements of a table; a statement that fails costs only its own metrics. */
export async function executeTable(
  plan: TablePlan,
  sessionOf: (plan: TablePlan['queries'][number]['view']) => Promise<Session>,
  options: RunOptions,
): Promise<Results> {
  const results: Results = new Map();
  for (const items of scanChunks(plan)) await scan(plan, items, await sessionOf(plan.view), options, results);
  for (const query of plan.queries) {
    const result = await attempt(async () => {
      const session = await sessionOf(query.view);
      return { rows: await session.run(query.statement, options) };
    });
    results.set(query.key, result);
  }
  return results;
}

async function scan(
  plan: TablePlan,
  items: readonly ScanItem[],
  session: Session,
  options: RunOptions,
  results: Results,
): Promise<void> {
  const outcome = await attempt(async () => ({ rows: await session.run(scanStatement(plan.view, items), options) }));
  if ('rows' in outcome) {
    const row = outcome.rows[0];
    for (const [index, item] of items.entries()) results.set(item.key, { value: row?.[`m${index}`] ?? null });
    return;
  }
  const error = 'error' in outcome ? outcome.error : undefined;
  // A statement that ran out of time would run out of it again in pieces.
  if (items.length === 1 || error?.failure !== 'failed') {
    for (const item of items) if (error) results.set(item.key, { error });
    return;
  }
  for (const part of takeApart(items)) await scan(plan, part, session, options, results);
}

/** First our own metrics without the contract's SQL, and each piece of contract SQL by itself; only then halves. */
function takeApart(items: readonly ScanItem[]): readonly (readonly ScanItem[])[] {
  const own = items.filter((item) => !item.contractSql);
  if (own.length > 0 && own.length < items.length)
    return [own, ...items.filter((item) => item.contractSql).map((item) => [item])];
  const middle = Math.ceil(items.length / 2);
  return own.length === 0 ? items.map((item) => [item]) : [items.slice(0, middle), items.slice(middle)];
}

async function attempt<T extends Result>(run: () => Promise<T>): Promise<T | { readonly error: EngineError }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof EngineError) return { error };
    throw error;
  }
}
