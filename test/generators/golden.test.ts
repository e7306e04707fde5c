import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Generated, GeneratorOptions } from '../../generators/generator.ts';
import { isGeneratedBy } from '../../generators/header.ts';
import { GENERATORS } from '../../generators/index.ts';
import { ROOT } from '../support/cli.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';

const GOLDEN = join(ROOT, 'test', 'golden', 'generators');

/** Generators that are run in several ways: folder → options. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, GeneratorOptions>>>> = {
  typescript: { typescript: {}, 'typescript-plain': { instants: 'date', brands: false } },
  sql: {
    'sql-postgres': { dialect: 'postgres' },
    'sql-mysql': { dialect: 'mysql' },
    'sql-mariadb': { dialect: 'mariadb' },
    'sql-duckdb': { dialect: 'duckdb' },
  },
  dbt: { dbt: {}, 'dbt-sources': { as: 'sources' } },
  template: { template: { template: join(ROOT, 'test', 'generators', 'columns.txt.hbs'), cwd: ROOT } },
};

const CASES = GENERATORS.flatMap((listed) =>
  Object.entries(VARIANTS[listed.name] ?? { [listed.name]: {} }).map(([folder, options]) => ({
    name: folder,
    listed,
    options,
  })),
);

/** `UPDATE_GOLDEN=1 npx vitest run test/generators/golden` writes them anew. */
describe.each(CASES)('$name', ({ name, listed, options }) => {
  test.each([
    ['shipped', SHIPPED],
    ['fixture', FIXTURE],
  ])('is what the golden folder holds: %s', async (source, path) => {
    const input = await inputOf(path);
    const generator = await listed.load();
    const generated = await generator.generate(input, options);
    for (const { path: file, text } of generated.files) {
      expect(isGeneratedBy(listed.name, text), `${file} has the header`).toBe(true);
      expect(text.endsWith('\n') && !text.endsWith('\n\n'), `${file} ends in one line break`).toBe(true);
      expect(text, file).not.toContain('\r');
    }
    expect(await generator.generate(input, options)).toEqual(generated);
    const folder = join(GOLDEN, name, source);
    if (process.env['UPDATE_GOLDEN'] === '1') rewrite(folder, generated);
    expect(written(generated)).toEqual(held(folder));
  });
});

/** Path → text, notes included. */
function written({ files, notes }: Generated): Readonly<Record<string, string>> {
  const lines = notes.map(({ where, message }) => `${where}: ${message}\n`);
  const all = [...files.map(({ path, text }) => [path, text]), ['notes.txt', lines.join('')]];
  return Object.fromEntries(all.sort(([one = ''], [other = '']) => (one < other ? -1 : 1)));
}

function held(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

function rewrite(folder: string, generated: Generated): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(written(generated))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
