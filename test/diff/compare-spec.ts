import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { compareProjects } from '../../src/diff/compare-projects.ts';
import type { Change } from '../../src/model/change.ts';
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
  readonly asOf?: string;
  readonly minSunset?: string;
  /** `rule path line (was line)`: lines count from the first one of `after` and `before`; a `-` where there is none. */
  readonly expect: readonly string[];
  /** The same with the sides swapped; absent: the opposite rules at the same paths, lines swapped. `skip: why` leaves it out. */
  readonly swapped?: readonly string[] | { readonly skip: string };
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
  const loaded = await loadContracts([], { cwd: folder, variables: {} });
  const errors = loaded.diagnostics.filter(
    ({ severity, code }) => severity === 'error' && code !== 'select/nothing-found',
  );
  if (errors.length > 0) throw new Error(`"${spec.name}" has an invalid side: ${JSON.stringify(errors, null, 2)}`);
  return { project: loaded.project, contracts: loaded.contracts.map(({ contract }) => contract) };
}
