import { type Alphabet, alphabetOf } from './pattern-alphabet.ts';
import { type Automaton, automatonOf, type Effort, type Reached } from './pattern-automaton.ts';
import type { Pattern } from './pattern-tree.ts';

/** About 0.2 s. Patterns that people write need less than a hundredth of it. */
const MOST_EFFORT = 3_000_000;

/** How two patterns stand to each other; undefined where finding out would take too long. */
export interface PatternOrder {
  /** The shortest text that only the new one matches; undefined: there is none. */
  readonly onlyNew: string | undefined;
  /** The shortest text that only the old one matches. */
  readonly onlyOld: string | undefined;
}

/**
 * Compares what two patterns match, each searched anywhere in a text. The languages are regular, so that this can be decided; two patterns
 * can be written for which it takes longer than anybody waits, and then it is given up after a fixed number of steps, the same everywhere.
 */
export function comparePatterns(old: Pattern, now: Pattern, most = MOST_EFFORT): PatternOrder | undefined {
  const effort: Effort = { left: most };
  const [before, after] = [automatonOf(old, effort), automatonOf(now, effort)];
  const classes = [...before.reads, ...after.reads].filter((ranges) => ranges !== undefined);
  effort.left -= new Set(classes.map(String)).size ** 2;
  if (effort.left < 0) return undefined;
  const alphabet = alphabetOf(classes);
  const onlyNew = findOutside(after, before, alphabet, effort);
  const onlyOld = findOutside(before, after, alphabet, effort);
  return effort.left < 0 ? undefined : { onlyNew, onlyOld };
}

/** A place of the inner automaton (`ALWAYS`: it matches whatever follows) with those of the outer one, and the text that leads there. */
interface Visit {
  readonly at: number;
  readonly outer: Places;
  readonly from: Visit | undefined;
  readonly letter: number;
}

const ALWAYS = -1;

/**
 * The shortest text that `inner` matches and `outer` does not. One place of `inner` is followed at a time, and of several sets of places of
 * `outer` only the smallest ones: what fails at all fails from fewer places first (antichains), so that few sets are ever built.
 */
function findOutside(inner: Automaton, outer: Automaton, alphabet: Alphabet, effort: Effort): string | undefined {
  const { first, step } = placesOf(outer, alphabet, effort);
  const letters = inner.reads.map((ranges) => ranges && alphabet.lettersOf(ranges));
  const every = [...Array(alphabet.size).keys()];
  const smallest = new Map<number, readonly bigint[]>();
  const visits: Visit[] = [];
  const enter = (reached: Reached, visit: Omit<Visit, 'at'>): string | undefined => {
    const { outer: places } = visit;
    if (places.always) return undefined;
    if (reached.matches && !places.matches) return textOf(visit, alphabet);
    for (const at of reached.always ? [ALWAYS] : reached.reads) {
      const known = smallest.get(at) ?? [];
      effort.left -= 2 + (known.length * places.weight) / 4;
      if (known.some((bits) => (bits & places.bits) === bits)) continue;
      smallest.set(at, [...known.filter((bits) => (bits & places.bits) !== places.bits), places.bits]);
      visits.push({ ...visit, at });
    }
    return undefined;
  };
  const empty = enter(inner.first, { outer: first, from: undefined, letter: 0 });
  if (empty !== undefined) return empty;
  for (const visit of visits) {
    const isAlways = visit.at === ALWAYS;
    const reached = isAlways ? EVERYTHING : inner.after(visit.at);
    for (const letter of isAlways ? every : (letters[visit.at] ?? [])) {
      if (effort.left < 0) return undefined;
      const found = enter(reached, { outer: step(visit.outer, letter), from: visit, letter });
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const EVERYTHING: Reached = { reads: [], matches: true, always: true };

function textOf({ from, letter }: Omit<Visit, 'at'>, alphabet: Alphabet): string {
  const codes: number[] = [];
  for (let [at, code] = [from, letter]; at; [at, code] = [at.from, at.letter]) codes.unshift(alphabet.example(code));
  return String.fromCodePoint(...codes);
}

/** All places that one text leads to. */
interface Places {
  readonly bits: bigint;
  readonly reads: readonly number[];
  readonly matches: boolean;
  readonly always: boolean;
  /** What a comparison of two of them costs. */
  readonly weight: number;
  readonly next: Map<number, Places>;
}

function placesOf(automaton: Automaton, alphabet: Alphabet, effort: Effort) {
  const reading = automaton.reads.map((ranges) => new Set(ranges && alphabet.lettersOf(ranges)));
  const weight = 4 + Math.ceil(reading.length / 32);
  const masks = new Map<Reached, bigint>();
  const known = new Map<string, Places>();
  const maskOf = (reached: Reached): bigint => {
    const mask = masks.get(reached) ?? reached.reads.reduce((all, read) => all | (1n << BigInt(read)), 0n);
    if (!masks.has(reached)) effort.left -= reached.reads.length * weight;
    masks.set(reached, mask);
    return mask;
  };
  const join = (parts: readonly Reached[]): Places => {
    const bits = parts.reduce((all, part) => all | maskOf(part), 0n);
    const matches = parts.some((part) => part.matches);
    const always = parts.some((part) => part.always);
    effort.left -= (1 + parts.length) * weight;
    const key = `${matches}${always}${bits.toString(32)}`;
    const same = known.get(key);
    if (same) return same;
    const reads = [...new Set(parts.flatMap((part) => part.reads))];
    effort.left -= reads.length * 4;
    const places: Places = { bits, reads, matches, always, weight, next: new Map() };
    known.set(key, places);
    return places;
  };
  const step = (from: Places, letter: number): Places => {
    const found = from.next.get(letter);
    if (found) return found;
    effort.left -= from.reads.length;
    const reads = from.reads.filter((read) => reading[read]?.has(letter));
    const places = join(reads.map((read) => automaton.after(read)));
    from.next.set(letter, places);
    return places;
  };
  return { first: join([automaton.first]), step };
}
