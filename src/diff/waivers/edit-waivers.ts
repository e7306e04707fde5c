import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { Diagnostic, Fix, SourceFile } from '../../model/diagnostic.ts';
import { visible } from '../../util/visible.ts';
import { applyFixes } from '../../yaml/fix.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { childOf, type TreeNode } from '../../yaml/tree.ts';
import { insertion } from './insert.ts';
import { holdsNothing } from './read-waivers.ts';
import { renewal } from './renew.ts';
import { WAIVER_KEYS } from './schema.ts';
import type { WaiverEntry } from './waiver.ts';

export interface EditedWaivers {
  readonly text: string;
  /** Of the entry, from 1. */
  readonly line: number;
  /** Whether there was an entry for the fingerprint. */
  readonly renewed: boolean;
}

/**
 * The text of a waivers.yaml with one entry more, or with the one of the same fingerprint renewed; all else stays byte for byte. Problems
 * where the file is broken, or where that cannot be done: then nothing is to be written. Pure.
 */
export function editWaivers(source: SourceFile, entry: WaiverEntry): EditedWaivers | readonly Diagnostic[] {
  const { text } = source;
  const old = holdsNothing(text) ? [] : readEntries(source);
  if (isBroken(old)) return old;
  const index = old.findIndex(({ fingerprint }) => fingerprint === entry.fingerprint);
  const fixes = fixesFor(text, index, entry);
  const edited = fixes && applyFixes(text, fixes);
  const now = edited === undefined ? [] : readEntries({ ...source, text: edited });
  const wanted = index < 0 ? [...old, fields(entry)] : old.with(index, { ...old[index], ...fields(entry) });
  // The file as it would be is read before anybody else can.
  if (edited === undefined || isBroken(now) || !isSame(now, wanted)) return [notEditable(source)];
  const line = lineOf({ ...source, text: edited }, index < 0 ? now.length - 1 : index);
  return { text: edited, line, renewed: index >= 0 };
}

function fixesFor(text: string, index: number, entry: WaiverEntry): readonly Fix[] | undefined {
  const { contents } = parseDocument(text, { version: '1.2', uniqueKeys: false, logLevel: 'silent' });
  const isNothing = contents === null || (isScalar(contents) && contents.value === null);
  if (!isNothing && !isMap(contents)) return undefined;
  const root = isMap(contents) ? (contents as YAMLMap) : undefined;
  if (index < 0) return insertion(text, root, entry);
  const list = root?.get('waivers', true);
  const item = isSeq(list) ? list.items[index] : undefined;
  return isMap(item) ? renewal(text, item as YAMLMap, entry) : undefined;
}

type Entry = Readonly<Record<string, string>>;

function readEntries(source: SourceFile): readonly Entry[] | readonly Diagnostic[] {
  const { root, diagnostics } = parseYaml(source);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors;
  const list = childOf(root, 'waivers');
  return list?.kind === 'list' ? list.items.map(plain) : [];
}

function isBroken(read: readonly Entry[] | readonly Diagnostic[]): read is readonly Diagnostic[] {
  return read.some((each) => 'severity' in each && 'code' in each);
}

/** What an entry says, as texts. */
function plain(node: TreeNode): Entry {
  if (node.kind !== 'map') return { item: shown(node) };
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, shown(value)]));
}

function shown(node: TreeNode): string {
  if (node.kind === 'scalar') return node.source;
  return JSON.stringify(node.kind === 'list' ? node.items.map(shown) : plain(node));
}

function fields(entry: WaiverEntry): Entry {
  return Object.fromEntries(WAIVER_KEYS.map((key) => [key, entry[key]]));
}

function isSame(left: readonly Entry[], right: readonly Entry[]): boolean {
  const text = (entries: readonly Entry[]): string =>
    JSON.stringify(
      entries.map((entry) =>
        Object.entries(entry)
          .filter(([key, value]) => key !== 'path' || value !== '')
          .sort(),
      ),
    );
  return text(left) === text(right);
}

function lineOf(source: SourceFile, index: number): number {
  return childOf(childOf(parseYaml(source).root, 'waivers'), index)?.at.line ?? 1;
}

function notEditable({ name }: SourceFile): Diagnostic {
  return {
    code: 'waivers/not-editable',
    severity: 'error',
    message: `no entry can be added to "${visible(name)}" as it is written`,
    hint: 'write `waivers:` with a list of entries below it, without anchors and aliases, or add the entry by hand',
    at: { file: name, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}
