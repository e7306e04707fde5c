import { sql } from '../sql/kysely.ts';
import type { CheckKind } from './check.ts';
import { declaredChecks } from './declared.ts';
import { oneLine } from './expect.ts';
import { countOf, grouped, judgeTolerance, printTolerance } from './judge.ts';
import { toleranceLimits } from './limits.ts';

/** A query of the contract whose rows are the bad ones. */
export const failingRows: CheckKind = {
  kind: 'failingRows',
  purpose: 'Checks that a query of the contract gives no more rows than allowed.',
  checks: (table, contract) =>
    declaredChecks('failingRows', table, contract, (check) => ({
      promise: `${oneLine(check.query.text)}; ${printTolerance(check.allow)}`,
      columns: [],
      sql: [check.query],
      plan(view) {
        const query = view.contractSql(check.query);
        const all = view.scope('all');
        return {
          metrics: {
            rows: { in: 'scan', value: sql`count(*)`, contractSql: all.contractSql },
            failing: {
              in: 'query',
              query: sql`select count(*) as failing from ${query} q`,
              contractSql: true,
              why: 'it is a query of the contract',
            },
          },
          judge(measured) {
            const bad = countOf(measured.rows('failing')[0]?.['failing']);
            const rows = countOf(measured.of('rows'));
            return {
              verdict: judgeTolerance(check.allow, bad, rows),
              message: `the query gives ${grouped(bad)} ${bad === 1n ? 'row' : 'rows'}; ${printTolerance(check.allow)}`,
              measured: { bad, rows },
              limits: toleranceLimits(check.allow),
              evidence: 'scan',
              bad,
            };
          },
          failing: { query: sql`select * from ${query} q` },
        };
      },
    })),
};
