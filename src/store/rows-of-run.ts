import { createHash } from 'node:crypto';
import type { CheckResult, ContractResult, Run } from '../model/run.ts';
import { visible } from '../util/visible.ts';
import { keptInstant, keptMilliseconds } from './instants.ts';
import type { ContractVersionRow, MeasurementRow, RunRow } from './tables.ts';

/** A run as it goes into the store. */
export interface RunToKeep {
  /** Of `createRunId`: a run that is kept again under its id is kept once. */
  readonly id: string;
  /** Milliseconds since 1970, by the clock of this machine. */
  readonly startedAt: number;
  /** Full hash of the commit that the contracts stand in; null: not known. */
  readonly commit: string | null;
  readonly run: Run;
  /** Text of each contract of the run by its id, secrets covered. */
  readonly contents: ReadonlyMap<string, string>;
}

export interface RowsOfRun {
  readonly run: RunRow;
  readonly contracts: readonly ContractVersionRow[];
  readonly measurements: readonly MeasurementRow[];
}

/** Characters of a message, of a name, and of a measured text. */
const LONGEST = { message: 2000, name: 500, measured: 256 };

/** The rows of a run: what was measured, never rows of the data, statements or the values that were bound in them. */
export function rowsOfRun({ id, startedAt, commit, run, contents }: RunToKeep): RowsOfRun {
  const started = keptMilliseconds(startedAt);
  const measuredAt = keptInstant(run.now);
  const contracts = run.contracts.map((result) => versionRow(result, contents.get(result.contract), started));
  const { coverage } = run;
  const total = (counts: readonly { readonly count: number }[]): number =>
    counts.reduce((sum, { count }) => sum + count, 0);
  return {
    run: {
      id,
      started_at: started,
      measured_at: measuredAt,
      environment: run.environment === null ? null : visible(run.environment, LONGEST.name),
      seconds: run.seconds,
      verdict: run.verdict,
      surety: run.surety,
      git_commit: commit,
      planned: coverage.planned,
      measured: coverage.measured,
      skipped: total(coverage.skipped),
      not_measured: total(coverage.notMeasured),
      diagnostics: run.diagnostics.length,
    },
    contracts,
    measurements: run.contracts.flatMap((contract, at) =>
      contract.tables.flatMap(({ table, checks }) =>
        checks.map((check) => ({
          run_id: id,
          fingerprint: check.fingerprint,
          measured_at: measuredAt,
          contract: visible(contract.contract, LONGEST.name),
          contract_hash: contracts[at]?.hash ?? '',
          table_name: visible(table, LONGEST.name),
          ...checkColumns(check),
        })),
      ),
    ),
  };
}

function versionRow(
  { contract, version }: ContractResult,
  content: string | undefined,
  firstSeen: string,
): ContractVersionRow {
  if (content === undefined) throw new RangeError(`the text of ${contract} is missing`);
  return {
    hash: createHash('sha256').update(content).digest('hex'),
    contract: visible(contract, LONGEST.name),
    version: visible(version, LONGEST.name),
    content,
    first_seen_at: firstSeen,
  };
}

type CheckColumns = Omit<
  MeasurementRow,
  'run_id' | 'fingerprint' | 'measured_at' | 'contract' | 'contract_hash' | 'table_name'
>;

function checkColumns(check: CheckResult): CheckColumns {
  const { measured, limits } = check;
  const kept = Object.entries(measured).map(([name, value]) => [
    name,
    typeof value === 'string' ? visible(value, LONGEST.measured) : value,
  ]);
  return {
    path: visible(check.path, LONGEST.name),
    kind: visible(check.kind, LONGEST.name),
    severity: check.severity,
    verdict: check.verdict,
    reason: check.reason === null ? null : visible(check.reason, LONGEST.name),
    message: visible(check.message, LONGEST.message),
    measured: JSON.stringify(Object.fromEntries(kept)),
    limits: JSON.stringify(limits),
    bad: whole(measured['bad']),
    rows: whole(measured['rows']),
    value: near(measured['value']),
    age_seconds: near(measured['ageSeconds']),
  };
}

type Measured = CheckResult['measured'][string] | undefined;

/** Counts beyond 2^53 are texts of digits. */
function whole(value: Measured): number | string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  return typeof value === 'string' && /^-?\d{1,18}$/.test(value) ? value : null;
}

/** What is no number, such as a value that is masked, has none. */
function near(value: Measured): number | null {
  const number = typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
