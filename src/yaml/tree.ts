import type { Position } from '../model/diagnostic.ts';

/** What a YAML file says, with the place of every piece. Anchors, aliases and merge keys are resolved. */
export type TreeNode = MapNode | ListNode | ScalarNode;

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: TreeNode;
}

export interface MapNode {
  readonly kind: 'map';
  /** By the key's source text. */
  readonly entries: ReadonlyMap<string, MapEntry>;
  /** Written in braces. */
  readonly flow: boolean;
  readonly at: Position;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
  readonly at: Position;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The source text of a plain scalar (`1.10`, `01`), the content of a quoted one or of a block text. */
  readonly source: string;
  readonly quoted: boolean;
  readonly at: Position;
}

const nodes = new WeakMap<object, MapNode | ListNode>();

/** Plain values: maps become objects without a prototype, so that `__proto__` is a key like any other. */
export function toPlain(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') {
    const list = node.items.map(toPlain);
    nodes.set(list, node);
    return list;
  }
  const map: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) map[key] = toPlain(entry.value);
  nodes.set(map, node);
  return map;
}

/** The node that `toPlain` made this object or array of. */
export function nodeOf(plain: object): MapNode | ListNode | undefined {
  return nodes.get(plain);
}

/** The node below a key of a map or an index of a list. */
export function childOf(node: TreeNode | undefined, key: string | number): TreeNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(key))?.value;
  return node?.kind === 'list' ? node.items[Number(key)] : undefined;
}

/** The place of an object or array that `toPlain` made, or of the value below one of its keys. */
export function positionOf(plain: object, key?: string | number): Position | undefined {
  const node = nodes.get(plain);
  return key === undefined ? node?.at : childOf(node, key)?.at;
}

export function keyPositionOf(plain: object, key: string): Position | undefined {
  const node = nodes.get(plain);
  return node?.kind === 'map' ? node.entries.get(key)?.key.at : undefined;
}

/** The source text of a scalar below a key, such as `1.10`; undefined for maps, lists and absent keys. */
export function sourceOf(plain: object, key: string | number): string | undefined {
  const child = childOf(nodes.get(plain), key);
  return child?.kind === 'scalar' ? child.source : undefined;
}
