import { parseBound } from '../../sql/amount.ts';
import { parseMetricCall } from '../../sql/metric-call.ts';
import { compareDecimals, decimalOf } from '../../util/decimal.ts';
import type * as file from '../contract-file.generated.ts';
import { type Cursor, field, isMap, keyPlaceOf, placeOf, textOf } from '../cursor.ts';
import type { Resolving } from './parts.ts';

/** Promises of a table that a later part measures are checked now: slots need a time column, and changes a way to go. */
export function reportLaterTable(
  name: string,
  table: Cursor<file.Table>,
  updates: Cursor<file.Updates> | undefined,
  resolving: Resolving,
): void {
  const rows = field(table, 'rows');
  const timed = field(table, 'timeColumn') !== undefined;
  const per = field(rows, 'per');
  if (per && !timed) needsTime('per', per, name, resolving);
  for (const check of tableChecks(table)) {
    const slot = field(check, 'per');
    if (slot && !timed) needsTime('per', slot, name, resolving);
  }
  const from = field(rows, 'from');
  if (from && !field(rows, 'change')) meansNothing('from', '`change`', from, `${name}.rows`, resolving);
  reportChange(field(rows, 'change'), `${name}.rows`, resolving);
  if (updates) reportUpdates(name, updates, timed, resolving);
}

/** What a check compares with, and by how much it may change. */
export function reportLaterCheck(id: string, check: Cursor<file.Check>, resolving: Resolving): void {
  const metric = field(check, 'metric');
  const change = field(check, 'change');
  const from = field(check, 'from');
  const call = metric && parseMetricCall(textOf(metric));
  const drift = call && 'call' in call && call.call === 'drift' ? call.test : undefined;
  reportChange(change, id, resolving);
  if (drift === undefined) {
    if (from && !change) meansNothing('from', '`change` or a drift metric', from, id, resolving);
    return;
  }
  for (const key of ['from', 'max'] as const) {
    if (field(check, key)) continue;
    resolving.report({
      code: 'lint/drift-without-bound',
      severity: 'error',
      message: `${drift} in check "${id}" has no \`${key}\``,
      hint: key === 'from' ? 'say what to compare with, such as `from: 28d`' : 'say how far it may drift: `max: 0.2`',
      at: keyPlaceOf(check),
    });
  }
}

function tableChecks(table: Cursor<file.Table>): readonly Cursor<file.Check>[] {
  const checks = field(table, 'checks');
  const node = checks?.nodes[0];
  if (node?.kind !== 'map') return [];
  return [...node.entries.values()].map(({ value }) => ({ nodes: [value] }));
}

function reportUpdates(name: string, updates: Cursor<file.Updates>, timed: boolean, resolving: Resolving): void {
  const onDemand = !isMap(updates) && textOf(updates) === 'on-demand';
  if (!timed && !onDemand) needsTime('updates', updates, name, resolving);
  if (!isMap(updates)) return;
  const every = field(updates, 'every');
  const cron = field(updates, 'cron');
  if ((every === undefined) !== (cron === undefined)) return;
  resolving.report({
    code: 'lint/updates-slots',
    severity: 'error',
    message: `\`updates\` has ${every ? 'both every and cron' : 'neither every nor cron'}, expected one of them`,
    hint: every ? 'keep one of them' : 'add `every: 1h` or `cron: "0 6 * * *"`',
    at: keyPlaceOf(updates),
    path: `${name}.updates`,
  });
}

function reportChange(change: Cursor<file.Change> | undefined, path: string, resolving: Resolving): void {
  if (!change) return;
  const refuse = (at: Cursor<unknown>, message: string, hint: string): void =>
    resolving.report({ code: 'lint/bad-change', severity: 'error', message, hint, at: placeOf(at), path });
  if (!isMap(change)) {
    if (textOf(change).startsWith('-')) {
      refuse(change, `"${textOf(change)}" is negative`, 'write 40% for both ways, or { min: -20%, max: 40% }');
    }
    return;
  }
  const min = field(change, 'min');
  const max = field(change, 'max');
  if (!min && !max) refuse(change, '`change` has no bound', 'write 40%, or { min: -20%, max: 40% }');
  const least = min && shareOf(min);
  const most = max && shareOf(max);
  if (min && least && compareDecimals(least, decimalOf(-1n)) <= 0) {
    refuse(min, `nothing falls below ${textOf(min)}, so this can never be broken`, 'write a share above -100%');
  }
  if (max && least && most && compareDecimals(least, most) > 0) {
    refuse(max, `min ${textOf(min ?? max)} is above max ${textOf(max)}: this can never be met`, 'swap them');
  }
}

function shareOf(cursor: Cursor<unknown>) {
  const parsed = parseBound(textOf(cursor));
  return 'value' in parsed ? parsed.value : undefined;
}

function needsTime(key: string, cursor: Cursor<unknown>, table: string, resolving: Resolving): void {
  resolving.report({
    code: 'lint/missing-time-column',
    severity: 'error',
    message: `\`${key}\` needs a time column`,
    hint: 'add `timeColumn:` to the table',
    at: keyPlaceOf(cursor),
    path: table,
  });
}

function meansNothing(key: string, without: string, cursor: Cursor<unknown>, path: string, resolving: Resolving): void {
  resolving.report({
    code: 'lint/check-key',
    severity: 'error',
    message: `\`${key}\` means nothing without ${without}`,
    hint: 'remove it, or say what may change',
    at: keyPlaceOf(cursor),
    path,
  });
}
