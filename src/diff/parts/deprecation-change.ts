import type { Deprecation } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import type { Found, Pair, Policy } from '../rules/rule.ts';
import { earliestSunset } from './sunset.ts';

/** What is announced to go, on both sides. */
export interface Announced {
  /** For messages: `value `returned``. */
  readonly what: string;
  /** Part of the path behind the node's. */
  readonly below?: string;
  /** Where it stands, if it is no node with keys of its own. */
  readonly places?: Pair<Position>;
  readonly old: Deprecation | undefined;
  readonly new: Deprecation | undefined;
  /** What it was to be replaced by, as the new version calls that. */
  readonly renamedReplacement?: string;
  /** Another finding tells that it is announced. */
  readonly isTold?: boolean;
}

/** Every change of an announcement, and what is wrong with a new one. */
export function deprecationChange(announced: Announced, policy: Policy): readonly Found[] {
  const { old, new: now, below, places } = announced;
  return found(announced, policy).map((each) => ({
    ...(below !== undefined && { below }),
    ...each,
    ...(places && { at: now?.at ?? places.new, was: old?.at ?? places.old }),
  }));
}

function found(announced: Announced, policy: Policy): readonly Found[] {
  const { old, new: now, what } = announced;
  if (old && now) return changed(announced, old, now, policy);
  if (now) return begun(announced, now, policy);
  return old ? [{ ...notice('deprecation-withdrawn', shown(old), null), message: `${what} stays` }] : [];
}

function begun(announced: Announced, now: Deprecation, policy: Policy): readonly Found[] {
  const { what, isTold = false } = announced;
  const until = now.sunset === undefined ? '' : ` on ${now.sunset}`;
  const instead = now.replacedBy === undefined ? '' : `, to be replaced by ${now.replacedBy}`;
  const told: Found = { ...notice('deprecated', null, shown(now)), message: `${what} is to go${until}${instead}` };
  const missing: Found = {
    rule: 'sunset-missing',
    before: null,
    after: null,
    message: `${what} is to go, and no day is named`,
  };
  const without: Found = {
    ...notice('replaced-by-missing', null, null),
    message: `${what} is to go, and nothing is named to use instead`,
  };
  return [
    ...(isTold ? [] : [told]),
    ...(now.sunset === undefined ? [missing] : tooSoon(what, now.sunset, policy)),
    ...(now.replacedBy === undefined ? [without] : []),
  ];
}

function changed(
  { what, renamedReplacement }: Announced,
  old: Deprecation,
  now: Deprecation,
  policy: Policy,
): readonly Found[] {
  const changes: Found[] = [...sunsetChange(what, old.sunset, now.sunset, policy)];
  const before = renamedReplacement ?? old.replacedBy;
  if (before !== undefined && now.replacedBy === undefined) {
    const message = `${what} is to go, and nothing is named to use instead, ${before} before`;
    changes.push({ ...notice('replaced-by-missing', before, null), message });
  } else if (now.replacedBy !== undefined && now.replacedBy !== before && now.replacedBy !== old.replacedBy) {
    const message = `${what} is to be replaced by ${now.replacedBy}, by ${before ?? 'nothing'} before`;
    changes.push({ ...notice('replaced-by-changed', before ?? null, now.replacedBy), message });
  }
  if (old.since !== now.since) {
    const message = `${what} is deprecated since ${now.since ?? 'a version that is not named'}, ${old.since ?? 'not named'} before`;
    changes.push({ ...notice('deprecated-since-changed', old.since ?? null, now.since ?? null), message });
  }
  return changes;
}

function sunsetChange(
  what: string,
  old: string | undefined,
  now: string | undefined,
  policy: Policy,
): readonly Found[] {
  if (old === now) return [];
  const values = { before: old ?? null, after: now ?? null };
  if (now === undefined) {
    return [{ rule: 'sunset-removed', ...values, message: `${what} is to go, and no day is named, ${old} before` }];
  }
  const message = `${what} goes on ${now}${old === undefined ? '' : `, on ${old} before`}`;
  if (old === undefined)
    return [{ rule: 'sunset-added', ...values, message, notice: true }, ...tooSoon(what, now, policy)];
  if (now > old) return [{ rule: 'sunset-later', ...values, message, notice: true }];
  // It could have gone already.
  const isOver = old <= policy.asOf;
  return [{ rule: 'sunset-earlier', ...values, message, ...(isOver && { notice: true }) }];
}

function tooSoon(what: string, sunset: string, { asOf, minSunset }: Policy): readonly Found[] {
  const earliest = earliestSunset(asOf, minSunset);
  if (sunset >= earliest) return [];
  const policy = minSunset ? `; the policy asks for ${minSunset.text}` : ', which is over';
  return [
    {
      rule: 'sunset-too-soon',
      before: null,
      after: sunset,
      message: `${what} goes on ${sunset}${policy}`,
      remedy: `set the sunset to ${earliest} or later`,
    },
  ];
}

function notice(rule: string, before: string | null, after: string | null): Omit<Found, 'message'> {
  return { rule, before, after, notice: true };
}

function shown({ sunset, replacedBy }: Deprecation): string {
  return [`sunset ${sunset ?? 'none'}`, ...(replacedBy === undefined ? [] : [`replacedBy ${replacedBy}`])].join(', ');
}
