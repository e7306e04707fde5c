import type { Group } from './groups.ts';
import type { Decision, Judge, SampleRow } from './judge.ts';
import { keyOf } from './key.ts';
import type { Condition, ParentLink, UniqueSet } from './promises.ts';

/** Tries at a row that keeps everything. */
export const TRIES = 1000;
/** Rows that are asked about at once. */
const BATCH = 4096;
/** Of a condition that may be undecided, one row in so many has to decide it: undecided everywhere it would say nothing. */
const DECIDED = 3;

export interface FillInput {
  readonly group: Group;
  readonly rows: number;
  /** A row as it would be at an attempt. */
  propose(row: number, attempt: number): SampleRow;
  /** Absent: there is nothing to ask. */
  readonly judge?: Judge;
  /** Of the group, those that can be asked. */
  readonly conditions: readonly Condition[];
}

export interface Filled {
  readonly rows: readonly SampleRow[];
  /** Path of a promise that some rows break → how many; or that is undecided in all of them → 0. */
  readonly broken: ReadonlyMap<string, number>;
}

interface Candidate {
  readonly row: SampleRow;
  readonly decisions: readonly Decision[];
  /** Conditions that it breaks. */
  readonly broken: readonly number[];
  /** Conditions that it leaves undecided though it should not. */
  readonly undecided: number;
  /** Places of the sets that it repeats. */
  readonly repeated: readonly number[];
}

/** Makes the rows of a group: each the first attempt that keeps everything, else the one that breaks least. */
export async function fillGroup(input: FillInput): Promise<Filled> {
  const { group, conditions, judge } = input;
  const seen = group.unique.map(() => new Set<string>());
  const chosen = new Map<number, Candidate>();
  const best = new Map<number, Candidate>();
  const tried = new Map<number, number>();
  const asked = conditions.map(() => ({ times: 0, held: 0 }));
  let pending = Array.from({ length: input.rows }, (_, row) => row);
  const isHopeless = (index: number): boolean => (asked[index]?.times ?? 0) >= TRIES && asked[index]?.held === 0;
  while (pending.length > 0) {
    const each = conditions.length === 0 ? 1 : Math.max(1, Math.floor(BATCH / pending.length));
    const attempts = pending.flatMap((row) => {
      const from = tried.get(row) ?? 0;
      const count = Math.min(from === 0 ? 1 : each, TRIES - from);
      tried.set(row, from + count);
      return Array.from({ length: count }, (_, more) => ({ row, values: input.propose(row, from + more) }));
    });
    const decided = await decideAll(
      judge,
      conditions,
      attempts.map(({ values }) => values),
    );
    for (const [at, { row, values }] of attempts.entries()) {
      if (chosen.has(row)) continue;
      const decisions = decided[at] ?? [];
      for (const [index, condition] of conditions.entries()) {
        const count = asked[index];
        if (!count || condition.kind === 'scope') continue;
        count.times += 1;
        if (holds(condition, decisions[index] ?? null)) count.held += 1;
      }
      const candidate = judged(row, values, decisions);
      if (score(candidate) === 0) choose(row, candidate);
      else if (score(candidate) < score(best.get(row))) best.set(row, candidate);
    }
    pending = pending.filter((row) => !chosen.has(row));
    for (const row of pending.filter((each) => (tried.get(each) ?? 0) >= TRIES)) {
      const least = best.get(row);
      if (least) choose(row, judged(row, least.row, least.decisions));
    }
    pending = pending.filter((row) => !chosen.has(row));
  }
  return result(input, chosen);

  function judged(row: number, values: SampleRow, decisions: readonly Decision[]): Candidate {
    const places = conditions.map((_, index) => index).filter((index) => conditions[index]?.kind !== 'scope');
    const broken = places.filter((index) => !holds(conditions[index] as Condition, decisions[index] ?? null));
    const open = places.filter((index) => conditions[index]?.kind === 'holds' && decisions[index] === null);
    const hoped = broken.filter((index) => !isHopeless(index));
    const repeated = group.unique.flatMap((set, at) => {
      const key = keyIn(set, values, decisions);
      return key !== undefined && seen[at]?.has(key) ? [at] : [];
    });
    const undecided = row % DECIDED === 0 ? open.length : 0;
    return { row: values, decisions, broken: hoped, undecided, repeated };
  }

  function choose(row: number, candidate: Candidate): void {
    chosen.set(row, candidate);
    for (const [at, set] of group.unique.entries()) {
      const key = keyIn(set, candidate.row, candidate.decisions);
      if (key !== undefined) seen[at]?.add(key);
    }
  }

  /** The values of the set as one text; undefined where one is missing or the row is out of its scope. */
  function keyIn({ columns, scope }: UniqueSet, row: SampleRow, decisions: readonly Decision[]): string | undefined {
    const place = scope ? conditions.indexOf(scope) : -1;
    // A scope that cannot be asked is taken for every row.
    if (place >= 0 && decisions[place] !== true) return undefined;
    return keyOf(columns.map((column) => row.get(column)));
  }
}

function holds({ kind }: Condition, decision: Decision): boolean {
  return kind === 'population' ? decision === true : decision !== false;
}

function score(candidate: Candidate | undefined): number {
  if (!candidate) return Infinity;
  return 2 * (candidate.broken.length + candidate.repeated.length) + Math.min(candidate.undecided, 1);
}

async function decideAll(
  judge: Judge | undefined,
  conditions: readonly Condition[],
  rows: readonly SampleRow[],
): Promise<readonly (readonly Decision[])[]> {
  return judge && conditions.length > 0 ? judge.decide(conditions, rows) : rows.map(() => []);
}

function result({ group, conditions, rows }: FillInput, chosen: ReadonlyMap<number, Candidate>): Filled {
  const all = Array.from({ length: rows }, (_, row) => chosen.get(row) as Candidate);
  const broken = new Map<string, number>();
  const count = (path: string, times: number): void => {
    if (times > 0) broken.set(path, (broken.get(path) ?? 0) + times);
  };
  for (const [index, condition] of conditions.entries()) {
    if (condition.kind === 'scope') continue;
    const decisions = all.map((candidate) => candidate.decisions[index] ?? null);
    count(condition.path, decisions.filter((decision) => !holds(condition, decision)).length);
    if (condition.kind === 'holds' && decisions.length > 0 && decisions.every((decision) => decision === null)) {
      broken.set(condition.path, 0);
    }
  }
  for (const [at, set] of group.unique.entries()) {
    count(set.path, all.filter(({ repeated }) => repeated.includes(at)).length);
  }
  return { rows: all.map(({ row }) => row), broken };
}

/** Rows of another table that a link may lead to: the values of its columns. */
export type Tuples = ReadonlyMap<ParentLink, readonly (readonly unknown[])[]>;
