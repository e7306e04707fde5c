import type { Group } from './groups.ts';
import type { Decision, SampleRow } from './judge.ts';
import { keyOf } from './key.ts';
import type { Condition, UniqueSet } from './promises.ts';

/** Tries at a row that keeps everything. */
export const TRIES = 1000;
/** Times that a condition is asked about before nothing is hoped of one that never held. */
const NEVER = 10_000;
/** Of a condition that may be undecided, one row in so many has to decide it: undecided everywhere it would say nothing. */
const DECIDED = 3;

/** A row that may be taken. */
export interface Candidate {
  readonly values: SampleRow;
  readonly decisions: readonly Decision[];
  /** What it breaks, weighed; 0: it keeps everything. */
  readonly score: number;
}

export interface Filled {
  /** Column → its values, row by row. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** Path of a promise that some rows break → how many; or that is undecided in all of them → 0. */
  readonly broken: ReadonlyMap<string, number>;
}

/** The rows of a group that are taken so far, and what they break. */
export interface Ledger {
  candidate(row: number, values: SampleRow, decisions: readonly Decision[]): Candidate;
  take(row: number, candidate: Candidate): void;
  filled(): Filled;
}

export interface LedgerInput {
  readonly group: Group;
  readonly rows: number;
  /** Of the group, those that decisions are about. */
  readonly conditions: readonly Condition[];
  /** Whether a value counts as missing, so that it may come twice. */
  isMissing(column: string, value: unknown): boolean;
}

export function ledgerOf({ group, rows, conditions, isMissing }: LedgerInput): Ledger {
  const columns = new Map(group.columns.map((name) => [name, new Array<unknown>(rows).fill(null)]));
  const places = new Map(conditions.map((condition, at) => [condition, at]));
  const counts = conditions.flatMap((condition, at) =>
    condition.kind === 'scope' ? [] : [{ condition, at, asked: 0, held: 0, broken: 0, decided: 0 }],
  );
  const sets = group.unique.map((set) => ({ set, seen: new Set<string>(), repeats: 0 }));

  /** The values of the set as one text; undefined where one is missing or the row is out of its scope. */
  const keyIn = ({ columns: names, scope }: UniqueSet, { values, decisions }: Omit<Candidate, 'score'>) => {
    const place = scope && places.get(scope);
    // A scope that cannot be asked is taken for every row.
    if (place !== undefined && decisions[place] !== true) return undefined;
    const own = names.map((name) => values.get(name));
    return names.some((name, at) => isMissing(name, own[at])) ? undefined : keyOf(own);
  };

  return {
    candidate(row, values, decisions) {
      let broken = 0;
      let isUndecided = false;
      for (const count of counts) {
        const decision = decisions[count.at] ?? null;
        count.asked += 1;
        if (holds(count.condition, decision)) count.held += 1;
        else if (count.asked < NEVER || count.held > 0) broken += 1;
        if (count.condition.kind === 'holds' && decision === null && row % DECIDED === 0) isUndecided = true;
      }
      for (const { set, seen } of sets) {
        const key = keyIn(set, { values, decisions });
        if (key !== undefined && seen.has(key)) broken += 1;
      }
      return { values, decisions, score: 2 * broken + (isUndecided ? 1 : 0) };
    },
    take(row, candidate) {
      for (const [name, column] of columns) column[row] = candidate.values.get(name) ?? null;
      for (const count of counts) {
        const decision = candidate.decisions[count.at] ?? null;
        if (decision !== null) count.decided += 1;
        if (!holds(count.condition, decision)) count.broken += 1;
      }
      for (const each of sets) {
        const key = keyIn(each.set, candidate);
        if (key === undefined) continue;
        if (each.seen.has(key)) each.repeats += 1;
        else each.seen.add(key);
      }
    },
    filled() {
      const broken = new Map<string, number>();
      const add = (path: string, times: number): void => {
        if (times > 0) broken.set(path, (broken.get(path) ?? 0) + times);
      };
      for (const count of counts) {
        add(count.condition.path, count.broken);
        if (count.condition.kind === 'holds' && count.decided === 0) broken.set(count.condition.path, 0);
      }
      for (const { set, repeats } of sets) add(set.path, repeats);
      return { columns, broken };
    },
  };
}

function holds({ kind }: Condition, decision: Decision): boolean {
  return kind === 'population' ? decision === true : decision !== false;
}
