import type { Check, Metric, Plan, TableView } from '../checks/check.ts';
import { failedToMeasure, skipped } from '../checks/judge.ts';
import type { Column } from '../model/contract.ts';
import type { Problem } from '../model/problem.ts';
import type { Sql, Statement } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { namesIn } from './features.ts';
import { PlanRefusal } from './plan-refusal.ts';

/** A check and what it takes to judge it; absent checks are left out. */
export interface PlannedCheck {
  readonly check: Check;
  readonly plan: Exclude<Plan, { absent: true }>;
  /** The table as it was planned on: with the features that the check names. */
  readonly view: TableView;
  /** Keys of its metrics' results, by the metrics' names. */
  readonly keys: ReadonlyMap<string, string>;
}

/** A metric of the scan: equal metrics have equal keys and are measured once. */
export interface ScanItem {
  readonly key: string;
  readonly value: Sql;
  readonly contractSql: boolean;
  /** Features that it may name; absent: none. */
  readonly features?: readonly string[];
  /** How many values it binds. */
  readonly parameters: number;
}

/** One statement that reads data. */
export interface Query {
  readonly key: string;
  readonly statement: Statement;
  readonly why: string;
  readonly contractSql: boolean;
  readonly view: TableView;
}

/** Everything that a table costs: one scan (split only where the engine's select list ends), and what cannot join it. */
export interface TablePlan {
  readonly view: TableView;
  readonly checks: readonly PlannedCheck[];
  readonly scan: readonly ScanItem[];
  readonly queries: readonly Query[];
}

/** Plans all checks of a table; pure. Facts known without a scan will be taken out here, before the scan is put together. */
export function planTable(view: TableView, checks: readonly Check[]): TablePlan {
  const planned: PlannedCheck[] = [];
  const scan = new Map<string, ScanItem>();
  const queries = new Map<string, Query>();
  for (const check of checks) {
    const { plan, view: own } = planOn(view, check);
    if ('absent' in plan) continue;
    const keys = new Map<string, string>();
    planned.push({ check, plan, view: own, keys });
    if ('settled' in plan) continue;
    for (const [name, metric] of Object.entries(plan.metrics)) {
      const target = metric.in === 'query' ? (metric.view ?? view) : view;
      const statement = target.dialect.compile(metric.in === 'scan' ? sql`select ${metric.value}` : metric.query);
      const key = metricKey(target, metric, statement);
      keys.set(name, key);
      const contractSql = metric.contractSql || view.table.where !== undefined || own.features.length > 0;
      if (metric.in === 'query') queries.set(key, { key, statement, why: metric.why, contractSql, view: target });
      else {
        const { value } = metric;
        const features = own.features.length > 0 ? featuresIn(view, [statement]) : [];
        scan.set(key, {
          key,
          value,
          contractSql: metric.contractSql || features.length > 0,
          features,
          parameters: statement.parameters.length,
        });
      }
    }
  }
  return { view, checks: planned, scan: [...scan.values()], queries: [...queries.values()] };
}

/** A plan names its features as columns, whether it has them from the check or from contract SQL: then the rows have to have them. */
function planOn(view: TableView, check: Check): { readonly plan: Plan; readonly view: TableView } {
  const plan = planCheck(view, check);
  if (view.table.features.length === 0 || !('metrics' in plan)) return { plan, view };
  const statements = Object.values(plan.metrics).map((metric) =>
    view.dialect.compile(metric.in === 'scan' ? metric.value : metric.query),
  );
  const own = view.withFeatures(featuresIn(view, statements));
  return own.features.length === view.features.length ? { plan, view } : { plan: planCheck(own, check), view: own };
}

/** Names of the features that the statements may name. */
function featuresIn(view: TableView, statements: readonly Statement[]): readonly string[] {
  const named = namesIn(
    statements.map(({ sql: text }) => ({ text })),
    view.dialect.syntax,
  );
  return view.table.features.map(({ name }) => name).filter((name) => named.has(name.toLowerCase()));
}

function planCheck(view: TableView, check: Check): Plan {
  if (check.later !== undefined) return { settled: skipped(check.later) };
  try {
    const catalog = ['column', 'type', 'extraColumns'].includes(check.kind);
    const kept = catalog ? undefined : forbidden(view, check);
    if (kept) return { settled: failedToMeasure('forbidden', kept.message, kept.hint) };
    const gone = check.kind === 'column' ? undefined : missingName(view, check);
    if (gone === undefined) {
      // The scan has the table's condition in it: where that may not be sent, nothing of the scan can be.
      if (view.table.where && view.source.header && measuresRows(check)) view.contractSql(view.table.where);
      return check.plan(view);
    }
    if (view.source.header) return { settled: skipped('column missing', `column "${gone}" is missing`) };
    // No header means no rows, of which freshness has to tell.
    if (check.kind === 'freshness') return check.plan(view);
    return { settled: skipped('no header', 'the file is empty, so it has no header') };
  } catch (error) {
    if (!(error instanceof PlanRefusal)) throw error;
    return { settled: error.outcome };
  }
}

/** A declared column that the source lacks and that the check, its SQL or the table's `where` names. */
function missingName(view: TableView, check: Check): string | undefined {
  return namedColumn(view, check, (column) => ['missing', 'unknown'].includes(view.found(column).state))?.name;
}

/** Why a column that the check needs cannot be read. */
function forbidden(view: TableView, check: Check): Problem | undefined {
  const kept = (column: Column): Problem | undefined => {
    const found = view.found(column);
    return found.state === 'hidden' || found.state === 'there' ? found.forbidden : undefined;
  };
  const column = namedColumn(view, check, (candidate) => kept(candidate) !== undefined);
  return column && kept(column);
}

/** The first of some declared columns that the check, its SQL or the table's `where` names. */
function namedColumn(view: TableView, check: Check, wanted: (column: Column) => boolean): Column | undefined {
  const columns = view.table.columns.filter(wanted);
  if (columns.length === 0) return undefined;
  const where = view.source.header && measuresRows(check) ? view.table.where : undefined;
  const { syntax } = view.dialect;
  const own = namesIn([...check.sql, ...(where ? [where] : [])], syntax);
  const features = view.table.features.filter(
    ({ name }) => check.columns.includes(name) || own.has(name.toLowerCase()),
  );
  const named = new Set([
    ...own,
    ...namesIn(
      features.map(({ as }) => as),
      syntax,
    ),
  ]);
  return columns.find(
    (column) =>
      check.columns.includes(column.name) ||
      [column.name, ...column.physicalNames].some((name) => named.has(name.toLowerCase())),
  );
}

/** Checks that the catalog answers do not depend on the table's `where`. */
function measuresRows(check: Check): boolean {
  return !['column', 'type', 'extraColumns', 'readable'].includes(check.kind);
}

/** The identity of a metric: its table and its SQL with the values bound. */
function metricKey(target: TableView, metric: Metric, { sql: text, parameters }: Statement): string {
  return JSON.stringify([metric.in, target.contract.id, target.table.name, text, parameters], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
}

/** The statement that computes some metrics of the scan, aliased `m0`, `m1`, …; read by alias, never by position. */
export function scanStatement(view: TableView, items: readonly ScanItem[]): Statement {
  const selected = items.map((item, index) => sql`${item.value} as ${sql.id(`m${index}`)}`);
  const own = scannedView(view, items);
  // A metric a line, for those who read it in `surety plan` and in reports.
  return view.dialect.compile(sql`select ${sql.join(selected, sql`,\n  `)}\n${own.from(own.scope('all'))}`);
}

function scannedView(view: TableView, items: readonly ScanItem[]): TableView {
  const features = items.flatMap((item) => item.features ?? []);
  return features.length > 0 ? view.withFeatures(features) : view;
}

/** The scans that a table costs: one, or as many as its metrics are wider than the engine's select list or bind more values than it takes. */
export function scanChunks({ view, scan }: TablePlan): readonly (readonly ScanItem[])[] {
  if (scan.length === 0) return [];
  const { selectListLimit, parameterLimit } = view.dialect;
  const own = scannedView(view, scan);
  const { parameters: shared } = view.dialect.compile(sql`select 1 ${own.from(own.scope('all'))}`);
  const chunks: ScanItem[][] = [];
  let bound = 0;
  for (const item of scan) {
    const last = chunks.at(-1);
    bound += item.parameters;
    if (last && last.length < selectListLimit && bound + shared.length <= parameterLimit) last.push(item);
    else {
      chunks.push([item]);
      bound = item.parameters;
    }
  }
  return chunks;
}
