import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './support/cli.ts';

/** What draws, templates and generators need; half a second of loading that no check of data needs. */
const HEAVY = [
  '@observablehq/plot',
  'linkedom',
  '@viz-js/viz',
  'markdown-it',
  'handlebars',
  'json-schema-to-typescript',
];

/** Packages that a file loads at its start, by itself or through what it imports; `import()` and types do not count. */
function packagesOf(file: string): ReadonlySet<string> {
  return loadedBy(file).packages;
}

/** Files that a file loads so. */
function filesOf(file: string): ReadonlySet<string> {
  return loadedBy(file).files;
}

function loadedBy(file: string): { readonly packages: ReadonlySet<string>; readonly files: ReadonlySet<string> } {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const [, names = '', from = ''] of text.matchAll(/^(?:import|export) (?:([^'";]*?) from )?'([^']+)';$/gm)) {
      if (names.startsWith('type ') || isOnlyTypes(names)) continue;
      if (from.startsWith('.')) visit(join(dirname(path), from));
      else packages.add(from);
    }
  };
  visit(file);
  return { packages, files: seen };
}

function isOnlyTypes(names: string): boolean {
  const [, list] = /^\{(.*)\}/s.exec(names) ?? [];
  return list?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ?? false;
}

/** What only those need who keep runs. */
const OF_THE_STORE = ['@photostructure/sqlite'];

test.each(['verify', 'plan', 'lint', 'breaking', 'diff'])('%s loads nothing of the store', (verb) => {
  const packages = [...packagesOf(`src/commands/${verb}.ts`)];
  expect(packages.filter((name) => OF_THE_STORE.includes(name))).toEqual([]);
  expect([...filesOf(`src/commands/${verb}.ts`)].filter((file) => file.startsWith('src/store/'))).toEqual([]);
});

test('an engine of the store is loaded alone', () => {
  const drivers = [...packagesOf('src/store/open.ts'), ...packagesOf('src/commands/store.ts')];
  expect(drivers.filter((name) => [...OF_THE_STORE, 'pg', 'mysql2'].includes(name))).toEqual([]);
  expect([...packagesOf('src/store/engines/sqlite.ts')]).toEqual(expect.arrayContaining(OF_THE_STORE));
});

test.each(['verify', 'plan', 'lint', 'breaking', 'diff'])(
  '%s loads nothing that only reports and generators need',
  (verb) => {
    const packages = [...packagesOf(`src/commands/${verb}.ts`)];
    expect(packages.filter((name) => HEAVY.some((heavy) => name === heavy || name.startsWith(`${heavy}/`)))).toEqual(
      [],
    );
  },
);

test('what pages are made with is found where it is loaded', () => {
  expect([...packagesOf('reports/html/page.ts')]).toEqual(
    expect.arrayContaining(['@observablehq/plot', 'linkedom', '@viz-js/viz', 'markdown-it']),
  );
});
