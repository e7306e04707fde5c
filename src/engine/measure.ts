import type { Check, TableView } from '../checks/check.ts';
import { countOf, failedToMeasure, skipped, worst } from '../checks/judge.ts';
import type { Limit, Outcome } from '../model/outcome.ts';
import type { CheckResult, LimitResult, RuleResult, Samples, TableResult } from '../model/run.ts';
import type { Project } from '../project/project.ts';
import { EngineError, type RunOptions, type Session } from '../sql/dialect.ts';
import { compareDecimals, decimalOf, printDecimal } from '../util/decimal.ts';
import { jsonInteger } from '../util/json-integer.ts';
import { visible } from '../util/visible.ts';
import { evaluate, temper } from './evaluate.ts';
import { executeTable, type Results } from './execute.ts';
import { fingerprint } from './fingerprint.ts';
import { jsonValue } from './json-value.ts';
import type { OpenTables } from './open.ts';
import { raciResult } from './people.ts';
import { type PlannedCheck, planTable, type TablePlan } from './plan.ts';
import { createRecorder, type Recorder } from './record.ts';
import { type Broken, type Evidences, readSamples, sampleQuery, sampleStatement } from './sample.ts';
import type { SelectedTable } from './select.ts';

export interface MeasureInput {
  readonly project: Project;
  readonly tables: OpenTables;
  readonly samples: number;
  readonly options: RunOptions;
}

/** Characters of a message: several values of 256 fit. */
const LONGEST = 2000;

const NO_EVIDENCE: Evidences = { samples: new Map(), rules: new Map() };
const NOTHING: Found = { evidence: NO_EVIDENCE, rows: null, statements: [] };

/** Verifies one table: plan, execute, evaluate, and fetch the failing rows. Never throws for what the data or the engine does. */
export async function measureTable(selected: SelectedTable, input: MeasureInput): Promise<TableResult> {
  const { contract, table, checks } = selected;
  const { tables } = input;
  const finish = (location: string, outcomes: readonly Judged[], measured: Found = NOTHING): TableResult => {
    const results = outcomes.map(({ check, outcome }) =>
      resultOf(check, temper(outcome, check, { contract }, input.project), {
        samples: measured.evidence.samples.get(check.path) ?? null,
        rules: measured.evidence.rules.get(check.path) ?? [],
        fingerprint: fingerprint(
          input.project.environment?.name ?? null,
          contract.id,
          tables.warehouseOf(contract, table),
          table.name,
          check,
        ),
      }),
    );
    return {
      table: table.name,
      warehouse: tables.warehouseOf(contract, table),
      location: visible(location),
      description: table.description ?? null,
      raci: table.raci ? raciResult(table.raci) : null,
      verdict: worst(results.map(({ verdict }) => verdict)),
      rows: measured.rows,
      statements: measured.statements,
      checks: results,
    };
  };
  const written = table.location?.text ?? table.name;
  if (contract.status === 'retired')
    return finish(
      written,
      checks.map((check) => ({ check, outcome: skipped('retired') })),
    );
  const view = tables.view(contract, table);
  if (!('table' in view)) {
    return finish(
      written,
      checks
        .filter((check) => !check.filesOnly || tables.isFiles(table))
        .map((check) => ({ check, outcome: unavailable(check, view) })),
    );
  }
  const plan = planTable(view, checks);
  const recorder = createRecorder(view.masksAny);
  const { results, session } = await executeTable(plan, (of) => tables.warehouse(of), input.options, recorder);
  const changed = await view.source.changed();
  const outcomes = plan.checks.map((planned) => ({
    check: planned.check,
    planned,
    outcome:
      changed !== undefined && !('settled' in planned.plan)
        ? failedToMeasure('changed while reading', changed, 'run it again when nothing writes to the files')
        : evaluate(planned, view, results),
  }));
  const evidence = session ? await fetchEvidence(view, outcomes, session, recorder, input) : NO_EVIDENCE;
  await session?.close();
  const { statements } = recorder;
  return finish(view.source.place, outcomes, { evidence, rows: rowsRead(plan, results), statements });
}

/** What a table came to beside its checks. */
interface Found {
  readonly evidence: Evidences;
  readonly rows: TableResult['rows'];
  readonly statements: TableResult['statements'];
}

/** The most rows that a check of the table looked at. */
function rowsRead(plan: TablePlan, results: Results): TableResult['rows'] {
  const counts = plan.checks.flatMap(({ keys }) => {
    const result = results.get(keys.get('rows') ?? '');
    return result && 'value' in result ? countOf(result.value) : [];
  });
  const [first, ...others] = counts;
  if (first === undefined) return null;
  return jsonInteger(others.reduce((most, count) => (count > most ? count : most), first));
}

interface Judged {
  readonly check: Check;
  readonly outcome: Outcome;
}

function unavailable(
  check: Check,
  problem: { readonly reason: string; readonly message: string; readonly hint?: string },
): Outcome {
  return check.later !== undefined
    ? skipped(check.later)
    : failedToMeasure(problem.reason, visible(problem.message), problem.hint);
}

/** Rows that a tolerance allows are not fetched. */
function isBroken({ verdict, bad }: Outcome): boolean {
  return (verdict === 'fail' || verdict === 'warn') && (bad ?? 0n) > 0n;
}

/** Failing rows of the broken checks: one statement a table, and one for each query of the contract. */
async function fetchEvidence(
  view: TableView,
  outcomes: readonly (Judged & { readonly planned: PlannedCheck })[],
  session: Session,
  recorder: Recorder,
  input: MeasureInput,
): Promise<Evidences> {
  const broken: Broken[] = outcomes.flatMap(({ check, planned: { plan, view: own }, outcome }) =>
    !('settled' in plan) && isBroken(outcome) ? [{ path: check.path, plan, view: own }] : [],
  );
  if (broken.length === 0) return NO_EVIDENCE;
  const named = broken.some(({ view: own }) => own.features.length > 0);
  const contractSql = named || view.table.where !== undefined || outcomes.some(({ check }) => check.sql.length > 0);
  const options = { ...input.options, contractSql };
  const samples = new Map<string, Samples>();
  const rules = new Map<string, readonly RuleResult[]>();
  const take = async (parts: readonly Broken[]): Promise<void> => {
    const statement = sampleStatement(view, parts, input.samples);
    if (!statement) return;
    try {
      const found = readSamples(view, parts, await recorder.run(session, statement, rowsWords(parts.length), options));
      for (const [path, sample] of found.samples) samples.set(path, sample);
      for (const [path, counts] of found.rules) rules.set(path, counts);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // A condition that only fails on rows it was not asked about before: the others keep their samples.
      if (error.failure === 'failed' && parts.length > 1) for (const part of parts) await take([part]);
    }
  };
  await take(broken);
  for (const { path, plan } of input.samples > 0 ? broken : []) {
    if (!plan.failing || !('query' in plan.failing)) continue;
    try {
      const sample = await sampleQuery(view, plan.failing, input.samples, (statement) =>
        recorder.run(session, statement, rowsWords(1), options),
      );
      if (sample) samples.set(path, sample);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return { samples, rules };
}

function resultOf(
  check: Check,
  outcome: Outcome,
  evidence: Pick<CheckResult, 'samples' | 'rules' | 'fingerprint'>,
): CheckResult {
  return {
    path: check.path,
    kind: check.kind,
    columns: check.columns,
    fingerprint: evidence.fingerprint,
    severity: check.severity,
    promise: visible(check.promise),
    verdict: outcome.verdict,
    message: visible(outcome.message, LONGEST),
    reason: outcome.reason ?? null,
    hint: outcome.hint === undefined ? null : visible(outcome.hint, LONGEST),
    evidence: outcome.evidence ?? null,
    measured: Object.fromEntries(Object.entries(outcome.measured).map(([name, value]) => [name, jsonValue(value)])),
    limits: outcome.limits?.map(limitResult) ?? [],
    rules: evidence.rules,
    samples: evidence.samples,
    responsible: check.raci?.responsible.map(({ text }) => text) ?? [],
    at: check.at,
  };
}

function limitResult({ value, ...limit }: Limit): LimitResult {
  const exact = Number(printDecimal(value));
  return { ...limit, value: compareDecimals(decimalOf(exact), value) === 0 ? exact : printDecimal(value) };
}

function rowsWords(checks: number): string {
  return `failing rows of ${checks} ${checks === 1 ? 'check' : 'checks'}`;
}
