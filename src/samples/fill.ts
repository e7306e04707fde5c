import type { Decision, Judge, SampleRow } from './judge.ts';
import { type Candidate, type Filled, type Ledger, type LedgerInput, ledgerOf, TRIES } from './ledger.ts';

/** Rows that are asked about at once. */
const BATCH = 4096;
/** Rows that used up all their tries, and are most of those that were tried again, after which there is little hope for the others. */
const LOST = 100;
/** Tries at each of those. */
const FEW = 10;

export interface FillInput extends LedgerInput {
  /** A row as it would be at an attempt. */
  propose(row: number, attempt: number): SampleRow;
  /** Absent: there is nothing to ask. */
  readonly judge?: Judge;
}

/** A row that is not taken yet. */
interface Trial {
  readonly row: number;
  tried: number;
  best: Candidate;
}

interface Attempt {
  readonly row: number;
  readonly attempt: number;
}

interface Decided {
  readonly row: number;
  readonly values: SampleRow;
  readonly decisions: readonly Decision[];
}

const NONE: readonly Decision[] = [];

/** Makes the rows of a group: each the first attempt that keeps everything, else the one that breaks least. */
export async function fillGroup(input: FillInput): Promise<Filled> {
  const ledger = ledgerOf(input);
  const trials: Trial[] = [];
  for (let from = 0; from < input.rows; from += BATCH) {
    const length = Math.min(BATCH, input.rows - from);
    const attempts = Array.from({ length }, (_, at) => ({ row: from + at, attempt: 0 }));
    for (const { row, values, decisions } of await decide(input, attempts)) {
      const best = ledger.candidate(row, values, decisions);
      if (best.score === 0) ledger.take(row, best);
      else trials.push({ row, tried: 1, best });
    }
  }
  await tryAgain(input, ledger, trials);
  return ledger.filled();
}

/** Asks about as many rows at once as a batch has room for, each as often as is likely to be enough. */
async function tryAgain(input: FillInput, ledger: Ledger, trials: readonly Trial[]): Promise<void> {
  const room = isAsked(input) ? BATCH : 1;
  let [next, each, most] = [0, 1, TRIES];
  let [found, lost] = [0, 0];
  let open: Trial[] = [];
  while (open.length > 0 || next < trials.length) {
    const times = Math.min(each, most);
    const width = Math.max(1, Math.floor(room / times));
    for (; open.length < width && next < trials.length; next += 1) open.push(trials[next] as Trial);
    const asked = open.slice(0, width);
    const decided = await decide(
      input,
      asked.flatMap(({ row, tried }) =>
        Array.from({ length: Math.min(times, most - tried) }, (_, more) => ({ row, attempt: tried + more })),
      ),
    );
    const { taken, looked } = look(ledger, asked, decided);
    found += taken.size;
    each = Math.min(room, Math.ceil((looked + 1) / (taken.size + 1)));
    const left = open.filter(({ row }) => !taken.has(row));
    const ended = left.filter(({ tried }) => tried >= most);
    for (const { row, best } of ended) ledger.take(row, best);
    lost += ended.length;
    open = left.filter(({ tried }) => tried < most);
    if (lost >= LOST && lost > found) most = FEW;
  }
}

/** Takes of each row the first attempt that keeps everything. */
function look(
  ledger: Ledger,
  asked: readonly Trial[],
  decided: readonly Decided[],
): { readonly taken: ReadonlySet<number>; readonly looked: number } {
  const trials = new Map(asked.map((trial) => [trial.row, trial]));
  const taken = new Set<number>();
  let looked = 0;
  for (const { row, values, decisions } of decided) {
    const trial = trials.get(row);
    if (!trial || taken.has(row)) continue;
    looked += 1;
    trial.tried += 1;
    const candidate = ledger.candidate(row, values, decisions);
    if (candidate.score < trial.best.score) trial.best = candidate;
    if (candidate.score > 0) continue;
    ledger.take(row, candidate);
    taken.add(row);
  }
  return { taken, looked };
}

function isAsked({ judge, conditions }: FillInput): boolean {
  return judge !== undefined && conditions.length > 0;
}

async function decide(input: FillInput, attempts: readonly Attempt[]): Promise<readonly Decided[]> {
  const { judge, conditions } = input;
  const proposed = attempts.map(({ row, attempt }) => input.propose(row, attempt));
  const decisions = judge && isAsked(input) ? await judge.decide(conditions, proposed) : [];
  return proposed.map((values, at) => ({ row: attempts[at]?.row ?? 0, values, decisions: decisions[at] ?? NONE }));
}
