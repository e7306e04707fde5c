import type * as contractFile from '../contract/contract-file.generated.ts';
import {
  type Cursor,
  cursorOf,
  entries,
  field,
  items,
  keyPlaceOf,
  oneOrMore,
  placeOf,
  textOf,
  word,
  written,
} from '../contract/cursor.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import { durationOf, optionalText, present, sortedJson } from '../contract/resolve/parts.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import type { TreeNode } from '../yaml/tree.ts';
import type { Environment, GatePolicy, Party, Project, Showing } from './project.ts';
import type * as file from './project-file.generated.ts';
import { projectProblems } from './project-problems.ts';
import { type ReadText, warehousesOf } from './read-warehouse.ts';
import { secretText, type Variables } from './secret.ts';

const ADDRESSES = ['slack', 'email', 'teams', 'webhook', 'pagerduty'] as const;

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
  const text: ReadText = (value) => value && { text: secretText(textOf(value), variables), at: placeOf(value) };
  const parties = field(cursor, 'parties');
  const project = present<Project>({
    ...place,
    environment: picked && environmentOf(environment ?? '', picked),
    contracts: oneOrMore(field(cursor, 'contracts')).map(written),
    warehouses: warehousesOf(field(cursor, 'warehouses'), field(picked, 'warehouses'), text, diagnostics),
    parties: parties && new Map(entries(parties).map(([name, party]) => [name, partyOf(name, party, text)])),
    calendars: new Map(entries(field(cursor, 'calendars')).map(([name, value]) => [name, sortedJson(value.nodes[0])])),
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
    gate: gateOf(field(cursor, 'gate')),
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

function partyOf(name: string, cursor: Cursor<file.Party>, text: ReadText): Party {
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

function gateOf(cursor: Cursor<NonNullable<file.ProjectFile['gate']>> | undefined): GatePolicy {
  const profile = field(cursor, 'profile');
  return present<GatePolicy>({
    profile: profile && word(profile),
    minSunset: durationOf(field(cursor, 'minSunset')),
    rules: new Map(entries(field(cursor, 'rules')).map(([rule, severity]) => [rule, written(severity)])),
  });
}
