import { jsonInteger } from '../util/json-integer.ts';
import { readInstant } from './instants.ts';
import { refuseOther } from './migrate.ts';
import { reading, type Store } from './open.ts';
import type { MeasurementRow, RunRow } from './tables.ts';

/** Runs that are read at a time. */
const PAGE = 50;

/**
 * Gives all runs in their order, each behind it what its checks came to, as lines of JSON. Every part is read by itself: what is stored
 * meanwhile may be in it. Throws `EngineError`.
 */
export async function* exportLines(store: Store): AsyncGenerator<string> {
  await refuseOther(store);
  for (let after = ''; ; ) {
    const { runs, measurements } = await pageOf(store, after);
    const last = runs.at(-1);
    if (!last) return;
    for (const run of runs) {
      yield line(runRecord(run));
      for (const measurement of measurements.get(run.id) ?? []) yield line(measurementRecord(measurement));
    }
    after = last.id;
  }
}

interface Page {
  readonly runs: readonly RunRow[];
  /** By the id of their run. */
  readonly measurements: ReadonlyMap<string, readonly MeasurementRow[]>;
}

function pageOf(store: Store, after: string): Promise<Page> {
  return reading(store, async (db) => {
    const runs = await db.selectFrom('run').selectAll().where('id', '>', after).orderBy('id').limit(PAGE).execute();
    const measurements = new Map<string, MeasurementRow[]>(runs.map(({ id }) => [id, []]));
    if (runs.length === 0) return { runs, measurements };
    const found = await db
      .selectFrom('measurement')
      .selectAll()
      .where('run_id', 'in', [...measurements.keys()])
      .orderBy('run_id')
      .orderBy('fingerprint')
      .execute();
    for (const each of found) measurements.get(each.run_id)?.push(each);
    return { runs, measurements };
  });
}

function line(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

function runRecord(row: RunRow): object {
  return {
    type: 'run',
    id: row.id,
    startedAt: readInstant(row.started_at),
    measuredAt: readInstant(row.measured_at),
    environment: row.environment,
    seconds: Number(row.seconds),
    verdict: row.verdict,
    surety: row.surety,
    commit: row.git_commit,
    planned: whole(row.planned),
    measured: whole(row.measured),
    skipped: whole(row.skipped),
    notMeasured: whole(row.not_measured),
    diagnostics: whole(row.diagnostics),
  };
}

function measurementRecord(row: MeasurementRow): object {
  return {
    type: 'measurement',
    run: row.run_id,
    fingerprint: row.fingerprint,
    measuredAt: readInstant(row.measured_at),
    contract: row.contract,
    contractHash: row.contract_hash,
    table: row.table_name,
    path: row.path,
    kind: row.kind,
    severity: row.severity,
    verdict: row.verdict,
    reason: row.reason,
    message: row.message,
    measured: JSON.parse(row.measured),
    limits: JSON.parse(row.limits),
    bad: whole(row.bad),
    rows: whole(row.rows),
    value: near(row.value),
    ageSeconds: near(row.age_seconds),
  };
}

function whole<T extends RunRow['planned'] | null>(value: T): number | string | null {
  return value === null ? null : jsonInteger(BigInt(value));
}

function near(value: MeasurementRow['value']): number | null {
  return value === null ? null : Number(value);
}
