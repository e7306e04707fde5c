import { dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Project } from '../project/project.ts';

/** A file of this machine. */
export interface FileTarget {
  readonly engine: 'sqlite';
  /** Absolute. */
  readonly path: string;
  /** For people. */
  readonly shown: string;
  /** Whether it stands in the folder that is Surety's own, `.surety` beside surety.yaml, which is made with it. */
  readonly ownFolder: boolean;
}

/** A database of a server. */
export interface ServerTarget {
  readonly engine: 'postgres' | 'mysql';
  readonly url: string;
}

/** Where the store is. */
export type StoreTarget = FileTarget | ServerTarget;

const OWN_FOLDER = '.surety';
const DEFAULT = `sqlite:${OWN_FOLDER}/store.db`;
const FORMS = `write ${DEFAULT}, postgres://user:password@host/database or mysql://user:password@host/database`;

const SERVERS: ReadonlyMap<string, ServerTarget['engine']> = new Map([
  ['postgres', 'postgres'],
  ['postgresql', 'postgres'],
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
]);

/**
 * Where `store:` of surety.yaml says that the store is, `${ENV}` filled in; the default where it says nothing. Files are relative to the
 * project folder. No diagnostic holds what may be a secret. `cwd` is the folder that people see files from.
 */
export function storeTarget(
  { folder, store }: Pick<Project, 'folder' | 'store'>,
  cwd: string,
): { readonly target: StoreTarget } | { readonly diagnostic: Diagnostic } {
  const wrong = (code: string, message: string, hint: string) => ({
    diagnostic: { code: `project/${code}`, severity: 'error', message, hint, ...(store && { at: store.at }) } as const,
  });
  const revealed = store?.text.reveal() ?? { text: '' };
  if ('unset' in revealed) {
    const names = revealed.unset.map((name) => `\${${name}}`).join(', ');
    const hint = `set ${revealed.unset.join(', ')} in the environment, or give a default: \${${revealed.unset[0]}:-…}`;
    return wrong('unset-variable', `${names} of \`store\` is not set`, hint);
  }
  const text = revealed.text.trim() || DEFAULT;
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(text) ?? [];
  const engine = SERVERS.get(scheme.toLowerCase());
  if (engine) return { target: { engine, url: text } };
  if (scheme.toLowerCase() !== 'sqlite') return wrong('misfit-store', '`store` names no engine that keeps one', FORMS);
  // As of a url: sqlite:///absolute.
  const file = /^\/\/(?=\/)/.test(rest) ? rest.slice(2) : rest;
  if (file === '' || /^\/\//.test(file)) return wrong('misfit-store', '`store` names no file', FORMS);
  if (file === ':memory:') {
    return wrong('misfit-store', 'a store in memory is gone with the process', `write a file, such as ${DEFAULT}`);
  }
  const path = resolve(folder, file);
  const near = relative(cwd, path);
  const shown = near.startsWith('..') ? path : near;
  return { target: { engine: 'sqlite', path, shown, ownFolder: dirname(path) === join(folder, OWN_FOLDER) } };
}
