import { complement, normalize } from './code-points.ts';
import type { CodePointRange, Pattern } from './pattern-tree.ts';

/** What is left of the work that a comparison may cost; below zero it is given up, and what was found so far means nothing. */
export interface Effort {
  left: number;
}

/** A step of a pattern's automaton; steps are numbered by their place in the list. */
type Step =
  | { readonly kind: 'read'; readonly ranges: readonly CodePointRange[]; readonly to: number }
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  | { readonly kind: 'start' | 'end'; readonly to: number }
  | { readonly kind: 'match' };

/** What a text leads to: the places where the automaton reads on, and whether the text may end here. */
export interface Reached {
  /** Numbers of the places from which a match can still be reached. */
  readonly reads: readonly number[];
  readonly matches: boolean;
  /** Whatever follows, it is a match. */
  readonly always: boolean;
}

/** A pattern that is searched anywhere, as an automaton that reads the whole text. */
export interface Automaton {
  readonly first: Reached;
  /** What is read at each place; elsewhere undefined. */
  readonly reads: readonly (readonly CodePointRange[] | undefined)[];
  /** What reading at the place leads to. */
  after(read: number): Reached;
}

/** Code points that no text can hold: NUL and halves of characters. */
const NEVER: readonly CodePointRange[] = [
  [0, 0],
  [0xd800, 0xdfff],
];
const ANY = complement(NEVER);

/** The last step of every automaton. */
const MATCH = 0;

/** Builds the automaton of a pattern; what a place leads to is worked out when it is asked for. */
export function automatonOf(pattern: Pattern, effort: Effort): Automaton {
  const steps: Step[] = [{ kind: 'match' }];
  const add = (step: Step): number => steps.push(step) - 1;
  const anything = (to: number): number => {
    const loop = add({ kind: 'match' });
    steps[loop] = { kind: 'fork', to: [to, add({ kind: 'read', ranges: ANY, to: loop })] };
    return loop;
  };
  const build = (node: Pattern, to: number): number => {
    switch (node.kind) {
      case 'character':
        return add({ kind: 'read', ranges: [[node.code, node.code]], to });
      case 'class':
        return add({ kind: 'read', ranges: membersOf(node), to });
      case 'start':
      case 'end':
        return add({ kind: node.kind, to });
      case 'sequence':
        return node.items.reduceRight((next, item) => build(item, next), to);
      case 'choice':
        return add({ kind: 'fork', to: node.options.map((option) => build(option, to)) });
      case 'repeat':
        return repeat(node, to);
    }
  };
  const repeat = (node: Extract<Pattern, { kind: 'repeat' }>, to: number): number => {
    let next = to;
    if (node.max === undefined) {
      next = add({ kind: 'match' });
      steps[next] = { kind: 'fork', to: [to, build(node.item, next)] };
    } else {
      for (let count = node.min; count < node.max; count += 1)
        next = add({ kind: 'fork', to: [to, build(node.item, next)] });
    }
    for (let count = 0; count < node.min; count += 1) next = build(node.item, next);
    return next;
  };
  const rest = anything(MATCH);
  const entry = anything(build(pattern, rest));
  return readable(steps, entry, rest, effort);
}

function readable(steps: readonly Step[], entry: number, rest: number, effort: Effort): Automaton {
  const alive = aliveSteps(steps);
  const known = new Map<number, Reached>();
  const reach = (from: number, atStart: boolean): Reached => {
    const inside = closure(steps, [from], { atStart, atEnd: false }, effort);
    if (inside.has(rest)) return { reads: [], matches: true, always: true };
    const places = [...inside];
    const reads = places.filter((place) => steps[place]?.kind === 'read' && alive.has(place));
    const ends = places.filter((place) => steps[place]?.kind === 'end');
    const matches = inside.has(MATCH) || closure(steps, ends, { atStart, atEnd: true }, effort).has(MATCH);
    return { reads, matches, always: false };
  };
  return {
    first: reach(entry, true),
    reads: steps.map((step) => (step.kind === 'read' ? step.ranges : undefined)),
    after(read) {
      const { to } = steps[read] as Extract<Step, { kind: 'read' }>;
      const found = known.get(to) ?? reach(to, false);
      known.set(to, found);
      return found;
    },
  };
}

/** The steps that are reached without reading. */
function closure(
  steps: readonly Step[],
  from: readonly number[],
  at: { readonly atStart: boolean; readonly atEnd: boolean },
  effort: Effort,
): ReadonlySet<number> {
  const reached = new Set(from);
  for (const place of reached) {
    effort.left -= 1;
    if (effort.left < 0) break;
    const step = steps[place];
    if (step?.kind === 'fork') for (const to of step.to) reached.add(to);
    if ((step?.kind === 'start' && at.atStart) || (step?.kind === 'end' && at.atEnd)) reached.add(step.to);
  }
  return reached;
}

/** The steps behind which a match can come; after the first character nothing is the start. */
function aliveSteps(steps: readonly Step[]): ReadonlySet<number> {
  const before = new Map<number, number[]>();
  for (const [place, step] of steps.entries()) {
    if (step.kind === 'match' || step.kind === 'start') continue;
    for (const to of step.kind === 'fork' ? step.to : [step.to]) {
      const known = before.get(to);
      if (known) known.push(place);
      else before.set(to, [place]);
    }
  }
  const alive = new Set([MATCH]);
  for (const place of alive) for (const each of before.get(place) ?? []) alive.add(each);
  return alive;
}

function membersOf({ negated, ranges }: Extract<Pattern, { kind: 'class' }>): readonly CodePointRange[] {
  return complement(normalize([...NEVER, ...(negated ? ranges : complement(ranges))]));
}
