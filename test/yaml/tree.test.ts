import { expect, it } from 'vitest';
import { parseYaml } from '../../src/yaml/parse.ts';
import { childOf, keyPositionOf, nodeOf, positionOf, sourceOf, type TreeNode, toPlain } from '../../src/yaml/tree.ts';

const TEXT = `contract: shop.orders
version: 1.10
tables:
  orders: { max: 9223372036854775807, enum: [01, 1e3, NO, "1.10"], __proto__: a, constructor: b, toString: c }
  'quoted key': "a\\tb"
  text: |
    two
    lines
`;

function rootOf(text: string): TreeNode {
  const { root } = parseYaml({ name: 'a.yaml', text });
  if (!root) throw new Error('no root');
  return root;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function objectAt(value: unknown, ...keys: string[]): Record<string, unknown> {
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  if (!isObject(value)) throw new Error('no object');
  return value;
}

const plain = toPlain(rootOf(TEXT));

it('keeps the source text of what YAML changes', () => {
  const root = objectAt(plain);
  const orders = objectAt(plain, 'tables', 'orders');
  expect(sourceOf(root, 'version')).toBe('1.10');
  expect(sourceOf(orders, 'max')).toBe('9223372036854775807');
  expect([0, 1, 2, 3, 4].map((index) => sourceOf(objectAt(orders, 'enum'), index))).toEqual([
    '01',
    '1e3',
    'NO',
    '1.10',
    undefined,
  ]);
  const tables = objectAt(plain, 'tables');
  expect(sourceOf(tables, 'quoted key')).toBe('a\tb');
  expect(sourceOf(tables, 'text')).toBe('two\nlines\n');
  expect(sourceOf(root, 'tables')).toBeUndefined();
});

it('says whether a scalar was quoted and a map written in braces', () => {
  const node = nodeOf(objectAt(plain, 'tables', 'orders'));
  expect(node).toMatchObject({ kind: 'map', flow: true });
  expect(nodeOf(objectAt(plain, 'tables'))).toMatchObject({ flow: false });
  const list = childOf(node, 'enum');
  expect(childOf(list, 2)).toMatchObject({ quoted: false, value: 'NO' });
  expect(childOf(list, 3)).toMatchObject({ quoted: true, value: '1.10' });
});

it('knows the place of each key and value', () => {
  const orders = objectAt(plain, 'tables', 'orders');
  expect(keyPositionOf(orders, 'max')).toEqual({ file: 'a.yaml', line: 4, column: 13, endLine: 4, endColumn: 16 });
  expect(positionOf(orders, 'max')).toEqual({ file: 'a.yaml', line: 4, column: 18, endLine: 4, endColumn: 37 });
  expect(positionOf(orders)).toMatchObject({ line: 4, column: 11 });
  expect(positionOf(objectAt(orders, 'enum'), 1)).toMatchObject({ line: 4, column: 50 });
  expect(keyPositionOf(orders, 'absent')).toBeUndefined();
  expect(positionOf({})).toBeUndefined();
});

it('makes objects without a prototype', () => {
  const orders = objectAt(plain, 'tables', 'orders');
  expect(Object.getPrototypeOf(orders)).toBeNull();
  expect(Object.keys(orders)).toEqual(['max', 'enum', '__proto__', 'constructor', 'toString']);
  expect(Object.entries(orders)[2]).toEqual(['__proto__', 'a']);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('max');
});

it('places aliases where they are used and merged keys where they stand', () => {
  const root = rootOf('x: &a { p: 1 }\ny: *a\nz: { <<: *a, q: 2 }\n');
  expect(childOf(root, 'y')?.at).toMatchObject({ line: 2, column: 4 });
  const z = childOf(root, 'z');
  expect(z?.kind === 'map' && [...z.entries].map(([key, { key: node }]) => `${key} ${node.at.line}`)).toEqual([
    'q 3',
    'p 1',
  ]);
});
