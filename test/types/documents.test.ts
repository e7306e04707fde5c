import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { typescript } from '../../generators/typescript.ts';
import { inputOf } from '../generators/input.ts';
import { ROOT } from '../support/cli.ts';
import { compile } from './compile.ts';
import { filesOf } from './generate.ts';

/** The TypeScript examples of a document, each a module beside the generated ones of the shipped contracts. */
function examples(document: string): readonly (readonly [string, string])[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], at) => [
    `contracts/${document.replaceAll(/\W/g, '-')}-${at}.ts`,
    // What an example shows is there to be looked at.
    `${code}${[...code.matchAll(/^const (\w+)/gm)].map(([, name]) => `void ${name};\n`).join('')}`,
  ]);
}

test('the TypeScript examples of the documents compile', async () => {
  const generated = await typescript.generate(await inputOf(join(ROOT, 'contracts')), {});
  const all = ['README.md', 'docs/accessors.md'].flatMap(examples);
  expect(all.length).toBeGreaterThanOrEqual(3);
  const compiled = compile(new Map([...filesOf(generated, 'contracts'), ...all]));
  for (const [path, code] of all) expect(compiled.problemsOf(path), code).toEqual([]);
});
