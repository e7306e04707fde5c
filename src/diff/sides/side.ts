import { dirname, join, resolve } from 'node:path';
import { isInside } from '../../contract/discover.ts';
import { type Known, type Loaded, loadContracts } from '../../contract/load.ts';
import type { Base } from '../../git/base.ts';
import { commitFiles } from '../../git/commit-files.ts';
import type { Repository } from '../../git/repository.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ComparedSide } from '../../model/gate.ts';
import { PROJECT_FILE } from '../../project/load-project.ts';
import { DISK, type Files } from '../../yaml/files.ts';
import type { SideOptions } from '../options.ts';
import { withMoved } from './moved.ts';

/** One side of a comparison as it was read. */
export interface Side {
  readonly loaded: Loaded;
  readonly shown: ComparedSide;
  readonly files: Files;
  /** What was named: files, folders or ids; empty: the whole project. */
  readonly paths: readonly string[];
  /** Whether that is one file. */
  readonly isOneFile: boolean;
  /** A warehouse has tables and no versions of contracts. */
  readonly isWarehouse?: boolean;
  /** Ends what reads it; nothing can be read from `files` afterwards. */
  readonly close: () => void;
}

/** Contracts on disk. */
export async function diskSide(paths: readonly string[], options: SideOptions): Promise<Side> {
  const loaded = await loadContracts(paths, loading(options));
  const [only] = paths;
  const isOneFile = paths.length === 1 && only !== undefined && DISK.kind(resolve(options.cwd, only)) === 'file';
  const label = paths.length === 0 ? 'the working tree' : paths.join(', ');
  return { loaded, shown: { label, commit: null }, files: DISK, paths, isOneFile, close: () => {} };
}

/** Contracts of a commit; `folder` is the project's on the other side, which may not be there in the commit. */
export async function commitSide(
  repository: Repository,
  { commit, label }: Pick<Base, 'commit' | 'label'>,
  paths: readonly string[],
  options: SideOptions & {
    readonly folder?: string;
    /** Ids of the other side, which may have stood elsewhere. */
    readonly wanted?: readonly string[];
    readonly known?: Known;
  },
): Promise<Side | Diagnostic> {
  const files = await commitFiles(repository, commit);
  if ('code' in files) return files;
  const [only] = paths;
  const isOneFile = paths.length === 1 && only !== undefined && files.kind(resolve(options.cwd, only)) === 'file';
  const { folder, wanted = [], known } = options;
  const ruling = folder === undefined ? undefined : rulingFolder(folder, repository.root, files);
  const found = await loadContracts(paths, {
    ...loading(options),
    files,
    ...(ruling !== undefined && { folder: ruling }),
    ...(known && ruling === folder && { known }),
  });
  const own = folder === undefined || ruling === folder ? found : narrowed(found, folder, wanted);
  const loaded = await withMoved(own, wanted, repository.root, files, options);
  return { loaded, shown: { label, commit }, files, paths, isOneFile, close: files.close };
}

/** The folder whose surety.yaml ruled then: who adds one further down does not shed the policy that was above it. */
function rulingFolder(folder: string, root: string, files: Files): string {
  for (let each = folder; isInside(each, root); each = dirname(each)) {
    if (files.kind(join(each, PROJECT_FILE))) return each;
    if (each === root) break;
  }
  return folder;
}

/** Of a larger project only what lies in the folder, or goes by the same ids. */
function narrowed(loaded: Loaded, folder: string, wanted: readonly string[]): Loaded {
  const contracts = loaded.contracts.map(({ contract, selected }) => ({
    contract,
    selected: selected && (isInside(contract.path, folder) || wanted.includes(contract.id)),
  }));
  return { ...loaded, contracts };
}

function loading({ cwd, variables, environment, isPast }: SideOptions) {
  return { cwd, variables, lint: !isPast, ...(environment !== undefined && { environment }) };
}
