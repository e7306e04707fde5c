import type { DeclaredCheck } from '../../model/contract.ts';
import type { Bound } from '../../model/threshold.ts';
import type { Pair, TableContext } from '../rules/rule.ts';
import { allowed, type Part } from './bound-part.ts';
import { compareLower, compareTolerances, compareUpper, printBound, printTolerance, together } from './order.ts';
import { instead } from './wording.ts';

type Segment = DeclaredCheck['segments'][number];

/** Whether both look at groups by the same columns. */
export function sameGroups({ old, new: now }: Pair<DeclaredCheck>, { renamed }: TableContext): boolean {
  const before = new Set(old.by?.columns.map(({ text }) => renamed(text)));
  const after = new Set(now.by?.columns.map(({ text }) => text));
  return before.size === after.size && [...before].every((name) => after.has(name));
}

/** What holds for each group that is an exception on either side: its own bound, or that of all. */
export function compareSegments({ old, new: now }: Pair<DeclaredCheck>): readonly Part[] {
  const groups = new Set([...old.segments, ...now.segments].map(({ group }) => group));
  return [...groups].map((group) => {
    const before = old.segments.find((segment) => segment.group === group);
    const after = now.segments.find((segment) => segment.group === group);
    const places = { ...(after && { at: after.at }), ...(before && { was: before.at }) };
    const isBound = before?.bound !== undefined || after?.bound !== undefined;
    return {
      ...(isBound ? bounds(old, now, before, after, group) : tolerances(old, now, before, after, group)),
      ...places,
    };
  });
}

function tolerances(
  old: DeclaredCheck,
  now: DeclaredCheck,
  before: Segment | undefined,
  after: Segment | undefined,
  group: string,
): Part {
  const [was, is] = [before?.tolerance ?? old.allow, after?.tolerance ?? now.allow];
  return {
    order: compareTolerances(was, is),
    below: `segments.${group}`,
    before: printTolerance(was),
    after: printTolerance(is),
    message: `in the group "${group}" bad rows are let pass up to ${instead(allowed(is), allowed(was))}`,
  };
}

/** The bound of a segment stands in place of `min`, and of `max` where there is no `min`. */
function bounds(
  old: DeclaredCheck,
  now: DeclaredCheck,
  before: Segment | undefined,
  after: Segment | undefined,
  group: string,
): Part {
  const [was, is] = [boundsIn(old, before), boundsIn(now, after)];
  const isSide = was.of === is.of;
  const both = together([
    ...(isSide && is.of === 'max' ? [] : [compareLower(was.min, is.min)]),
    ...(isSide && is.of === 'min' ? [] : [compareUpper(was.max, is.max)]),
  ]);
  const [from, to] = [was, is].map(({ of, min, max }) => printBound(of === 'min' ? min : max));
  const word = is.of === 'min' ? 'at least' : 'at most';
  return {
    order: both,
    below: `segments.${group}`,
    before: from ?? null,
    after: to ?? null,
    message: `in the group "${group}" the number has to be ${word} ${instead(to ?? null, from ?? null, 'any')}`,
  };
}

function boundsIn(
  check: DeclaredCheck,
  segment: Segment | undefined,
): { readonly of: 'min' | 'max'; readonly min: Bound | undefined; readonly max: Bound | undefined } {
  const { min, max } = check.kind === 'metric' ? check : {};
  if (min) return { of: 'min', min: segment?.bound ?? min, max };
  return { of: 'max', min, max: (max && segment?.bound) ?? max };
}
