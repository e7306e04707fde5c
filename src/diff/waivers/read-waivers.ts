import { dirname, join } from 'node:path';
import { type Cursor, cursorOf, field, items, placeOf, textOf } from '../../contract/cursor.ts';
import { didYouMean } from '../../contract/did-you-mean.ts';
import { isInside, WAIVERS_FILE } from '../../contract/discover.ts';
import { inOrder } from '../../contract/tell.ts';
import type { Contract } from '../../model/contract.ts';
import type { Diagnostic, Position, SourceFile } from '../../model/diagnostic.ts';
import type { Project } from '../../project/project.ts';
import { dayAfter, daysBetween, printDays } from '../../util/days.ts';
import { visible } from '../../util/visible.ts';
import type { Files } from '../../yaml/files.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { withoutRepeats } from '../../yaml/repeats.ts';
import { readSource } from '../../yaml/source.ts';
import { compileSchema, type SchemaSource, type Validate } from '../../yaml/validate.ts';
import { CHANGE_RULES } from '../catalogue.ts';
import { WAIVER_LEAVES, WAIVER_WORDS, waiversSchema } from './schema.ts';
import { MAX_WAIVER_DAYS, type Waiver } from './waiver.ts';
import type * as file from './waivers-file.generated.ts';

export interface ReadWaivers {
  /** The valid ones. */
  readonly waivers: readonly Waiver[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

export const WAIVERS_SCHEMA: SchemaSource = {
  name: 'waivers',
  schema: waiversSchema,
  leaves: WAIVER_LEAVES,
  words: WAIVER_WORDS,
};

let validate: Validate | undefined;

/** Reads every waivers.yaml from the folders of the contracts up to that of the project; an invalid entry costs only itself. */
export async function readWaivers(
  files: Files,
  project: Pick<Project, 'folder'>,
  contracts: readonly Pick<Contract, 'path'>[],
  asOf: string,
): Promise<ReadWaivers> {
  const folders = new Set([project.folder, ...contracts.flatMap(({ path }) => waiverFolders(path, project.folder))]);
  const paths = [...folders].toSorted().map((folder) => join(folder, WAIVERS_FILE));
  const read = await Promise.all(paths.filter((path) => files.kind(path)).map((path) => readOne(path, files, asOf)));
  const kept = withoutDoubles(read.flatMap(({ waivers }) => waivers));
  return {
    waivers: kept.waivers,
    diagnostics: [...read.flatMap(({ diagnostics }) => diagnostics), ...kept.diagnostics],
    sources: read.flatMap(({ sources }) => sources),
  };
}

/** The folders whose waivers count for a contract: its own first, that of the project last. */
export function waiverFolders(contract: string, projectFolder: string): readonly string[] {
  const folder = dirname(contract);
  const parent = dirname(folder);
  if (folder === projectFolder || parent === folder || !isInside(folder, projectFolder)) return [folder];
  return [folder, ...waiverFolders(folder, projectFolder)];
}

async function readOne(path: string, files: Files, asOf: string): Promise<ReadWaivers> {
  const source = await readSource(path, files.shown(path), files);
  if ('code' in source) return { waivers: [], diagnostics: [source], sources: [] };
  if (holdsNothing(source.text)) return { waivers: [], diagnostics: [], sources: [source] };
  const { root, diagnostics } = parseYaml(source);
  if (root?.kind !== 'map') return { waivers: [], diagnostics, sources: [source] };
  validate ??= compileSchema(WAIVERS_SCHEMA);
  const known = [...diagnostics, ...withoutRepeats(validate(root, source), diagnostics)];
  const entries = items(field(cursorOf<file.WaiversFile>(root), 'waivers'));
  const sound = entries.filter((entry) => isFree(placeOf(entry), known));
  const judged = sound.map((entry) => ({ entry, problem: entryProblem(entry, asOf) }));
  return {
    waivers: judged.flatMap(({ entry, problem }) => (problem ? [] : [waiverOf(entry, dirname(path))])),
    diagnostics: inOrder([...known, ...judged.flatMap(({ problem }) => problem ?? [])]),
    sources: [source],
  };
}

/** The last waiver may leave its comments behind. */
export function holdsNothing(text: string): boolean {
  return /^(?:\s|#.*|---(?=\s|$))*$/.test(text);
}

function isFree(at: Position, problems: readonly Diagnostic[]): boolean {
  return withoutRepeats([{ code: '', severity: 'error', message: '', at }], problems).length > 0;
}

function waiverOf(entry: Cursor<file.Waiver>, folder: string): Waiver {
  const text = (key: keyof file.Waiver & string): string => {
    const value = field(entry, key as 'rule');
    return value ? textOf(value) : '';
  };
  return {
    fingerprint: text('fingerprint'),
    rule: text('rule'),
    path: text('path'),
    reason: text('reason'),
    approvedBy: text('approvedBy'),
    expires: text('expires'),
    at: placeOf(entry),
    folder,
  };
}

/** What a schema cannot say about an entry. */
function entryProblem(entry: Cursor<file.Waiver>, asOf: string): Diagnostic | undefined {
  const rule = field(entry, 'rule');
  const ids = CHANGE_RULES.map(({ id }) => id);
  if (rule && !ids.includes(textOf(rule))) {
    const hint = didYouMean(textOf(rule), ids, 'take the one that `surety breaking` prints; `surety rules` lists all');
    return wrong('unknown-rule', placeOf(rule), `there is no rule "${visible(textOf(rule), 80)}"`, hint);
  }
  const expires = field(entry, 'expires');
  const days = expires ? daysBetween(asOf, textOf(expires)) : 0;
  if (!expires || days <= MAX_WAIVER_DAYS) return undefined;
  const message = `the waiver holds ${printDays(days)}, until ${textOf(expires)}; at most ${MAX_WAIVER_DAYS} days are allowed`;
  const hint = `write ${dayAfter(asOf, MAX_WAIVER_DAYS)} or an earlier day, and renew it then`;
  return wrong('expires-too-late', placeOf(expires), message, hint);
}

/** Of several entries for one finding the first counts. */
function withoutDoubles(all: readonly Waiver[]): Pick<ReadWaivers, 'waivers' | 'diagnostics'> {
  const first = new Map(all.toReversed().map((waiver) => [waiver.fingerprint, waiver]));
  const doubles = all.filter((waiver) => first.get(waiver.fingerprint) !== waiver);
  const diagnostics = doubles.map(({ fingerprint, at }) => {
    const { file, line } = first.get(fingerprint)?.at ?? at;
    const message = `${fingerprint} is waived twice, first in ${file}:${line}`;
    return wrong('waived-twice', at, message, 'keep one of the two entries');
  });
  return { waivers: all.filter((waiver) => first.get(waiver.fingerprint) === waiver), diagnostics };
}

function wrong(kebab: string, at: Position, message: string, hint: string): Diagnostic {
  return { code: `waivers/${kebab}`, severity: 'error', message, hint, at };
}
