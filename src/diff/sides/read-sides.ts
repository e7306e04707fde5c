import { isInside } from '../../contract/discover.ts';
import type { Known } from '../../contract/load.ts';
import type { Contract } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { DISK } from '../../yaml/files.ts';
import type { GateOptions } from '../options.ts';
import { defaultBase, exactly, type Request, requested } from './requests.ts';
import { commitSide, diskSide, type Side } from './side.ts';

/** Both sides, or why one of them cannot be read. */
export type ReadSides =
  | {
      readonly before: Side;
      readonly after: Side;
      /** Reads the branch that is compared with, as it is now; absent where that is what `before` is, or nothing that goes on. */
      readonly tip?: () => Promise<Side | Diagnostic>;
      readonly notes: readonly Diagnostic[];
    }
  | { readonly failed: readonly Diagnostic[]; readonly isWrongUse: boolean };

/** What was named is nothing that could be compared with, rather than something that cannot be read. */
const WRONG_USE = new Set(['gate/unknown-side', 'gate/bad-ref', 'gate/untrusted-side']);

/** Finds and reads the old and the new side. */
export async function readSides(options: GateOptions): Promise<ReadSides> {
  const [past, now] = await Promise.all([oldRequest(options), newRequest(options)]);
  const failed = [past, now].filter((request): request is Diagnostic => 'code' in request);
  if (failed.length > 0) return failure(failed);
  const [old, fresh] = [past, now] as readonly [Request, Request];
  if (old.from === 'warehouse' && fresh.from === 'warehouse') {
    const message = 'two warehouses have no contract between them';
    return failure([{ code: 'gate/unknown-side', severity: 'error', message, hint: 'name contracts on one side' }]);
  }
  const sides = await read(old, fresh, options);
  const unread = sides.flatMap((side) => ('failed' in side ? side.failed : []));
  const [before, after] = sides;
  if ('failed' in before || 'failed' in after) {
    return failure(
      unread,
      sides.some((side) => 'failed' in side && side.isWrongUse === true),
    );
  }
  const notes = [old, fresh].flatMap((request) => (request.from === 'git' ? request.base.notes : []));
  if (options.command === 'breaking' && isItself(before, after)) {
    const message = `${before.shown.label} is what is checked, and cannot be compared with itself`;
    const hint = 'name an older version: a git ref, or a copy in another folder';
    return failure([{ code: 'gate/unknown-side', severity: 'error', message, hint }]);
  }
  const tip = tipOf(old, after, options);
  return { before, after, notes, ...(tip && { tip }) };
}

/** Whether both sides are the same files. */
function isItself(before: Side, after: Side): boolean {
  if (before.files !== after.files) return false;
  const paths = new Set(selectedOf(before).map(({ path }) => path));
  return selectedOf(after).some(({ path }) => paths.has(path));
}

function selectedOf({ loaded }: Side): readonly Contract[] {
  return loaded.contracts.flatMap(({ contract, selected }) => (selected ? [contract] : []));
}

function tipOf(old: Request, after: Side, options: GateOptions): (() => Promise<Side | Diagnostic>) | undefined {
  if (old.from !== 'git') return undefined;
  const { repository, base } = old;
  const { commit, tip } = base;
  if (tip === undefined || tip === commit) return undefined;
  const { folder } = after.loaded.project;
  const side = { ...options, isPast: true, folder, known: knownOf(after) };
  return () => commitSide(repository, { commit: tip, label: 'tip' }, after.paths, side);
}

type Read = Side | { readonly failed: readonly Diagnostic[]; readonly isWrongUse?: boolean };

/** A commit is looked at where the project is now, and a warehouse holds the tables of the other side's contracts: those come second. */
async function read(old: Request, fresh: Request, options: GateOptions): Promise<readonly [Read, Read]> {
  // What is promised is the new side of a warehouse, whichever way round they are named.
  const past = { ...options, isPast: fresh.from !== 'warehouse' };
  const present = { ...options, isPast: false };
  if (fresh.from === 'warehouse' || (fresh.from === 'git' && old.from === 'disk')) {
    const first = await readOne(old, undefined, past);
    return [first, await readOne(fresh, first, present)];
  }
  const first = await readOne(fresh, undefined, present);
  return [await readOne(old, first, past), first];
}

async function readOne(
  request: Request,
  other: Read | undefined,
  options: GateOptions & { readonly isPast: boolean },
): Promise<Read> {
  const beside = other && !('failed' in other) ? other : undefined;
  if (request.from === 'disk') return diskSide(request.paths, options);
  if (request.from === 'warehouse') return beside ? asKept(request.name, beside, options) : { failed: [] };
  const { repository, base } = request;
  const folder = beside?.loaded.project.folder;
  const side =
    beside && folder !== undefined && isInside(folder, repository.root)
      ? await commitSide(repository, base, beside.paths, {
          ...options,
          folder,
          wanted: idsOf(beside),
          known: knownOf(beside),
        })
      : await commitSide(repository, base, options.paths, options);
  return 'code' in side ? { failed: [side] } : side;
}

function knownOf({ files, loaded }: Side): Known {
  return { files, contracts: loaded.contracts.map(({ contract }) => contract) };
}

function idsOf(side: Side): readonly string[] {
  return selectedOf(side).map(({ id }) => id);
}

async function asKept(name: string, beside: Side, options: GateOptions): Promise<Read> {
  const { warehouseSide } = await import('./warehouse-side.ts');
  const { diagnostics, ...found } = await warehouseSide(name, beside.loaded, options.live ?? {});
  if ('failed' in found) return { failed: diagnostics, isWrongUse: found.failed === 'misconfigured' };
  return {
    loaded: { ...found.loaded, diagnostics },
    shown: { label: `warehouse ${name}`, commit: null },
    files: DISK,
    paths: [],
    isOneFile: false,
    isWarehouse: true,
    close: () => {},
  };
}

function oldRequest(options: GateOptions): Promise<Request | Diagnostic> {
  const { before, ref } = options;
  return before === undefined ? defaultBase(options, ref) : requested(before, options, options);
}

async function newRequest({ ref, ...options }: GateOptions): Promise<Request | Diagnostic> {
  if (options.after !== undefined) return requested(options.after, options, options);
  return ref === undefined ? { from: 'disk', paths: options.paths } : exactly(ref, options);
}

function failure(
  failed: readonly Diagnostic[],
  isWrongUse = failed.some(({ code }) => WRONG_USE.has(code)),
): ReadSides {
  // Both sides may fail for one and the same reason.
  return { failed: [...new Map(failed.map((each) => [each.message, each])).values()], isWrongUse };
}
