import { resolve } from 'node:path';
import { type Base, resolveBase } from '../../git/base.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { findRevision } from '../../git/revision.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Variables } from '../../project/secret.ts';
import { visible } from '../../util/visible.ts';
import { DISK } from '../../yaml/files.ts';

/** What a side was asked to be. */
export type Request =
  | { readonly from: 'disk'; readonly paths: readonly string[] }
  | { readonly from: 'git'; readonly repository: Repository; readonly base: Base }
  | { readonly from: 'warehouse'; readonly name: string };

export interface RequestPlace {
  readonly cwd: string;
  readonly variables: Variables;
}

const ACCEPTED = 'a file, a folder, a branch, a tag or a commit (`git:` before it where a file has the same name)';

/** What `--against`, OLD or NEW names; a branch stands for where `ref`, or what is checked out, left it. */
export async function requested(
  spec: string,
  { cwd, variables }: RequestPlace,
  { ref, warehouses }: { readonly ref?: string; readonly warehouses: boolean },
): Promise<Request | Diagnostic> {
  const [, warehouse] = /^warehouse:(.+)$/s.exec(spec) ?? [];
  if (warehouse !== undefined) {
    if (warehouses) return { from: 'warehouse', name: warehouse };
    return unknown(spec, 'a warehouse has no past: compare with it by `surety diff`');
  }
  const isPath = DISK.kind(resolve(cwd, spec)) !== undefined;
  if (isPath) return { from: 'disk', paths: [spec] };
  const repository = await openRepository(cwd, { variables });
  const isPlain = !spec.startsWith('git:');
  if ('code' in repository) {
    return isPlain ? unknown(spec, `name ${ACCEPTED}; here is no git repository that could be asked`) : repository;
  }
  const base = await resolveBase(repository, { against: spec, ...(ref !== undefined && { ref }) });
  if (!('code' in base)) return { from: 'git', repository, base };
  if (!isPlain || base.code !== 'gate/missing-ref') return base;
  // What can be fetched may well be there.
  if (base.hint?.includes('git fetch')) return { ...base, hint: `${base.hint}; or name ${ACCEPTED}` };
  return unknown(spec, `name ${ACCEPTED}; ${base.hint ?? ''}`);
}

/** The merge base with the default branch. */
export async function defaultBase(
  { cwd, variables }: RequestPlace,
  ref: string | undefined,
): Promise<Request | Diagnostic> {
  const repository = await openRepository(cwd, { variables });
  if ('code' in repository) return repository;
  const base = await resolveBase(repository, ref === undefined ? {} : { ref });
  return 'code' in base ? base : { from: 'git', repository, base };
}

/** The commit of a ref as it is, for the new side. */
export async function exactly(ref: string, { cwd, variables }: RequestPlace): Promise<Request | Diagnostic> {
  const repository = await openRepository(cwd, { variables });
  if ('code' in repository) return repository;
  const found = await findRevision(repository, ref.replace(/^git:/, ''));
  if ('code' in found) return found;
  const { commit, name, notes } = found;
  return { from: 'git', repository, base: { commit, label: `${name} ${commit.slice(0, 7)}`, notes } };
}

function unknown(spec: string, hint: string): Diagnostic {
  const message = `"${visible(spec)}" is nothing to compare with`;
  return { code: 'gate/unknown-side', severity: 'error', message, hint };
}
