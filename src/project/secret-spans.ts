import { bareWord, nearest } from '../util/nearest.ts';
import type { TreeNode } from '../yaml/tree.ts';

/** Offsets of a piece of the file; the second one is behind it. */
export type Span = readonly [start: number, end: number];

const KEYS = ['url', 'token', 'webhook', 'teams', 'pagerduty', 'store', 'password', 'secret', 'key'];
/** Keys that are ours by no schema, but are written by people who know other tools. */
const FOREIGN = /pass|pwd|secret|token|credential|dsn|connection/i;
const SECRET_KEY =
  /(?:^|[\s{,"'])(?:url|token|webhook|teams|pagerduty|store|secret|key|dsn|pwd|[\w-]{0,30}pass[\w-]{0,30})["']?\s*:\s*/gim;
const NEXT_KEY = /,[ \t]*["']?[A-Za-z_][\w-]{0,60}["']?[ \t]*:(?:[\s"'{[]|$)/;
const CREDENTIALS = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'@/]+@/gi;
/** Whoever knows the address of a hook may write there, under whatever key it stands. */
const HOOK = /\bhttps?:\/\/hooks\.[^\s"',}\]]+/gi;
const TOKEN = /\b(?:xox[a-z]-|xapp-|whsec_|sk_|ghp_|glpat-)[\w-]+/g;

/** Parts of surety.yaml whose keys are names of columns, classes and days: none of their values is a secret. */
const NAMES_ONLY = new Set(['definitions', 'classifications', 'calendars']);

/** The values that stand under the keys of secrets, however they are written, and texts that hold what looks like a secret. */
export function secretNodes(root: TreeNode, looksLike: (node: TreeNode) => boolean): readonly TreeNode[] {
  const found: TreeNode[] = [];
  const seen = new Set<TreeNode>();
  const visit = (node: TreeNode, isTop = false): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'scalar' && looksLike(node)) found.push(node);
    if (node.kind === 'list') for (const item of node.items) visit(item);
    if (node.kind !== 'map') return;
    const holdsOne = [...node.entries].some(([key, { value }]) => isSecret(key, value));
    for (const [key, { key: name, value }] of node.entries) {
      if (isTop && NAMES_ONLY.has(key)) continue;
      // In braces a comma splits a password, and what is behind it is a key without a value.
      const isEmpty = value.kind === 'scalar' && value.source === '';
      if (isSecret(key, value)) found.push(value);
      else if (holdsOne && node.flow && isEmpty) found.push(name);
      else visit(value);
    }
  };
  visit(root, true);
  return found;
}

/** A mistyped key holds a secret too, but a party or a warehouse of such a name is a map. */
function isSecret(key: string, value: TreeNode): boolean {
  if (KEYS.includes(bareWord(key))) return true;
  return value.kind === 'scalar' && (FOREIGN.test(key) || nearest(key, KEYS) !== undefined);
}

/** The texts of a value, as they were written. Keys count: in braces a password is one. */
export function textsOf(node: TreeNode): readonly string[] {
  if (node.kind === 'scalar') return [node.source];
  if (node.kind === 'list') return node.items.flatMap(textsOf);
  return [...node.entries].flatMap(([key, { value }]) => [key, ...textsOf(value)]);
}

/** What looks like a secret in text that nobody can parse: comments, broken YAML. */
export function secretLooks(text: string): readonly Span[] {
  const spans: Span[] = [];
  const form = new RegExp(SECRET_KEY);
  for (let match = form.exec(text); match; match = form.exec(text)) {
    const start = match.index + match[0].length;
    if (isNextKey(text, match.index, start)) continue;
    const end = start + valueLength(text, match.index, start);
    spans.push([start, end]);
    // What stands in a value is no key.
    form.lastIndex = Math.max(start, end);
  }
  for (const other of [CREDENTIALS, HOOK, TOKEN]) {
    for (const match of text.matchAll(other)) spans.push([match.index, match.index + match[0].length]);
  }
  return spans;
}

/** Whether the value is empty, and what stands there is the key on the line below. */
function isNextKey(text: string, key: number, start: number): boolean {
  const lineOf = (at: number) => text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 200);
  const indent = (line: string) => /^[ \t-]*/.exec(line)?.[0].length ?? 0;
  if (!text.slice(key + 1, start).includes('\n')) return false;
  const below = lineOf(start);
  return indent(below) <= indent(lineOf(key + 1)) && /^[ \t-]*["']?[\w-]+["']?[ \t]*:(?:\s|$)/.test(below);
}

/** On a line of its own a value ends with the line, in braces before the next key: a comma alone may be a piece of it. */
function valueLength(text: string, key: number, start: number): number {
  const newline = text.indexOf('\n', start);
  const rest = text.slice(start, newline < 0 ? text.length : newline);
  const before = text.slice(text.lastIndexOf('\n', key - 1) + 1, key + 1);
  if (!/[{,]/.test(before)) return rest.trimEnd().length;
  const quoted = /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)/.exec(rest)?.[0].length ?? 0;
  const next = rest.slice(quoted).search(NEXT_KEY);
  let end = next < 0 ? rest.length : quoted + next;
  while (end > quoted && /[\s}\],]/.test(rest[end - 1] ?? '')) end--;
  return end;
}
