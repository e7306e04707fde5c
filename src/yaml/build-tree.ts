import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import type { Position } from '../model/diagnostic.ts';
import { visible } from '../util/visible.ts';
import type { SyntaxProblem } from './compose.ts';
import type { Locate } from './locate.ts';
import { MAX_DEPTH } from './scan.ts';
import type { MapEntry, ScalarNode, TreeNode } from './tree.ts';

/** How many nodes aliases and merge keys may bring into one file; nine levels of nine would be 387 million. */
export const MAX_ALIASED_NODES = 50_000;

const CORE_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

interface Built {
  readonly node: TreeNode;
  /** With everything below it. */
  readonly nodes: number;
  readonly depth: number;
}

interface Work {
  readonly text: string;
  readonly locate: Locate;
  readonly anchors: Map<string, Built>;
  readonly open: Set<string>;
  readonly problems: SyntaxProblem[];
  aliased: number;
  bombed: boolean;
}

/** The tree of a document, and what is wrong with its keys, tags and aliases. Offsets are those of `text`. */
export function buildTree(
  document: Document.Parsed,
  text: string,
  locate: Locate,
): { readonly root?: TreeNode; readonly problems: readonly SyntaxProblem[] } {
  const work: Work = { text, locate, anchors: new Map(), open: new Set(), problems: [], aliased: 0, bombed: false };
  const root = document.contents ? build(work, document.contents, 0, 0) : undefined;
  return { ...(root && { root: root.node }), problems: work.problems };
}

function build(work: Work, node: unknown, near: number, depth: number): Built {
  if (isAlias(node)) return resolve(work, node.source, node.range ?? [near, near, near], depth);
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return empty(work, near);
  const [start, end] = node.range ?? [near, near];
  if (node.tag && !CORE_TAG.test(node.tag)) refuseTag(work, start);
  if (isScalar(node)) {
    const built = { node: scalar(work, node, start, end), nodes: 1, depth: 1 };
    if (node.anchor) work.anchors.set(node.anchor, built);
    return built;
  }
  const { anchor } = node;
  if (anchor) work.open.add(anchor);
  const at = work.locate(start, end);
  const built = isMap(node)
    ? buildMap(work, node.items, at, node.flow === true, depth)
    : buildList(work, node.items, at, depth);
  if (anchor) {
    work.open.delete(anchor);
    work.anchors.set(anchor, built);
  }
  return built;
}

function buildList(work: Work, items: readonly unknown[], at: Position, depth: number): Built {
  const built = items.map((item) => build(work, item, 0, depth + 1));
  return { node: { kind: 'list', items: built.map((each) => each.node), at }, ...total(built) };
}

function buildMap(work: Work, pairs: readonly Pair[], at: Position, flow: boolean, depth: number): Built {
  const entries = new Map<string, MapEntry>();
  const merged: MapEntry[] = [];
  const built: Built[] = [];
  for (const { key, value } of pairs) {
    if (!isScalar(key)) {
      const [start, end] = rangeOf(key);
      problem(work, 'bad-key', 'a key must be a text, this is a map, a list or an alias', start, end);
      continue;
    }
    const [start, end] = key.range ?? [0, 0];
    const keyNode = scalar(work, key, start, end);
    const entry = build(work, value, end, depth + 1);
    built.push(entry);
    if (keyNode.source === '<<' && !keyNode.quoted) {
      merged.push(...mergedEntries(work, entry.node, value));
      continue;
    }
    const first = entries.get(keyNode.source);
    if (first) {
      const where = `it is on line ${first.key.at.line} already`;
      problem(work, 'duplicate-key', `the key "${visible(keyNode.source, 80)}" is written twice, ${where}`, start, end);
      continue;
    }
    entries.set(keyNode.source, { key: keyNode, value: entry.node });
  }
  // What stands here overrides what is merged, and of merged maps the first one wins.
  for (const entry of merged) if (!entries.has(entry.key.source)) entries.set(entry.key.source, entry);
  return { node: { kind: 'map', entries, flow, at }, ...total(built) };
}

function mergedEntries(work: Work, node: TreeNode, source: unknown): readonly MapEntry[] {
  const maps = node.kind === 'list' ? node.items : [node];
  return maps.flatMap((map) => {
    if (map.kind === 'map') return [...map.entries.values()];
    // An alias that was refused has been reported.
    if (isAlias(source) && map.kind === 'scalar' && map.value === null) return [];
    const [start, end] = rangeOf(source);
    problem(work, 'bad-merge', 'a merge key (<<) takes a map or a list of maps, such as *name', start, end);
    return [];
  });
}

function resolve(work: Work, name: string, range: readonly number[], depth: number): Built {
  const [start = 0, end = start] = range;
  const built = work.anchors.get(name);
  if (!built || work.open.has(name)) {
    const why = work.open.has(name) ? 'holds itself' : 'names no anchor above it';
    problem(work, 'unresolved-alias', `"*${visible(name, 80)}" is an alias and ${why}`, start, end);
    return empty(work, start);
  }
  work.aliased += built.nodes;
  if (work.aliased > MAX_ALIASED_NODES || depth + built.depth > MAX_DEPTH) {
    // Once is enough: whatever refers to this one is too large as well.
    if (!work.bombed) {
      work.bombed = true;
      const message = `aliases bring more than ${MAX_ALIASED_NODES} values or ${MAX_DEPTH} levels into this file`;
      problem(work, 'alias-bomb', message, start, end);
    }
    return empty(work, start);
  }
  return { ...built, node: { ...built.node, at: work.locate(start, end) } };
}

function scalar(work: Work, node: Scalar, start: number, end: number): ScalarNode {
  const { value } = node;
  const quoted = node.type !== undefined && node.type !== 'PLAIN';
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const source = quoted && typeof value === 'string' ? value : (node.source ?? '');
  return { kind: 'scalar', value: known, source, quoted, at: work.locate(start, end) };
}

function empty(work: Work, at: number): Built {
  const node: ScalarNode = { kind: 'scalar', value: null, source: '', quoted: false, at: work.locate(at, at) };
  return { node, nodes: 1, depth: 1 };
}

function refuseTag(work: Work, start: number): void {
  const from = Math.max(0, work.text.lastIndexOf('!', Math.max(0, start - 1)));
  const first = work.text.slice(Math.max(0, from - 1), from) === '!' ? from - 1 : from;
  const tag = /^\S+/.exec(work.text.slice(first, first + 80))?.[0] ?? '!';
  problem(work, 'tag', `"${visible(tag)}" is a YAML tag, custom tags are refused`, first, first + tag.length);
}

function problem(work: Work, code: string, message: string, start: number, end: number): void {
  work.problems.push({ code, message, start, end });
}

function total(parts: readonly Built[]): { readonly nodes: number; readonly depth: number } {
  let nodes = 1;
  let depth = 0;
  for (const part of parts) {
    nodes += part.nodes;
    depth = Math.max(depth, part.depth);
  }
  return { nodes, depth: depth + 1 };
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}
