import type { Outcome } from '../model/outcome.ts';
import { allOf, countWhere } from '../sql/build.ts';
import { sql } from '../sql/kysely.ts';
import { sqlNames } from '../sql/lexer.ts';
import type { CheckKind, Measured, Plan, ShownColumn, TableView } from './check.ts';
import { shown, valueColumns } from './column-check.ts';
import { declaredChecks } from './declared.ts';
import { badRows, byColumns, groupCheck, groupQuery } from './groups.ts';
import { countOf, failedToMeasure, grouped, printTolerance } from './judge.ts';
import { rowCheck } from './row-check.ts';

/** A condition that no row may break. NULL holds and is counted; undecided on every row cannot be judged (semantics §7). */
export const expect: CheckKind = {
  kind: 'expect',
  purpose: 'Checks that a condition holds in every row.',
  checks: (table, contract) =>
    declaredChecks('expect', table, contract, (check) => ({
      promise: `${oneLine(check.condition.text)}${check.where ? `, where ${oneLine(check.where.text)}` : ''}; ${printTolerance(check.allow)} broken`,
      columns: [],
      sql: [check.condition],
      plan(view): Plan {
        const scope = view.scope(check.window ?? 'table', check.where);
        const condition = view.contractSql(check.condition);
        const bad = sql`not ${condition}`;
        if (check.by) {
          const counts = { bad: countWhere(bad), undecided: countWhere(sql`${condition} is null`) };
          const plan = groupCheck({
            view,
            check,
            scope,
            query: groupQuery(view, byColumns(check), scope, counts),
            contractSql: true,
            judgeGroup: badRows(check),
          });
          if (!('metrics' in plan)) return plan;
          const total = (measured: Measured, name: string): bigint =>
            measured.rows('groups').reduce((sum, row) => sum + countOf(row[name]), 0n);
          return {
            ...plan,
            judge: (measured) =>
              withUndecided(plan.judge(measured), total(measured, 'undecided'), total(measured, 'rows')),
          };
        }
        const plan = rowCheck({
          view,
          scope,
          bad,
          contractSql: true,
          tolerance: check.allow,
          fault: 'break the condition',
          show: namedColumns(view, check.condition.text),
        });
        return {
          ...plan,
          metrics: {
            ...plan.metrics,
            undecided: {
              in: 'scan',
              value: countWhere(allOf(scope.condition, sql`${condition} is null`)),
              contractSql: true,
            },
          },
          judge: (measured) =>
            withUndecided(plan.judge(measured), countOf(measured.of('undecided')), countOf(measured.of('rows'))),
        };
      },
    })),
};

function withUndecided(outcome: Outcome, undecided: bigint, rows: bigint): Outcome {
  if (outcome.verdict === 'skipped' || undecided === 0n) return outcome;
  if (undecided === rows) {
    return failedToMeasure(
      'undecided on every row',
      'the condition is NULL in every row, so it says nothing',
      'wrap what may be NULL in coalesce, or write the case out',
    );
  }
  return {
    ...outcome,
    message: `${outcome.message}; undecided in ${grouped(undecided)}`,
    measured: { ...outcome.measured, undecided },
  };
}

/** The contract's columns and features that the text names: what a sample of failing rows shows. */
function namedColumns(view: TableView, text: string): readonly ShownColumn[] {
  const names = new Set(sqlNames(text, view.dialect.syntax).map((name) => name.toLowerCase()));
  return valueColumns(view.table).flatMap((column) => {
    const found = view.found(column);
    if (found.state !== 'there' || !names.has(found.name.toLowerCase())) return [];
    const access = view.column(column.name);
    return access?.value ? [shown(column.name, access)] : [];
  });
}

export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
