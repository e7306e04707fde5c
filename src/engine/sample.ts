import type { FailingQuery, FailingRows, Measuring, RuleCount, TableView } from '../checks/check.ts';
import { countOf } from '../checks/judge.ts';
import type { RuleResult, Samples } from '../model/run.ts';
import type { Row, Value } from '../model/value.ts';
import type { Session, Sql, Statement } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { printDecimal } from '../util/decimal.ts';
import { visible } from '../util/visible.ts';
import { says } from './redact.ts';

/** A broken check of a table that has rows to show. */
export interface Broken {
  readonly path: string;
  readonly plan: Measuring;
  /** The table as the check was planned on. */
  readonly view: TableView;
}

export interface Evidences {
  readonly samples: ReadonlyMap<string, Samples>;
  readonly rules: ReadonlyMap<string, readonly RuleResult[]>;
}

/** The statement that fetches the failing rows of several checks, and the counts of their rules, at once. */
export function sampleStatement(view: TableView, broken: readonly Broken[], limit: number): Statement | undefined {
  const width = Math.max(1, ...broken.map(({ plan }) => rowsOf(plan)?.columns.length ?? 0));
  const parts = broken.flatMap(({ plan, view: own }, part) => {
    const rows = rowsOf(plan);
    return [
      ...(rows && limit > 0 ? [rowsPart(rows, part, width, limit)] : []),
      ...(plan.rules ? [rulesPart(own, plan.rules, part, width)] : []),
    ];
  });
  if (parts.length === 0) return undefined;
  return view.dialect.compile(sql.join(parts, sql` union all `) as Sql);
}

function rowsOf(plan: Measuring): FailingRows | undefined {
  return plan.failing && 'from' in plan.failing ? plan.failing : undefined;
}

/** `part, line, c0 … cn` of the first rows in order. */
function rowsPart(rows: FailingRows, part: number, width: number, limit: number): Sql {
  const keys = rows.columns.slice(0, Math.max(1, rows.orderBy)).map(({ value, order }) => order ?? value);
  const inner = [
    ...rows.columns.map(({ value }, index) => sql`${value} as ${sql.id(`c${index}`)}`),
    ...keys.map((key, index) => sql`${key} as ${sql.id(`k${index}`)}`),
  ];
  const cells = cellsOf(rows.columns.length, width).map((cell, index) => sql`${cell} as ${sql.id(`c${index}`)}`);
  const ordered = sql.join(keys.map((_, index) => sql.id(`k${index}`)));
  const first = sql`select ${sql.join(inner)} ${rows.from} order by ${sql.join(keys)} limit ${sql.lit(limit)}`;
  return sql`select ${sql.lit(part)} as part, row_number() over (order by ${ordered}) as line, ${sql.join(cells)} from (${first}) s`;
}

/** One row for each rule, told apart by a negative line. */
function rulesPart(view: TableView, rules: readonly RuleCount[], part: number, width: number): Sql {
  const counts = sql.join(rules.map(({ count }, index) => sql`${count} as ${sql.id(`r${index}`)}`));
  const from = sql`from (select ${counts} ${view.from(view.scope('all'))}) s`;
  const lines = rules.map((_, index) => {
    const cells = [view.dialect.display(sql.id(`r${index}`) as unknown as Sql), ...cellsOf(0, width).slice(1)];
    return sql`select ${sql.lit(part)} as part, ${sql.lit(-1 - index)} as line, ${sql.join(cells.map((cell, cellIndex) => sql`${cell} as ${sql.id(`c${cellIndex}`)}`))} ${from}`;
  });
  return sql.join(lines, sql` union all `);
}

function cellsOf(count: number, width: number): Sql[] {
  return Array.from({ length: width }, (_, index) => (index < count ? sql`${sql.id(`c${index}`)}` : sql`null`));
}

/** Turns the rows of `sampleStatement` into samples and counts by check path; every value goes through the mask. */
export function readSamples(view: TableView, broken: readonly Broken[], rows: readonly Row[]): Evidences {
  const samples = new Map<string, Samples>();
  const rules = new Map<string, readonly RuleResult[]>();
  for (const [part, { path, plan }] of broken.entries()) {
    const own = rows
      .filter((row) => Number(row['part']) === part)
      .sort((a, b) => Number(a['line']) - Number(b['line']));
    const failing = rowsOf(plan);
    const lines = own.filter((row) => Number(row['line']) > 0);
    if (failing && lines.length > 0) {
      samples.set(path, {
        columns: failing.columns.map(({ label }) => visible(label)),
        rows: lines.map((row) =>
          failing.columns.map(({ shows }, index) => shownText(view, shows, row[`c${index}`] ?? null)),
        ),
      });
    }
    if (plan.rules) {
      const counts = plan.rules.map(({ rule }, index) => {
        const row = own.find((candidate) => Number(candidate['line']) === -1 - index);
        return { rule, rows: Number(countOf(row?.['c0'])) };
      });
      rules.set(
        path,
        counts.filter((count) => count.rows > 0),
      );
    }
  }
  return { samples, rules };
}

function shownText(view: TableView, shows: readonly string[], value: Value): string | null {
  return value === null ? null : visible(view.mask(shows, printValue(value)));
}

/** Rows of a query of the contract. Once the contract has a masked column, only values under names of unmasked columns show. */
export async function sampleQuery(
  view: TableView,
  failing: FailingQuery,
  limit: number,
  run: (statement: Statement) => ReturnType<Session['run']>,
): Promise<Samples | undefined> {
  const rows = await run(view.dialect.compile(sql`${failing.query} limit ${sql.lit(limit)}`));
  const [first] = rows;
  if (!first) return undefined;
  const columns = Object.keys(first);
  // A query can make names of values (`pivot`): a name that the contract does not write is shown like a value.
  const said = view.contract.source.text;
  const labels = columns.map((name) => visible(says(said, name) ? name : view.maskNamed(name, name)));
  const show = (name: string, value: Value): string | null =>
    value === null ? null : visible(view.maskNamed(name, printValue(value)));
  return { columns: labels, rows: rows.map((row) => columns.map((name) => show(name, row[name] ?? null))) };
}

export function printValue(value: Exclude<Value, null>): string {
  return typeof value === 'object' ? printDecimal(value) : String(value);
}
