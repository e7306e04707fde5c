import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './support/cli.ts';

/** Layers from the bottom up: a file imports from its own layer or a lower one (docs/design.md). */
const LAYERS: readonly (readonly string[])[] = [
  ['src/model', 'src/util'],
  ['src/yaml', 'src/sql', 'src/template'],
  ['src/values'],
  ['src/checks', 'src/dialects', 'src/diff/rules', 'src/diff/parts', 'reports', 'generators', 'src/samples'],
  ['src/contract', 'src/project', 'src/engine', 'src/incidents', 'src/diff', 'src/git', 'src/accessor', 'src/store'],
  ['src/commands'],
  ['src/cli.ts', 'src/index.ts', 'src/precompile.ts'],
];
/** Plug-ins and the two lower layers know nothing of their neighbours in the same layer, apart from these. */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ['src/model', 'src/util'],
  ['src/util', 'src/model'],
  ['src/engine', 'src/project'],
  ['src/engine', 'src/contract'],
  ['src/diff/rules', 'src/diff/parts'],
  ['src/diff/parts', 'src/diff/rules'],
  ['src/contract', 'src/project'],
  ['src/project', 'src/contract'],
  ['src/diff', 'src/contract'],
  ['src/diff', 'src/project'],
  ['src/diff', 'src/engine'],
  ['src/diff', 'src/git'],
  ['src/store', 'src/project'],
];

interface Arrow {
  readonly from: string;
  readonly to: string;
}

function files(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function arrows(): readonly Arrow[] {
  return ['src', 'reports', 'generators']
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      files(folder).flatMap((from) =>
        [...readFileSync(join(ROOT, from), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => ({
          from,
          to: relative(ROOT, join(ROOT, dirname(from), match[1] as string)),
        })),
      ),
    );
}

function placeOf(file: string): string {
  const place = LAYERS.flat().find((layer) => file === layer || file.startsWith(`${layer}/`));
  if (place === undefined) throw new Error(`${file} is in no layer`);
  return place;
}

function forbidden({ from, to }: Arrow): boolean {
  const [source, target] = [placeOf(from), placeOf(to)];
  if (source === target) return false;
  const [above, below] = [source, target].map((place) => LAYERS.findIndex((layer) => layer.includes(place))) as [
    number,
    number,
  ];
  if (above !== below) return below > above;
  return !NEIGHBOURS.some(([left, right]) => left === source && right === target);
}

/** Files that import each other in a circle; types count, since they too tie files together. */
function cycles(all: readonly Arrow[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of all) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

test('imports go one way', () => {
  expect(arrows().filter(forbidden)).toEqual([]);
});

test('no file imports itself by way of others', () => {
  expect(cycles(arrows())).toEqual([]);
});

test('the guards see what is forbidden', () => {
  expect(forbidden({ from: 'src/model/contract.ts', to: 'src/engine/plan.ts' })).toBe(true);
  expect(forbidden({ from: 'src/sql/lexer.ts', to: 'src/checks/check.ts' })).toBe(true);
  expect(forbidden({ from: 'src/checks/key.ts', to: 'src/dialects/duckdb.ts' })).toBe(true);
  expect(forbidden({ from: 'src/engine/plan.ts', to: 'src/checks/check.ts' })).toBe(false);
  expect(
    cycles([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ]),
  ).toEqual(['a → b → a']);
});
