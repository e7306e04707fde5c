import type { RanStatement, Run } from '../../src/model/run.ts';
import { visible } from '../../src/util/visible.ts';
import { grouped } from '../plural.ts';

/** Characters of SQL that a whole report holds. */
const ROOM = 600_000;
const LEAST = 400;
const MOST = 20_000;
const LONGEST_VALUES = 1000;

/** How much of each statement is shown, so that many of them leave a report that a browser opens at once. */
export function roomForSql({ contracts }: Run): number {
  const statements = contracts.flatMap(({ tables }) => tables.flatMap((table) => table.statements));
  return Math.min(MOST, Math.max(LEAST, Math.floor(ROOM / Math.max(1, statements.length))));
}

/** A statement as it was sent; what is too long is cut, and says so. */
export function statementView({ why, sql, parameters, seconds, failed }: RanStatement, room: number) {
  const left = sql.length - room;
  const lines = sql
    .slice(0, room)
    .split('\n')
    .map((line) => visible(line, room));
  const values = parameters.map((value) => JSON.stringify(value)).join(', ');
  return {
    why: visible(why),
    seconds: seconds.toFixed(3),
    failed,
    sql: lines.join('\n'),
    values: parameters.length === 0 ? null : visible(values, Math.min(room, LONGEST_VALUES)),
    left: left > 0 ? grouped(left) : null,
  };
}
