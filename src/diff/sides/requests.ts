import { resolve } from 'node:path';
import { type Base, resolveBase } from '../../git/base.ts';
import { NAME_A_REF } from '../../git/missing.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { findRevision } from '../../git/revision.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Variables } from '../../project/secret.ts';
import { visible } from '../../util/visible.ts';
import { DISK } from '../../yaml/files.ts';
import type { GateOptions } from '../options.ts';

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
  { ref, command, untrusted = false }: Pick<GateOptions, 'ref' | 'command' | 'untrusted'>,
): Promise<Request | Diagnostic> {
  // What most likely was a variable of CI that is not set.
  if (spec.trim() === '') return unknown(spec, `name ${ACCEPTED}, or leave the option out`);
  const [, warehouse] = /^warehouse:(.+)$/s.exec(spec) ?? [];
  if (warehouse !== undefined) {
    if (untrusted) return refused(spec);
    if (command === 'diff') return { from: 'warehouse', name: warehouse };
    return unknown(spec, 'a warehouse has no past: compare with it by `surety diff`');
  }
  const isThere = !spec.startsWith('git:') && DISK.kind(resolve(cwd, spec)) !== undefined;
  const isWrittenOut = /^\.{0,2}[/\\]/.test(spec);
  if (isThere && isWrittenOut) return { from: 'disk', paths: [spec] };
  // A file of the name of a branch that is not in this clone would be the change's own past.
  const isPath = isThere && !(untrusted && command === 'breaking');
  const repository = await openRepository(cwd, { variables });
  if (isPath) {
    // Whoever adds a file of a branch's name must not be compared with himself.
    const isRef = !('code' in repository) && !('code' in (await findRevision(repository, spec)));
    return isRef ? ambiguous(spec) : { from: 'disk', paths: [spec] };
  }
  const isPlain = !spec.startsWith('git:');
  if ('code' in repository) {
    return isPlain ? unknown(spec, `name ${ACCEPTED}; here is no git repository that could be asked`) : repository;
  }
  const base = await resolveBase(repository, { against: spec, ...(ref !== undefined && { ref }) });
  if (!('code' in base)) return { from: 'git', repository, base };
  if (!isPlain || base.code !== 'gate/missing-ref') return base;
  // What can be fetched may well be there.
  if (base.hint?.includes('git fetch')) return { ...base, hint: `${base.hint}; or name ${ACCEPTED}` };
  return unknown(spec, (base.hint ?? '').replace(NAME_A_REF, `name ${ACCEPTED}`));
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

function ambiguous(spec: string): Diagnostic {
  const message = `"${visible(spec)}" is a git ref and also a file or a folder here`;
  return {
    code: 'gate/unknown-side',
    severity: 'error',
    message,
    hint: `write git:${visible(spec)} or ./${visible(spec)}`,
  };
}

function refused(spec: string): Diagnostic {
  const message = `"${visible(spec)}" is not connected to for a change from outside`;
  return { code: 'gate/untrusted-side', severity: 'error', message, hint: 'compare with files or a git ref' };
}

function unknown(spec: string, hint: string): Diagnostic {
  const message = `"${visible(spec)}" is nothing to compare with`;
  return { code: 'gate/unknown-side', severity: 'error', message, hint };
}
