import type { Contract, Freshness, Objective, Table } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import type { Duration } from '../../model/threshold.ts';
import { compareDecimals, printDecimal } from '../../util/decimal.ts';
import type { Pair } from '../rules/rule.ts';
import { durationDifference, printLength } from './order.ts';

/** A promise of a contract downstream that was possible before and is not now. */
export interface Broken {
  /** Path in the contract that was loosened. */
  readonly below: string;
  /** `the newest row of orders may be`, before what it may be. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** What the other contract promises: `revenue at most 8h old`. */
  readonly promised: string;
  readonly at: Position;
  readonly was: Position;
  /** Place of the promise in the other contract. */
  readonly theirs: Position;
}

/** `isUsed`: which tables of the new version the other contract reads. */
export function brokenPromises(
  contract: Pair<Contract>,
  other: Contract,
  isUsed: (table: string) => boolean,
): readonly Broken[] {
  const used = contract.new.tables.filter(({ name }) => isUsed(name));
  return [
    ...used.flatMap((now) => {
      const named = (wanted: string | undefined) => contract.old.tables.find(({ name }) => name === wanted);
      const old = named(now.name) ?? named(now.renamedFrom);
      return old
        ? other.tables.flatMap((theirs) => [...age({ old, new: now }, theirs), ...pace({ old, new: now }, theirs)])
        : [];
    }),
    ...availability(contract, other),
  ];
}

function age({ old, new: now }: Pair<Table>, theirs: Table): readonly Broken[] {
  const promised = theirs.freshness;
  if (!promised || !isPossible(old.freshness, promised) || isPossible(now.freshness, promised)) return [];
  const print = (freshness: Freshness | undefined) => {
    const limit = limitOf(freshness);
    return limit ? `${printLength(limit)} old` : 'of any age';
  };
  return [
    {
      below: `${now.name}.freshness`,
      what: `the newest row of ${now.name} may be`,
      before: print(old.freshness),
      after: print(now.freshness),
      promised: `${theirs.name} at most ${print(promised)}`,
      at: now.freshness?.at ?? now.at,
      was: old.freshness?.at ?? old.at,
      theirs: promised.at,
    },
  ];
}

/** Whether a table can be as fresh as promised when it is made from one that is this fresh. */
function isPossible(source: Freshness | undefined, promised: Freshness): boolean {
  const [given, wanted] = [limitOf(source), limitOf(promised)];
  if (!wanted) return true;
  if (!source || !given) return false;
  // Business hours go by more slowly than the clock on the wall; how much more slowly depends on the calendar.
  if (source.clock === 'wall' && promised.clock === 'business') return true;
  return (durationDifference(wanted, given) ?? 0) <= 0;
}

function limitOf(freshness: Freshness | undefined): Duration | undefined {
  return freshness?.within.fail ?? freshness?.within.warn;
}

function pace({ old, new: now }: Pair<Table>, theirs: Table): readonly Broken[] {
  const promised = theirs.updates?.every;
  const before = old.updates?.every;
  if (!promised || !theirs.updates || !before || (durationDifference(promised, before) ?? 0) > 0) return [];
  const after = now.updates?.every;
  // When a cron expression comes next cannot be compared with a length of time.
  if (after ? (durationDifference(promised, after) ?? 0) <= 0 : now.updates?.cron !== undefined) return [];
  const on = now.updates?.onDemand ? 'on demand only' : 'at any time';
  return [
    {
      below: `${now.name}.updates`,
      what: `${now.name} gets new data`,
      before: `every ${printLength(before)}`,
      after: after ? `every ${printLength(after)}` : on,
      promised: `new data in ${theirs.name} every ${printLength(promised)}`,
      at: now.updates?.at ?? now.at,
      was: old.updates?.at ?? old.at,
      theirs: theirs.updates.at,
    },
  ];
}

const AVAILABILITY = 'availability';

function availability({ old, new: now }: Pair<Contract>, other: Contract): readonly Broken[] {
  const objective = ({ objectives }: Contract) => objectives.find(({ kind }) => kind === AVAILABILITY);
  const [before, after, promised] = [objective(old), objective(now), objective(other)];
  const isEnough = (source: Objective | undefined) =>
    promised !== undefined && source !== undefined && compareDecimals(source.share, promised.share) >= 0;
  if (!promised || !before || !isEnough(before) || isEnough(after)) return [];
  const print = ({ share }: Objective) => `${printDecimal({ ...share, coefficient: share.coefficient * 100n })}%`;
  return [
    {
      below: `sla.objectives.${AVAILABILITY}`,
      what: 'its tables are available',
      before: print(before),
      after: after ? print(after) : 'at any share',
      promised: `to be available ${print(promised)}`,
      at: after?.at ?? now.at,
      was: before.at,
      theirs: promised.at,
    },
  ];
}
