import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { ruleOf } from '../../src/diff/catalogue.ts';
import { compareProjects } from '../../src/diff/compare-projects.ts';
import type { Bump, Change } from '../../src/model/change.ts';
import { projectFolder } from '../support/project-folder.ts';

/**
 * One case of `test/specs/diff/*.yaml`: two versions of a contract and every change between them. `before` and `after` are the contract
 * without `contract` and `version`; null: there is none.
 */
export interface DiffCase {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** surety.yaml: one for both sides, or of each side. */
  readonly project?: string | readonly [string, string];
  /** Contracts beside it (without `contract` and `version`), by id: for both sides, or of each side. */
  readonly others?: Readonly<Record<string, string | readonly [string | null, string | null]>>;
  /** Of the two sides; with it the findings about versions count too. Without: 1.0.0 and 2.0.0, and they do not. */
  readonly versions?: readonly [string, string];
  /** false: what lint refuses, but a past version may hold. */
  readonly lint?: boolean;
  readonly asOf?: string;
  readonly minSunset?: string;
  readonly expect: readonly Expected[];
  /** The same with the sides swapped; absent: the opposite rules at the same paths, lines swapped. `skip: why` leaves it out. */
  readonly swapped?: readonly Expected[] | { readonly skip: string };
}

/** `rule path line (was line)`: lines count from the first one of `after` and `before`; a `-` where there is none. */
export type Expected = string | ExpectedChange;

/** The line, and what else the change says: only what is given counts. */
export interface ExpectedChange {
  readonly change: string;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly lost?: string | null;
  readonly notice?: boolean;
  /** Its own, else that of its rule. */
  readonly bump?: Bump;
  readonly checks?: readonly string[] | null;
  /** Old and new names of tables, and of columns behind a dot: `orders`, `.email`. */
  readonly touches?: readonly string[];
  readonly readers?: readonly string[] | null;
  /** Patterns. */
  readonly message?: string;
  readonly remedy?: string;
}

export interface DiffSpecFile {
  readonly file: string;
  readonly cases: readonly DiffCase[];
}

export const DIFF_SPECS = join(import.meta.dirname, '../specs/diff');

export function readDiffSpecs(): readonly DiffSpecFile[] {
  const files = readdirSync(DIFF_SPECS)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return files.map((file) => ({ file, cases: parse(readFileSync(join(DIFF_SPECS, file), 'utf8')) as DiffCase[] }));
}

/** All changes between the two sides of a case, findings about versions left out unless the case is about them. */
export async function changesOf(spec: DiffCase): Promise<readonly Change[]> {
  const [before, after] = await Promise.all([loadSide(spec, 0), loadSide(spec, 1)]);
  const compared = compareProjects(before, after, {
    asOf: spec.asOf ?? '2026-11-25',
    ...(spec.minSunset !== undefined && {
      minSunset: {
        microseconds: BigInt(Number.parseInt(spec.minSunset, 10)) * 86_400_000_000n,
        months: 0,
        text: spec.minSunset,
      },
    }),
  });
  const changes = compared.flatMap((each) => each.changes);
  return spec.versions ? changes : changes.filter(({ rule }) => !rule.startsWith('version-'));
}

/** As `expect` writes it. */
export function shown({ rule, path, at, was }: Change): string {
  return `${rule} ${path === '' ? '(contract)' : path} ${at?.line ?? '-'} (was ${was?.line ?? '-'})`;
}

export function lineOf(expected: Expected): string {
  return typeof expected === 'string' ? expected : expected.change;
}

/** What is wrong with the changes that have the line of an expectation: nothing where one of them is as told. */
export function mismatches(expected: Expected, changes: readonly Change[]): readonly string[] {
  if (typeof expected === 'string') return [];
  const { change: line, ...wanted } = expected;
  const wrong = changes.filter((change) => shown(change) === line).map((change) => mismatch(wanted, change));
  return wrong.some((each) => each.length === 0) ? [] : wrong.flat();
}

function mismatch(wanted: Omit<ExpectedChange, 'change'>, change: Change): readonly string[] {
  const rule = ruleOf(change.rule);
  const has: Record<keyof typeof wanted, unknown> = {
    before: change.before,
    after: change.after,
    lost: change.lost ?? null,
    notice: change.notice ?? rule.notice ?? false,
    bump: change.bump ?? rule.bump,
    checks: change.checks ?? null,
    touches: [...change.touches.tables, ...change.touches.columns.map((name) => `.${name}`)],
    readers: change.readers ?? null,
    message: change.message,
    remedy: change.remedy ?? rule.remedy,
  };
  return Object.entries(wanted).flatMap(([key, value]) => {
    const found = has[key as keyof typeof wanted];
    const isPattern = key === 'message' || key === 'remedy';
    const isSame = isPattern
      ? new RegExp(String(value)).test(String(found))
      : JSON.stringify(found) === JSON.stringify(value);
    if (!(key in has)) return [`"${key}" is nothing that a change says`];
    return isSame ? [] : [`${key}: ${JSON.stringify(found)} is not ${JSON.stringify(value)}`];
  });
}

/** The case seen from the other side. */
export function swap(spec: DiffCase): DiffCase {
  const { before, after, project, others = {}, versions, ...rest } = spec;
  return {
    ...rest,
    before: after,
    after: before,
    ...(project !== undefined && {
      project: typeof project === 'string' ? project : ([project[1], project[0]] as const),
    }),
    others: Object.fromEntries(
      Object.entries(others).map(([id, text]) => [id, typeof text === 'string' ? text : ([text[1], text[0]] as const)]),
    ),
    ...(versions && { versions: [versions[1], versions[0]] as const }),
  };
}

async function loadSide(spec: DiffCase, side: 0 | 1) {
  const of = <T>(value: T | readonly [T, T]): T => (Array.isArray(value) ? value[side] : value) as T;
  const body = [spec.before, spec.after][side];
  const version = spec.versions?.[side] ?? ['1.0.0', '2.0.0'][side];
  const files: Record<string, string> = { 'surety.yaml': 'contracts: "*/*.yaml"\n' };
  if (spec.project !== undefined) files['surety.yaml'] = of<string>(spec.project);
  const add = (id: string, text: string | null | undefined, of: string | undefined) => {
    // The head stands behind the body, so that lines count from the body.
    const owner = /^(?:raci|status):/m.test(text ?? '') ? '' : 'raci: { accountable: owner }\n';
    const head = /^contract:/m.test(text ?? '') ? '' : `\ncontract: ${id}\nversion: ${of}\n${owner}`;
    if (text !== null && text !== undefined) files[`contracts/${id.replace('@', '-')}.yaml`] = text.trimEnd() + head;
  };
  add('case', body, version);
  for (const [id, text] of Object.entries(spec.others ?? {})) add(id, of<string | null>(text as string), '1.0.0');
  const folder = await projectFolder(files);
  const loaded = await loadContracts([], { cwd: folder, variables: {}, lint: spec.lint ?? true });
  const errors = loaded.diagnostics.filter(
    ({ severity, code }) => severity === 'error' && code !== 'select/nothing-found',
  );
  if (errors.length > 0) throw new Error(`"${spec.name}" has an invalid side: ${JSON.stringify(errors, null, 2)}`);
  return { project: loaded.project, contracts: loaded.contracts.map(({ contract }) => contract) };
}
