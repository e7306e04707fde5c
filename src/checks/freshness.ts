import type { Contract, Table } from '../model/contract.ts';
import type { Outcome } from '../model/outcome.ts';
import { allOf, countWhere, valueWhere } from '../sql/build.ts';
import { printDuration } from '../sql/duration.ts';
import { sql } from '../sql/kysely.ts';
import { decimalOf } from '../util/decimal.ts';
import { printInstant } from '../util/instant.ts';
import type { Check, CheckKind, TableView } from './check.ts';
import { shown, tableCheck } from './column-check.ts';
import { countOf, failedToMeasure, grouped, printAge, skipped } from './judge.ts';
import { ageLimits } from './limits.ts';
import { failingRows } from './row-check.ts';
import { type TimeAxis, timeAxis } from './time-axis.ts';

/** Values up to this far ahead of now are clocks that differ, not the future (semantics §8). */
export const AHEAD = 5n * 60n * 1_000_000n;

/** Age of the newest row, and rows that claim to come from the future. */
export const freshness: CheckKind = {
  kind: 'freshness',
  purpose: 'Checks that the newest row is no older than promised.',
  checks(table, contract) {
    const promise = table.freshness;
    const name = promise?.column?.text ?? table.timeColumn?.text;
    if (!promise || name === undefined) return [];
    const { warn, fail } = promise.within;
    const words = printAge(promise.within);
    if (promise.clock === 'business') {
      return [
        tableCheck(contract, table, {
          kind: 'freshness',
          promise: words,
          at: promise.at,
          later: 'measured by a later part (business clock)',
          plan: () => ({ settled: skipped('measured by a later part (business clock)') }),
        }),
      ];
    }
    const age = axisCheck(contract, table, name, 'freshness', words, (view, axis) => ({
      metrics: {
        rows: { in: 'scan', value: countWhere(view.scope('all').condition), contractSql: false },
        newest: {
          in: 'scan',
          value: sql`max(${valueWhere(usable(view, axis), axis.microseconds)})`,
          contractSql: false,
        },
      },
      judge(measured) {
        if (countOf(measured.of('rows')) === 0n) return broken('no rows');
        const newest = measured.of('newest');
        if (newest === null) return broken(`no usable value in "${name}"`);
        const instant = axis.toInstant(countOf(newest));
        const old = view.now.microseconds - instant;
        const verdict = fail && old > fail.microseconds ? 'fail' : warn && old > warn.microseconds ? 'warn' : 'pass';
        const message = `the newest row is ${old < 0n ? 'not yet over' : `${printDuration(old)} old`} (${printInstant(instant)}); ${words}`;
        return {
          verdict,
          message,
          measured: { newest: printInstant(instant), ageSeconds: old / 1_000_000n },
          limits: ageLimits(promise.within, 'ageSeconds'),
          evidence: 'scan',
        };
      },
    }));
    const future = axisCheck(contract, table, name, 'freshness.future', 'no row from the future', (view, axis) => {
      const bad = sql`not (${axis.upTo(view.now.microseconds + AHEAD)})`;
      const access = view.column(name);
      return {
        metrics: {
          rows: { in: 'scan', value: countWhere(view.scope('all').condition), contractSql: false },
          future: { in: 'scan', value: countWhere(bad), contractSql: false },
        },
        judge(measured) {
          if (countOf(measured.of('rows')) === 0n) return skipped('no rows');
          const count = countOf(measured.of('future'));
          return {
            verdict: count === 0n ? 'pass' : 'warn',
            message: `${grouped(count)} ${count === 1n ? 'row is' : 'rows are'} more than 5m ahead of now in "${name}"`,
            measured: { future: count },
            limits: [{ verdict: 'warn', side: 'max', of: 'future', unit: 'rows', value: decimalOf(0n) }],
            evidence: 'scan',
            bad: count,
          };
        },
        failing: failingRows(view, view.scope('all'), bad, access ? [shown(name, access)] : []),
      };
    });
    return [age, future];
  },
};

function usable(view: TableView, axis: TimeAxis): ReturnType<typeof allOf> {
  return allOf(axis.isFinite, axis.upTo(view.now.microseconds + AHEAD));
}

function broken(why: string): Outcome {
  return { verdict: 'fail', message: `${why}, so nothing is fresh`, measured: {}, evidence: 'scan' };
}

/** A check on a time column of the table. */
export function axisCheck(
  contract: Contract,
  table: Table,
  name: string,
  kind: string,
  promise: string,
  plan: (view: TableView, axis: TimeAxis) => ReturnType<Check['plan']>,
): Check {
  const column = table.columns.find((candidate) => candidate.name === name);
  return tableCheck(contract, table, {
    kind,
    promise,
    columns: [name],
    at: (kind === 'retention' ? table.retention : table.freshness)?.at ?? column?.at ?? table.at,
    plan(view) {
      const access = view.column(name);
      if (!view.source.header && kind === 'freshness') return { settled: broken('no rows') };
      if (!access) return { settled: skipped('column missing', `column "${name}" is missing`) };
      const axis = timeAxis(view, access);
      if (!axis) {
        return {
          settled: failedToMeasure(
            'no time',
            `"${name}" holds ${access.type.name}, which is no time${access.type.name === 'timestamp' || access.type.name === 'date' ? ' without a timezone' : ''}`,
            'name a column of type instant, timestamp or date; a naive one needs a timezone',
          ),
        };
      }
      return plan(view, axis);
    },
  });
}
