import type { ChangeRule } from '../../model/change.ts';
import type { Contract, ContractStatus } from '../../model/contract.ts';
import { printDays } from '../../util/days.ts';
import { namesContract } from '../parts/names-contract.ts';
import { removalOf } from '../parts/sunset.ts';
import { listed } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { ContractContext, ContractSubject, Found, Pair } from './rule.ts';

const TABLES = 'tables:\n  orders:\n    columns:\n      id: int64\n';
const HEAD = 'raci:\n  accountable: sales\n';

const RULES: readonly ChangeRule[] = [
  {
    id: 'status-regressed',
    purpose: 'a contract that was in force is a draft again',
    why: 'A draft promises nothing: its checks tell nobody, and the next change to it is no finding. Readers who built on it lose everything without any table having changed.',
    direction: 'loosen',
    categories: ['life-cycle'],
    effects: affects('breaks', 'none', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep the contract active and try the new promises in a contract of its own, or in a pre-release',
    example: { before: `status: active\n${HEAD}${TABLES}`, after: `status: draft\n${HEAD}${TABLES}` },
    opposite: 'status-advanced',
  },
  {
    id: 'status-advanced',
    purpose: 'a draft is in force now, or a contract that was announced to end is retired',
    why: 'From now on the promises count: checks block, and readers may rely on them. A retired contract ends as it was announced.',
    direction: 'tighten',
    categories: ['life-cycle'],
    effects: affects('none', 'none', 'none', 'none'),
    bump: 'patch',
    remedy: 'nothing to do',
    example: { before: `status: draft\n${HEAD}${TABLES}`, after: `status: active\n${HEAD}${TABLES}` },
    opposite: 'status-regressed',
  },
  {
    id: 'version-retired-before-sunset',
    purpose: 'a contract is retired before the day that was announced, or without any',
    why: 'Nobody keeps a retired contract: from this day on readers have a table without promises, earlier than they were told.',
    direction: 'loosen',
    categories: ['life-cycle'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    remedy: 'deprecate it with a sunset, and retire it on that day or later',
    example: {
      before: `status: active\n${HEAD}${TABLES}`,
      after: `status: retired\n${HEAD}${TABLES}`,
      around: { versions: ['1.0.0', '2.0.0'] },
    },
    opposite: { none: 'a contract that is back in force is `retirement-withdrawn`' },
  },
  {
    id: 'version-retired-in-use',
    purpose: 'a contract is retired that still has registered readers',
    why: 'The day has come, but these readers are still there: they go on reading a table that nobody keeps.',
    direction: 'loosen',
    categories: ['life-cycle'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    remedy: 'move the readers first and take them out of `consumers` and `upstream`',
    example: {
      before: `status: deprecated\ndeprecated:\n  sunset: 2020-12-31\n${HEAD}${TABLES}consumers:\n  forecast:\n    party: science\n    uses: [orders]\n`,
      after: `status: retired\ndeprecated:\n  sunset: 2020-12-31\n${HEAD}${TABLES}consumers:\n  forecast:\n    party: science\n    uses: [orders]\n`,
      around: { versions: ['1.0.0', '2.0.0'] },
    },
    opposite: { none: 'a contract that is back in force is `retirement-withdrawn`' },
  },
  {
    id: 'retirement-withdrawn',
    purpose: 'a retired contract is in force again',
    why: 'Its promises count again. Whoever has moved on already need not come back.',
    direction: 'annotate',
    categories: ['life-cycle'],
    effects: affects('none', 'none', 'none', 'none'),
    bump: 'patch',
    remedy: 'nothing to do',
    example: { before: `status: retired\n${HEAD}${TABLES}`, after: `status: active\n${HEAD}${TABLES}` },
    opposite: { none: 'the way back is `version-retired-before-sunset`, or `status-advanced` after the sunset' },
  },
];

/** Where a contract stands in its life; `deprecation` tells of going to `deprecated` and back to `active`. */
export const status: ContractSubject = {
  on: 'contract',
  name: 'status',
  keys: ['status'],
  rules: RULES,
  compare(pair, context) {
    const { old, new: now } = pair;
    if (now.status === 'draft')
      return [stated(old.status === 'retired' ? 'retirement-withdrawn' : 'status-regressed', pair)];
    if (old.status === 'retired') return [stated('retirement-withdrawn', pair)];
    if (now.status === 'retired') return [retirement(pair, context)];
    if (now.status === 'deprecated' || old.status === 'deprecated') return 'equal';
    return [stated('status-advanced', pair)];
  },
};

function retirement(pair: Pair<Contract>, { policy, world }: ContractContext): Found {
  const { old, new: now } = pair;
  if (old.status === 'draft') return stated('status-advanced', pair);
  const judged = removalOf([old.deprecated], policy.asOf);
  if (judged.kind === 'before') {
    const days = `${printDays(judged.days)} before its sunset ${judged.sunset}`;
    return stated('version-retired-before-sunset', pair, `the contract is retired ${days}`);
  }
  if (judged.kind === 'unannounced') {
    return stated('version-retired-before-sunset', pair, 'the contract is retired, and no sunset was announced');
  }
  const downstream = world.new.contracts.filter(
    ({ id, upstream }) =>
      id !== now.id && upstream.some(({ contract }) => namesContract(contract, now, world.new.contracts)),
  );
  const readers = [...now.consumers.map(({ name }) => name), ...downstream.map(({ id }) => id)];
  if (readers.length === 0) return stated('status-advanced', pair);
  return stated('version-retired-in-use', pair, `the contract is retired and still read by ${listed(readers)}`);
}

function stated(rule: string, { old, new: now }: Pair<Contract>, message = changed(old.status, now.status)): Found {
  return { rule, below: 'status', before: old.status, after: now.status, message };
}

function changed(before: ContractStatus, after: ContractStatus): string {
  return `the contract is ${shown(after)}, ${shown(before)} before`;
}

function shown(status: ContractStatus): string {
  return status === 'draft' ? 'a draft' : status;
}
