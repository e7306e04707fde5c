import type { Contract, LaterPromise, Objective, Response } from '../../model/contract.ts';
import type { Diagnostic, SourceFile } from '../../model/diagnostic.ts';
import { deepFreeze } from '../../util/deep-freeze.ts';
import type { TreeNode } from '../../yaml/tree.ts';
import type * as file from '../contract-file.generated.ts';
import {
  type Cursor,
  cursorOf,
  entries,
  field,
  isList,
  items,
  keyPlaceOf,
  placeOf,
  textOf,
  written,
} from '../cursor.ts';
import { parseObjective } from '../objective.ts';
import {
  deprecationOf,
  durationOf,
  extensionsOf,
  linksOf,
  optionalText,
  optionalWritten,
  placesOf,
  present,
  type Resolving,
  raciOf,
  scheduleOf,
  texts,
} from './parts.ts';
import { wordOf } from './resolve-column.ts';
import { later, resolveTable } from './resolve-table.ts';

/** What a contract is resolved against. */
export interface ResolveContext {
  readonly source: SourceFile;
  /** Absolute path of the file. */
  readonly path: string;
  /** Definitions of surety.yaml. */
  readonly definitions: ReadonlyMap<string, Cursor<file.Definition>>;
}

/**
 * The contract that a validated file says: definitions filled in, defaults explicit, texts read, deeply frozen. A file with problems
 * resolves as far as it can be read, so that all of them are found at once.
 */
export function resolveContract(
  root: TreeNode,
  context: ResolveContext,
): { readonly contract: Contract; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const cursor = cursorOf<file.ContractFile>(root);
  const resolving: Resolving = {
    definitions: definitionsOf(field(cursor, 'definitions'), context, diagnostics),
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
  const id = optionalText(field(cursor, 'contract')) ?? '';
  const version = optionalText(field(cursor, 'version')) ?? '';
  const major = Number(version.split('.')[0] ?? 0);
  const [name = '', idMajor] = id.split('@');
  const contractId = field(cursor, 'contract');
  if (contractId && idMajor !== undefined && Number(idMajor) !== major) {
    diagnostics.push({
      code: 'lint/major-mismatch',
      severity: 'error',
      message: `"${id}" names major ${idMajor}, but the version is ${version}`,
      hint: `write ${name}@${major}, or change the version`,
      at: placeOf(contractId),
    });
  }
  const sla = field(cursor, 'sla');
  const clock = field(field(sla, 'response'), 'clock');
  if (clock && textOf(clock) === 'business' && !field(cursor, 'calendar')) {
    diagnostics.push({
      code: 'lint/missing-calendar',
      severity: 'error',
      message: '`clock: business` needs a calendar',
      hint: 'add `calendar:` to the contract',
      at: keyPlaceOf(clock),
    });
  }
  const contract = present<Contract>({
    name,
    id,
    version,
    major,
    status: wordOf(field(cursor, 'status')) ?? 'active',
    title: optionalText(field(cursor, 'title')),
    description: optionalText(field(cursor, 'description')),
    domain: optionalText(field(cursor, 'domain')),
    tags: texts(field(cursor, 'tags')),
    links: linksOf(field(cursor, 'links')),
    readers: wordOf(field(cursor, 'readers')) ?? 'open',
    raci: raciOf(field(cursor, 'raci')),
    timezone: optionalText(field(cursor, 'timezone')),
    calendar: optionalWritten(field(cursor, 'calendar')),
    warehouse: optionalWritten(field(cursor, 'warehouse')),
    schedule: scheduleOf(field(cursor, 'schedule')),
    deprecated: deprecationOf(field(cursor, 'deprecated')),
    objectives: objectivesOf(field(sla, 'objectives')),
    pipelines: items(field(sla, 'pipelines')).map(written),
    response: responseOf(field(sla, 'response')),
    extensions: extensionsOf(cursor),
    places: placesOf(cursor),
    tables: entries(field(cursor, 'tables')).map(([table, value]) => resolveTable(table, value, sla, resolving)),
    upstream: upstreamOf(field(cursor, 'upstream')),
    consumers: consumersOf(field(cursor, 'consumers')),
    later: laterOf(sla),
    source: context.source,
    path: context.path,
    at: contractId ? placeOf(contractId) : placeOf(cursor),
  });
  return { contract: deepFreeze(contract), diagnostics };
}

function definitionsOf(
  own: Cursor<{ [name: string]: file.Definition }> | undefined,
  context: ResolveContext,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, Cursor<file.Definition>> {
  const definitions = new Map(context.definitions);
  for (const [name, definition] of entries(own)) {
    if (definitions.has(name)) {
      diagnostics.push({
        code: 'lint/redefined-definition',
        severity: 'error',
        message: `definition "${name}" stands in surety.yaml already`,
        hint: 'use the shared one, or give this one another name',
        at: keyPlaceOf(definition),
      });
    }
    definitions.set(name, definition);
  }
  return definitions;
}

function laterOf(sla: Cursor<file.Sla> | undefined): readonly LaterPromise[] {
  const pipelines = field(sla, 'pipelines');
  const response = field(sla, 'response');
  return [
    ...entries(field(sla, 'objectives')).map(([kind, value]) => later(`objectives.${kind}`, keyPlaceOf(value))),
    ...(pipelines ? [later('pipelines', keyPlaceOf(pipelines))] : []),
    ...(response ? [later('response', keyPlaceOf(response))] : []),
  ];
}

function objectivesOf(cursor: Cursor<NonNullable<file.Sla['objectives']>> | undefined): readonly Objective[] {
  return entries(cursor).flatMap(([kind, value]) => {
    const parsed = parseObjective(textOf(value));
    return parsed ? [{ kind, ...parsed, text: textOf(value), at: keyPlaceOf(value) }] : [];
  });
}

function responseOf(cursor: Cursor<NonNullable<file.Sla['response']>> | undefined): Response | undefined {
  if (cursor === undefined) return undefined;
  return present<Response>({
    acknowledge: durationOf(field(cursor, 'acknowledge')),
    resolve: durationOf(field(cursor, 'resolve')),
    clock: wordOf(field(cursor, 'clock')) ?? 'wall',
    at: keyPlaceOf(cursor),
  });
}

function upstreamOf(cursor: Cursor<NonNullable<file.ContractFile['upstream']>> | undefined): Contract['upstream'] {
  return entries(cursor).map(([contract, columns]) => ({
    contract,
    columns: isList(columns) ? items(columns).map(written) : 'all',
    at: keyPlaceOf(columns),
  }));
}

function consumersOf(cursor: Cursor<NonNullable<file.ContractFile['consumers']>> | undefined): Contract['consumers'] {
  return entries(cursor).map(([name, consumer]) => {
    const party = field(consumer, 'party');
    return present<Contract['consumers'][number]>({
      name,
      party: party ? written(party) : { text: textOf(consumer), at: keyPlaceOf(consumer) },
      uses: items(field(consumer, 'uses')).map(written),
      description: optionalText(field(consumer, 'description')),
      at: keyPlaceOf(consumer),
    });
  });
}
