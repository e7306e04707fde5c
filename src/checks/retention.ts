import { countWhere, valueWhere } from '../sql/build.ts';
import { printDuration } from '../sql/duration.ts';
import { sql } from '../sql/kysely.ts';
import { printInstant } from '../util/instant.ts';
import type { CheckKind } from './check.ts';
import { shown } from './column-check.ts';
import { axisCheck } from './freshness.ts';
import { countOf, grouped, skipped } from './judge.ts';
import { toleranceLimits } from './limits.ts';
import { failingRows } from './row-check.ts';
import { reachBack } from './time-axis.ts';

/** The oldest row is old enough (`min`), and no row is too old (`max`). */
export const retention: CheckKind = {
  kind: 'retention',
  purpose: 'Checks that the table reaches back far enough and not too far.',
  checks(table, contract) {
    const promise = table.retention;
    const name = table.timeColumn?.text ?? table.freshness?.column?.text;
    if (!promise || name === undefined) return [];
    const { min, max } = promise;
    const words = [min && `reaches back ${min.text}`, max && `nothing older than ${max.text}`]
      .filter(Boolean)
      .join(', ');
    return [
      axisCheck(contract, table, name, 'retention', words, (view, axis) => {
        const access = view.column(name);
        const all = view.scope('all');
        const tooOld = max && access ? sql`not (${axis.since(reachBack(view, access, max))})` : undefined;
        const finite = axis.isFinite;
        return {
          metrics: {
            rows: { in: 'scan', value: countWhere(all.condition), contractSql: false },
            oldest: { in: 'scan', value: sql`min(${valueWhere(finite, axis.microseconds)})`, contractSql: false },
            ...(tooOld && { old: { in: 'scan' as const, value: countWhere(tooOld), contractSql: false } }),
          },
          judge(measured) {
            if (countOf(measured.of('rows')) === 0n) return skipped('no rows');
            const value = measured.of('oldest');
            if (value === null) return skipped('no usable value', `no usable value in "${name}"`);
            const oldest = axis.toInstant(countOf(value));
            const old = tooOld ? countOf(measured.of('old')) : 0n;
            const short = min !== undefined && access !== undefined && oldest > reachBack(view, access, min);
            const age = printDuration(view.now.microseconds - oldest);
            return {
              verdict: short || old > 0n ? 'fail' : 'pass',
              message: `the oldest row is ${age} old (${printInstant(oldest)})${
                old > 0n ? `, ${grouped(old)} ${old === 1n ? 'row is' : 'rows are'} older than ${max?.text}` : ''
              }; ${words}`,
              measured: { oldest: printInstant(oldest), old },
              limits: max ? toleranceLimits(undefined, 'old') : [],
              evidence: 'scan',
              bad: old,
            };
          },
          ...(tooOld && { failing: failingRows(view, all, tooOld, access ? [shown(name, access)] : []) }),
        };
      }),
    ];
  },
};
