import type * as contractFile from '../contract/contract-file.generated.ts';
import {
  type Cursor,
  cursorOf,
  entries,
  field,
  isTrue,
  items,
  keyPlaceOf,
  oneOrMore,
  placeOf,
  textOf,
  withDefaults,
  word,
  written,
} from '../contract/cursor.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import { durationOf, optionalText, present } from '../contract/resolve/parts.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import type { TreeNode } from '../yaml/tree.ts';
import type { Environment, Party, Project, ProjectText, Showing, WarehouseDeclaration } from './project.ts';
import type * as file from './project-file.generated.ts';
import { projectProblems } from './project-problems.ts';
import { secretText, type Variables } from './secret.ts';

const ADDRESSES = ['slack', 'email', 'teams', 'webhook', 'pagerduty'] as const;
const DEFAULT_CONCURRENCY = 4;
const DEFAULT_TIMEOUT = 300_000;

export interface ProjectPlace {
  readonly folder: string;
  readonly path: string;
  readonly source: SourceFile;
}

/** The project that a validated surety.yaml says, in the environment that was picked. */
export function readProject(
  root: TreeNode,
  place: ProjectPlace,
  environment: string | undefined,
  variables: Variables,
): { readonly project: Project; readonly diagnostics: readonly Diagnostic[] } {
  const cursor = cursorOf<file.ProjectFile>(root);
  const diagnostics: Diagnostic[] = [...projectProblems(cursor)];
  const environments = new Map(entries(field(cursor, 'environments')));
  const picked = environment === undefined ? undefined : environments.get(environment);
  if (environment !== undefined && !picked) {
    diagnostics.push(unknownEnvironment(environment, [...environments.keys()], place.source.name));
  }
  const text = (value: Cursor<unknown> | undefined): ProjectText | undefined =>
    value && { text: secretText(textOf(value), variables), at: placeOf(value) };
  const parties = field(cursor, 'parties');
  const project = present<Project>({
    ...place,
    environment: picked && environmentOf(environment ?? '', picked),
    contracts: oneOrMore(field(cursor, 'contracts')).map(written),
    warehouses: warehousesOf(field(cursor, 'warehouses'), field(picked, 'warehouses'), text, diagnostics),
    parties: parties && new Map(entries(parties).map(([name, party]) => [name, partyOf(name, party, text)])),
    calendars: new Set(entries(field(cursor, 'calendars')).map(([name]) => name)),
    definitions: new Map(
      entries(field(cursor, 'definitions')).map(([name, definition]) => [
        name,
        definition as Cursor<unknown> as Cursor<contractFile.Definition>,
      ]),
    ),
    classifications: new Map([
      ...DEFAULT_CLASSIFICATIONS,
      ...entries(field(cursor, 'classifications')).map(([name, showing]) => [name, word<Showing>(showing)] as const),
    ]),
    declaresClassifications: field(cursor, 'classifications') !== undefined,
    store: text(field(cursor, 'store')),
  });
  return { project, diagnostics };
}

/** What shows where surety.yaml says nothing (semantics §9); every other class is masked. */
export const DEFAULT_CLASSIFICATIONS: ReadonlyMap<string, Showing> = new Map([
  ['public', 'show'],
  ['internal', 'show'],
]);

export function unknownEnvironment(name: string, known: readonly string[], file: string): Diagnostic {
  return {
    code: 'project/unknown-environment',
    severity: 'error',
    message: `there is no environment "${name}" in ${file}`,
    hint: didYouMean(
      name,
      known,
      known.length > 0 ? `declared are ${known.join(', ')}` : 'declare it under `environments:`',
    ),
  };
}

function environmentOf(name: string, cursor: Cursor<file.Environment>): Environment {
  const severity = field(cursor, 'severity');
  return present<Environment>({
    name,
    skip: items(field(cursor, 'skip')).map(written),
    severity: severity && word(severity),
    notify: !isFalse(field(cursor, 'notify')),
    schedule: !isFalse(field(cursor, 'schedule')),
  });
}

function isFalse(cursor: Cursor<unknown> | undefined): boolean {
  return cursor !== undefined && textOf(cursor) === 'false';
}

type Warehouses = Cursor<{ [name: string]: file.Warehouse }> | undefined;
type Text = (value: Cursor<unknown> | undefined) => ProjectText | undefined;

function warehousesOf(
  top: Warehouses,
  own: Warehouses,
  text: Text,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, WarehouseDeclaration> {
  const declared = new Map(entries(top));
  const merged = new Map(declared);
  for (const [name, warehouse] of entries(own)) {
    const base = merged.get(name);
    merged.set(name, base ? withDefaults(warehouse, base) : warehouse);
  }
  const declarations = new Map<string, WarehouseDeclaration>();
  for (const [name, warehouse] of merged) {
    const type = field(warehouse, 'type');
    if (!type) {
      // One of an environment alone is told by `projectProblems`.
      if (!declared.has(name)) continue;
      diagnostics.push({
        code: 'project/missing-type',
        severity: 'error',
        message: `warehouse "${name}" has no type`,
        hint: 'add `type: duckdb` (or postgres, mysql)',
        at: keyPlaceOf(warehouse),
      });
      continue;
    }
    const concurrency = field(warehouse, 'concurrency');
    const timeout = durationOf(field(warehouse, 'timeout'));
    const schemas = entries(field(warehouse, 'schemas')).flatMap(([logical, real]) => {
      const value = text(real);
      return value ? [[logical, value] as const] : [];
    });
    declarations.set(
      name,
      present<WarehouseDeclaration>({
        name,
        type: written(type),
        url: text(field(warehouse, 'url')),
        root: text(field(warehouse, 'root')),
        schema: text(field(warehouse, 'schema')),
        schemas: new Map(schemas),
        concurrency: Math.max(1, Number(concurrency ? textOf(concurrency) : DEFAULT_CONCURRENCY)),
        timeout: timeout ? Number(timeout.microseconds / 1000n) : DEFAULT_TIMEOUT,
        responsible: oneOrMore(field(warehouse, 'responsible')).map(written),
        allowPrivileged: isTrue(field(warehouse, 'allowPrivileged')),
        trustForeignKeys: isTrue(field(warehouse, 'trustForeignKeys')),
        at: keyPlaceOf(warehouse),
      }),
    );
  }
  return declarations;
}

function partyOf(name: string, cursor: Cursor<file.Party>, text: Text): Party {
  const addresses = ADDRESSES.flatMap((channel) => {
    const values = oneOrMore(field(cursor, channel)).flatMap((value) => text(value) ?? []);
    return values.length > 0 ? [[channel, values] as const] : [];
  });
  return present<Party>({
    name,
    title: optionalText(field(cursor, 'name')),
    members: oneOrMore(field(cursor, 'members')).map(written),
    timezone: optionalText(field(cursor, 'timezone')),
    addresses: new Map(addresses),
    at: keyPlaceOf(cursor),
  });
}
