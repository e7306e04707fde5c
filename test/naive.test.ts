import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadContracts } from '../src/contract/load.ts';
import { verify } from '../src/engine/verify.ts';
import type { CheckResult } from '../src/model/run.ts';
import { type Expected, evaluateNaively } from './support/naive.ts';
import {
  type Cell,
  type CellType,
  type Condition,
  type Limits,
  type Model,
  model,
  NOW,
  PATTERNS,
} from './support/naive-model.ts';

const RUNS = Number(process.env['SURETY_NAIVE_RUNS'] ?? 100);
const SEED = Number(process.env['SURETY_NAIVE_SEED'] ?? 20261123);

const PHYSICAL: Readonly<Record<CellType, string>> = {
  string: 'varchar',
  int64: 'bigint',
  decimal: 'decimal(12,2)',
  float64: 'double',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
};

function decimal(cents: bigint): string {
  const size = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}

/** The value as SQL of the engine. */
function literal(value: Cell, type: CellType): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return `cast('${Object.is(value, -0) ? '-0' : value}' as double)`;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (type === 'decimal') return `cast('${decimal(value)}' as decimal(12,2))`;
  if (type === 'date') return `(date '1970-01-01' + cast(${value} as integer))`;
  return type === 'instant' ? `make_timestamptz(${value})` : `cast('${value}' as bigint)`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function conditionSql(condition: Condition, { columns }: Model): string {
  switch (condition.is) {
    case 'null':
      return `${quoted(columns[condition.column]?.name ?? '')} is ${condition.not ? 'not ' : ''}null`;
    case 'not':
      return `not (${conditionSql(condition.of, { columns } as Model)})`;
    case 'compare': {
      const column = columns[condition.column];
      return `${quoted(column?.name ?? '')} ${condition.by} ${literal(condition.to, column?.type ?? 'string')}`;
    }
    default:
      return `(${conditionSql(condition.left, { columns } as Model)}) ${condition.is} (${conditionSql(condition.right, { columns } as Model)})`;
  }
}

const limit = (text: string): string | number =>
  text.endsWith('%') || !Number.isSafeInteger(Number(text)) ? text : Number(text);

function limits(given: Limits | undefined): unknown {
  if (!given) return undefined;
  if (given.warn === undefined && given.fail !== undefined) return limit(given.fail);
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, limit(text)]));
}

/** The model as a table of the contract language. */
function tableOf(of: Model, location: string): unknown {
  const columns = of.columns.map((column): [string, unknown] => {
    const { enum: listed, pattern, ...rest } = column.rules;
    return [
      column.name,
      {
        type: column.type === 'decimal' ? 'decimal(12,2)' : column.type,
        required: column.required,
        ...(column.missing && {
          missing: {
            ...(column.missing.allow && { allow: limits(column.missing.allow) }),
            ...(column.missing.values.length > 0 && { values: column.missing.values }),
          },
        }),
        ...(column.unique && { unique: column.unique.allow ? { allow: limits(column.unique.allow) } : true }),
        ...(listed && { enum: listed }),
        ...(pattern !== undefined && { pattern: PATTERNS[pattern]?.text }),
        ...rest,
        ...(column.invalid && { invalid: limits(column.invalid) }),
      },
    ];
  });
  const checks = of.checks.map((check): [string, unknown] => {
    const common = {
      ...(check.where && { where: conditionSql(check.where, of) }),
      ...(check.severity && { severity: check.severity }),
      ...('allow' in check && check.allow && { allow: limits(check.allow) }),
    };
    if (check.kind === 'expect') return [check.id, { expect: conditionSql(check.condition, of), ...common }];
    if (check.kind === 'unique')
      return [check.id, { unique: check.columns.map((at) => of.columns[at]?.name), ...common }];
    const name = quoted(of.columns[check.column]?.name ?? '');
    const call =
      check.call === 'rows'
        ? 'count(*)'
        : check.call === 'share'
          ? `share(${conditionSql(check.condition, of)})`
          : `${check.call}(${name})`;
    return [
      check.id,
      {
        metric: call,
        ...(check.min && { min: limits(check.min) }),
        ...(check.max && { max: limits(check.max) }),
        ...(check.equals && { equals: limit(check.equals) }),
        ...common,
      },
    ];
  });
  const { min, max } = of.rowBounds;
  return {
    location,
    ...(of.key.length > 0 && { key: of.key.map((at) => of.columns[at]?.name) }),
    ...(of.where && { where: conditionSql(of.where, of) }),
    timeColumn: 'at',
    ...(of.window !== undefined && { window: `${of.window}d` }),
    ...((min || max) && { rows: { ...(min && { min: limits(min) }), ...(max && { max: limits(max) }) } }),
    columns: Object.fromEntries([...columns, ['at', 'instant']]),
    checks: Object.fromEntries(checks),
  };
}

async function fill(
  path: string,
  models: readonly Model[],
  after: (run: (sql: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    for (const [index, { columns, rows }] of models.entries()) {
      const types = [...columns.map(({ type }) => type), 'instant' as const];
      const names = [...columns.map(({ name }) => name), 'at'];
      await connection.run(
        `create table t${index} (${names.map((name, at) => `${quoted(name)} ${PHYSICAL[types[at] as CellType]}`).join(', ')})`,
      );
      const values = rows.map((row) => `(${row.map((value, at) => literal(value, types[at] as CellType)).join(', ')})`);
      if (values.length > 0) await connection.run(`insert into t${index} values ${values.join(', ')}`);
    }
    await after((sql) => connection.run(sql));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const engines = {
  duckdb: async (folder: string, models: readonly Model[]) => {
    await fill(join(folder, 'all.duckdb'), models, async () => {});
    return {
      surety: 'warehouses: { default: { type: duckdb, url: all.duckdb } }\n',
      location: (index: number) => `t${index}`,
    };
  },
  parquet: async (folder: string, models: readonly Model[]) => {
    await fill(':memory:', models, async (run) => {
      for (const index of models.keys())
        await run(`copy t${index} to '${join(folder, `t${index}.parquet`)}' (format parquet)`);
    });
    return {
      surety: `warehouses: { default: { type: duckdb, root: ${folder} } }\n`,
      location: (index: number) => `t${index}.parquet`,
    };
  },
} as const;

function differences(expected: ReadonlyMap<string, Expected>, checks: readonly CheckResult[]): readonly string[] {
  const found: string[] = [];
  const byPath = new Map(checks.map((check) => [check.path, check]));
  for (const [path, wanted] of expected) {
    const check = byPath.get(path);
    if (!check) {
      found.push(`${path} is missing`);
      continue;
    }
    if (check.verdict !== wanted.verdict)
      found.push(`${path} is ${check.verdict} (${check.message}), expected ${wanted.verdict}`);
    if (wanted.reason !== undefined && check.reason !== wanted.reason)
      found.push(`${path}: reason ${check.reason}, expected ${wanted.reason}`);
    for (const [name, value] of Object.entries(wanted.measured ?? {})) {
      if (String(check.measured[name]) !== String(value))
        found.push(`${path}: ${name} is ${check.measured[name]}, expected ${value}`);
    }
  }
  for (const { path, verdict, message } of checks) {
    if (!expected.has(path) && verdict !== 'pass') found.push(`${path} is ${verdict}: ${message}`);
  }
  return found;
}

describe.each(Object.keys(engines) as (keyof typeof engines)[])('random contracts over random rows on %s', (engine) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'surety-naive-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`agree with a naive evaluation (SURETY_NAIVE_SEED=${SEED}, ${RUNS} contracts)`, async () => {
    const models = fc.sample(model, { seed: SEED + Object.keys(engines).indexOf(engine), numRuns: RUNS });
    const created = await engines[engine](folder, models);
    await mkdir(join(folder, 'contracts'), { recursive: true });
    await writeFile(join(folder, 'surety.yaml'), created.surety);
    const contract = {
      contract: 'naive.case',
      version: '1.0.0',
      raci: { responsible: 'tester', accountable: 'tester' },
      warehouse: 'default',
      tables: Object.fromEntries(models.map((of, index) => [`t${index}`, tableOf(of, created.location(index))])),
    };
    await writeFile(join(folder, 'contracts', 'naive.yaml'), stringify(contract, { lineWidth: 0 }));
    const loaded = await loadContracts([join(folder, 'contracts')]);
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ at, message, hint }) => `${at?.line}: ${message} (${hint})`)).toEqual([]);
    const run = await verify(loaded, { now: { microseconds: NOW }, samples: 2 });

    const found: string[] = [];
    const verdicts = new Map<string, number>();
    for (const [index, of] of models.entries()) {
      const checks = run.contracts[0]?.tables[index]?.checks ?? [];
      for (const { kind, verdict } of checks)
        verdicts.set(`${kind} ${verdict}`, (verdicts.get(`${kind} ${verdict}`) ?? 0) + 1);
      const wrong = differences(evaluateNaively(of, `t${index}`), checks);
      if (wrong.length > 0)
        found.push(
          `${wrong.join('\n')}\n${stringify(tableOf(of, ''))}${of.rows.map((row) => row.map(String).join(' | ')).join('\n')}`,
        );
    }
    expect(
      found.slice(0, 3).join('\n\n'),
      `SURETY_NAIVE_SEED=${SEED}: ${found.length} of ${RUNS} contracts disagree`,
    ).toBe('');
    // The comparison says something only where every kind of check went both ways.
    for (const kind of ['rows', 'required', 'missing', 'invalid', 'unique', 'key', 'expect', 'metric']) {
      expect(verdicts.get(`${kind} pass`) ?? 0, `${kind} pass`).toBeGreaterThan(0);
      expect(verdicts.get(`${kind} fail`) ?? 0, `${kind} fail`).toBeGreaterThan(0);
    }
  });
});
