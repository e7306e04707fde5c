import type { WrittenText } from '../model/contract.ts';
import type { Position } from '../model/diagnostic.ts';
import type { MapNode, TreeNode } from '../yaml/tree.ts';

/**
 * A place in a validated file, typed by the file's schema: the resolver reads keys that the schema has and nothing else.
 * Several nodes stand behind one place where a definition is used: the first that has a key decides.
 */
export interface Cursor<T> {
  readonly nodes: readonly [TreeNode, ...TreeNode[]];
  /** The entry's map, of which `name` is the key. */
  readonly parent?: MapNode;
  readonly name?: string;
  /** Never set; carries the type. */
  readonly shape?: T;
}

type KeyOf<T> = T extends readonly unknown[] ? never : T extends object ? keyof T & string : never;
type ValueOf<T, K extends string> = T extends object
  ? T extends { readonly [P in K]?: infer V }
    ? NonNullable<V>
    : never
  : never;
type EntryOf<T> = T extends readonly unknown[] ? never : T extends object ? NonNullable<T[keyof T]> : never;
type ItemOf<T> = T extends readonly (infer V)[] ? V : never;

export function cursorOf<T>(node: TreeNode): Cursor<T> {
  return { nodes: [node] };
}

/** The value under a key; undefined where the key or the map is not there. */
export function field<T, K extends KeyOf<T>>(cursor: Cursor<T> | undefined, key: K): Cursor<ValueOf<T, K>> | undefined {
  for (const node of cursor?.nodes ?? []) {
    const value = node.kind === 'map' ? node.entries.get(key)?.value : undefined;
    if (value !== undefined && node.kind === 'map') return { nodes: [value], parent: node, name: key };
  }
  return undefined;
}

/** The entries of a map whose keys are names; closed maps are read key by key. */
export function entries<T>(cursor: Cursor<T> | undefined): readonly (readonly [string, Cursor<EntryOf<T>>])[] {
  const node = cursor?.nodes[0];
  if (node?.kind !== 'map') return [];
  return [...node.entries].map(([name, { value }]) => [name, { nodes: [value], parent: node, name }] as const);
}

export function items<T>(cursor: Cursor<T> | undefined): readonly Cursor<ItemOf<T>>[] {
  const node = cursor?.nodes[0];
  return node?.kind === 'list' ? node.items.map((item) => ({ nodes: [item] as const })) : [];
}

/** The items of a list, or the one value that stands in its place. */
export function oneOrMore<T>(cursor: Cursor<T> | undefined): readonly Cursor<unknown>[] {
  if (cursor === undefined) return [];
  return isList(cursor) ? items(cursor) : [cursor];
}

export function isList(cursor: Cursor<unknown>): boolean {
  return cursor.nodes[0].kind === 'list';
}

export function isMap(cursor: Cursor<unknown>): boolean {
  return cursor.nodes[0].kind === 'map';
}

export function isEmpty(cursor: Cursor<unknown>): boolean {
  const [node] = cursor.nodes;
  return node.kind === 'scalar' && node.value === null && !node.quoted;
}

/** Reads what is missing here from a definition. */
export function withDefaults<T>(cursor: Cursor<T>, definition: Cursor<unknown>): Cursor<T> {
  return { ...cursor, nodes: [...cursor.nodes, ...definition.nodes] as unknown as Cursor<T>['nodes'] };
}

/** Where the value stands. */
export function placeOf(cursor: Cursor<unknown>): Position {
  return cursor.nodes[0].at;
}

/** Where the key of an entry stands; of anything else the value. */
export function keyPlaceOf(cursor: Cursor<unknown>): Position {
  const { parent, name } = cursor;
  return (name === undefined ? undefined : parent?.entries.get(name)?.key.at) ?? placeOf(cursor);
}

/** The text of a scalar as it was written, quotes taken off. */
export function textOf(cursor: Cursor<unknown>): string {
  const node = cursor.nodes[0];
  return node.kind === 'scalar' ? node.source : '';
}

export function written(cursor: Cursor<unknown>): WrittenText {
  return { text: textOf(cursor), at: placeOf(cursor) };
}

/** A word of a closed list, as the schema has checked it. */
export function word<T extends string>(cursor: Cursor<T>): T {
  return textOf(cursor) as T;
}

export function isTrue(cursor: Cursor<unknown> | undefined): boolean {
  return cursor !== undefined && textOf(cursor) === 'true';
}
