import { dirname, resolve } from 'node:path';
import type { Contract, Table } from '../model/contract.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { WarehouseTarget } from '../sql/dialect.ts';
import type { Project, ProjectText, TlsDeclaration, WarehouseDeclaration } from './project.ts';
import { TLS_FILES } from './server-keys.ts';

/** Where a table is looked for. */
export interface TableTarget {
  readonly target: WarehouseTarget;
  /** Engine: `duckdb`, `postgres`, … */
  readonly type: string;
  /** Absolute folder that file locations are relative to. */
  readonly folder: string;
  /** Absolute folder that files must stay inside after symlinks are resolved. */
  readonly boundary: string;
}

/** The text with its variables filled in; undefined where it is absent or a variable is not set. */
type Reveal = (text: ProjectText | undefined) => string | undefined;

const FILES: WarehouseTarget = {
  name: 'files',
  schemas: new Map(),
  concurrency: 4,
  timeout: 300_000,
  allowPrivileged: false,
};

/** Name of the warehouse that a table is in; absent: files, relative to the contract. */
function warehouseOf(contract: Contract, table: Table, override?: string): string | undefined {
  return override ?? table.warehouse?.text ?? contract.warehouse?.text;
}

/**
 * The warehouse and folders of a table, `${ENV}` filled in; `override` is the warehouse of the command line. The diagnostics say which
 * variables are not set, or that there is no such warehouse.
 */
export function tableTarget(
  project: Project,
  contract: Contract,
  table: Table,
  override?: string,
): { readonly found: TableTarget } | { readonly diagnostics: readonly Diagnostic[] } {
  return namedTarget(project, warehouseOf(contract, table, override), dirname(contract.path));
}

/** A warehouse by its name; without one, files relative to `folder`. */
export function namedTarget(
  project: Project,
  name: string | undefined,
  folder: string = project.folder,
): { readonly found: TableTarget } | { readonly diagnostics: readonly Diagnostic[] } {
  if (name === undefined) return { found: { target: FILES, type: 'duckdb', folder, boundary: project.folder } };
  const declared = project.warehouses.get(name);
  if (!declared) {
    const message = `there is no warehouse "${name}"`;
    return {
      diagnostics: [{ code: 'project/unknown-warehouse', severity: 'error', message, hint: knownHint(project) }],
    };
  }
  return warehouseTarget(project, declared);
}

function warehouseTarget(
  project: Project,
  declared: WarehouseDeclaration,
): { readonly found: TableTarget } | { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const reveal: Reveal = (text) => {
    const revealed = text?.text.reveal();
    if (revealed && 'unset' in revealed && text) diagnostics.push(unset(revealed.unset, declared.name, text));
    return revealed && 'text' in revealed ? revealed.text : undefined;
  };
  const url = reveal(declared.url);
  const schema = reveal(declared.schema);
  const root = reveal(declared.root);
  const parts = filled([...declared.parts].map(([part, text]) => [part, reveal(text)]));
  const tls = declared.tls && tlsOf(declared.tls, reveal, project.folder);
  const schemas = [...declared.schemas].map(([logical, real]) => [logical, reveal(real) ?? ''] as const);
  if (diagnostics.length > 0) return { diagnostics };
  const folder = root === undefined ? project.folder : resolve(project.folder, root);
  const target: WarehouseTarget = {
    name: declared.name,
    ...(url !== undefined && { url }),
    ...(declared.parts.size > 0 && { parts }),
    ...(tls && { tls }),
    ...(schema !== undefined && { schema }),
    schemas: new Map(schemas),
    concurrency: declared.concurrency,
    timeout: declared.timeout,
    allowPrivileged: declared.allowPrivileged,
  };
  return { found: { target, type: declared.type.text, folder, boundary: folder } };
}

function tlsOf(declared: TlsDeclaration, reveal: Reveal, folder: string): NonNullable<WarehouseTarget['tls']> {
  const { mode, serverName } = declared;
  const files = filled(TLS_FILES.map((key) => [key, reveal(declared[key])]));
  const paths = Object.entries(files).map(([key, path]) => [key, resolve(folder, path)]);
  return { ...(mode && { mode }), ...Object.fromEntries(paths), ...filled([['serverName', reveal(serverName)]]) };
}

/** What is filled in; an empty text, such as that of `${NAME:-}`, is not there. */
function filled<K extends string>(
  texts: readonly (readonly [K, string | undefined])[],
): { readonly [P in K]?: string } {
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined && text !== '')) as { [P in K]?: string };
}

function unset(names: readonly string[], warehouse: string, text: ProjectText): Diagnostic {
  const list = names.map((name) => `\${${name}}`).join(', ');
  return {
    code: 'project/unset-variable',
    severity: 'error',
    message: `${list} of warehouse "${warehouse}" is not set`,
    hint: `set ${names.join(', ')} in the environment, or give a default: \${${names[0]}:-…}`,
    at: text.at,
  };
}

/** Which warehouses there are. */
function knownHint(project: Project): string {
  const names = [...project.warehouses.keys()];
  return names.length > 0 ? `declared are ${names.join(', ')}` : 'declare it under `warehouses:` in surety.yaml';
}
