import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { type VerifyOptions, verify } from '../../src/engine/verify.ts';
import type { CheckResult, Run } from '../../src/model/run.ts';
import { parseInstant } from '../../src/util/instant.ts';
import { type CreatedTables, csv, ENGINES, type SpecTable, type TestEngine } from './engines/index.ts';

/** One case of `test/specs/checks/*.yaml`. */
export interface SpecCase {
  readonly name: string;
  /** Physical tables: `columns` (name → physical type) and `rows` (lists of values as text). */
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly columns?: Readonly<Record<string, string>>;
        readonly rows?: readonly (readonly unknown[])[];
        /** Text files only: the file as it is. */
        readonly text?: string;
      }
    >
  >;
  /** Contract tables, without `location`. */
  readonly contract: Readonly<Record<string, unknown>>;
  /** Keys beside `tables` in the contract. */
  readonly head?: Readonly<Record<string, unknown>>;
  readonly now?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Verdict of the whole run. */
  readonly run?: string;
  /** Check path → verdict, or verdict with measured values. Every other check has to pass or be skipped. */
  readonly expect: Readonly<
    Record<string, string | { readonly verdict: string; readonly [measured: string]: unknown }>
  >;
  /** Engines that cannot hold the rows, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
  /** Also runs over a text file. */
  readonly text?: boolean;
}

export interface SpecFile {
  readonly file: string;
  readonly cases: readonly SpecCase[];
}

export async function readSpecs(folder: string): Promise<readonly SpecFile[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (file) => ({
      file,
      cases: parse(await readFile(join(folder, file), 'utf8'), { intAsBigInt: true }) as SpecCase[],
    })),
  );
}

export function enginesOf(spec: SpecCase): readonly TestEngine[] {
  const isText = Object.values(spec.tables).some(({ text }) => text !== undefined);
  return [...(isText ? [] : ENGINES), ...(spec.text ? [csv] : [])].filter(
    ({ excepted }) => !excepted.some((name) => spec.except?.[name] !== undefined),
  );
}

/** Creates the tables, writes the contract, verifies. */
export async function runSpec(spec: SpecCase, engine: TestEngine): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-spec-'));
  try {
    const tables = new Map(
      Object.entries(spec.tables).map(([name, table]): [string, SpecTable] => [
        name,
        {
          columns: table.columns ?? {},
          ...(table.text !== undefined && { text: table.text }),
          rows: (table.rows ?? []).map((row) => row.map((value) => (value === null ? null : String(value)))),
        },
      ]),
    );
    const created = await engine.create(folder, tables);
    try {
      return await verifyTables(folder, spec, created);
    } finally {
      await created.drop?.();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function verifyTables(folder: string, spec: SpecCase, created: CreatedTables): Promise<Run> {
  await mkdir(join(folder, 'contracts'), { recursive: true });
  await writeFile(join(folder, 'surety.yaml'), created.surety);
  const contract = {
    contract: 'spec.case',
    version: '1.0.0',
    raci: { responsible: 'tester', accountable: 'tester' },
    warehouse: 'default',
    ...spec.head,
    tables: Object.fromEntries(
      Object.entries(spec.contract).map(([name, table]) => [
        name,
        { location: created.location(name), ...(table as object) },
      ]),
    ),
  };
  await writeFile(join(folder, 'contracts', 'case.yaml'), stringify(contract));
  const loaded = await loadContracts([join(folder, 'contracts')]);
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(`the contract is invalid: ${errors.map(({ message, hint }) => `${message} (${hint})`).join('; ')}`);
  const now = spec.now === undefined ? undefined : parseInstant(spec.now);
  const options: VerifyOptions = {
    ...(now !== undefined && { now: { microseconds: now } }),
    ...(spec.options as VerifyOptions),
  };
  return verify(loaded, options);
}

/** What differs from the expectation, in words; empty where nothing does. */
export function differences(spec: SpecCase, run: Run): readonly string[] {
  const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
  const byPath = new Map(checks.map((check) => [check.path, check]));
  const found: string[] = [];
  if (spec.run !== undefined && run.verdict !== spec.run) found.push(`the run: ${run.verdict}, expected ${spec.run}`);
  for (const [path, wanted] of Object.entries(spec.expect)) {
    const check = byPath.get(path);
    if (!check) found.push(`${path}: there is no such check (${[...byPath.keys()].join(', ')})`);
    else found.push(...compare(check, typeof wanted === 'string' ? { verdict: wanted } : wanted));
  }
  for (const check of checks) {
    if (check.path in spec.expect || check.verdict === 'pass' || check.verdict === 'skipped') continue;
    found.push(`${check.path}: unexpected ${check.verdict}: ${check.message}`);
  }
  return found;
}

function compare(
  check: CheckResult,
  wanted: { readonly verdict: string; readonly [name: string]: unknown },
): readonly string[] {
  const { verdict, reason, message, rules, samples, ...measured } = wanted;
  const found: string[] = [];
  if (check.verdict !== verdict) found.push(`${check.path}: ${check.verdict}, expected ${verdict}: ${check.message}`);
  if (reason !== undefined && check.reason !== reason)
    found.push(`${check.path}: reason ${check.reason}, expected ${String(reason)}`);
  if (message !== undefined && !check.message.includes(String(message)))
    found.push(`${check.path}: message "${check.message}" lacks "${String(message)}"`);
  if (rules !== undefined) {
    const own = Object.fromEntries(check.rules.map(({ rule, rows }) => [rule, rows]));
    if (text(own) !== text(rules)) found.push(`${check.path}: rules ${text(own)}, expected ${text(rules)}`);
  }
  if (samples !== undefined && text(check.samples?.rows ?? null) !== text(samples)) {
    found.push(`${check.path}: samples ${text(check.samples?.rows ?? null)}, expected ${text(samples)}`);
  }
  for (const [name, value] of Object.entries(measured)) {
    if (String(check.measured[name]) !== String(value))
      found.push(`${check.path}: ${name} is ${check.measured[name]}, expected ${String(value)}`);
  }
  return found;
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
}
