import { rm } from 'node:fs/promises';
import type { Generated, GeneratorInput, GeneratorOptions } from '../../generators/generator.ts';
import { typescript } from '../../generators/typescript.ts';
import { generatorInput } from '../../src/commands/generator-input.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { writeProject } from '../support/project-folder.ts';

/** A warehouse for contracts that are not over files. */
const SURETY = 'contracts: contracts/*.yaml\nwarehouses: { lake: { type: duckdb, url: lake.duckdb } }\n';

/** Generates from contracts that are given as YAML; owners are added where a text names none. Fails on any error in them. */
export async function generateFrom(texts: readonly string[], options: GeneratorOptions = {}): Promise<Generated> {
  return typescript.generate(await inputFrom(texts), options);
}

export async function inputFrom(texts: readonly string[]): Promise<GeneratorInput> {
  const files = texts.map((text, index): [string, string] => {
    const owner = /^raci:/m.test(text) ? '' : '\nraci: { accountable: owner }\n';
    return [`contracts/case-${index}.yaml`, `${text.trimEnd()}\n${owner}`];
  });
  const cwd = await writeProject({ 'surety.yaml': SURETY, ...Object.fromEntries(files) });
  try {
    const loaded = await loadContracts([], { cwd, variables: {}, lint: false });
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return generatorInput(loaded);
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** Path → text, below a folder. */
export function filesOf({ files }: Generated, folder: string): readonly (readonly [string, string])[] {
  return files.map(({ path, text }) => [`${folder}/${path}`, text] as const);
}
