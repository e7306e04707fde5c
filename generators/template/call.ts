import { relative, resolve, sep } from 'node:path';
import type { GeneratorOptions } from '../generator.ts';

/** The options that tell the outputs of two calls apart, as the header has them. The path starts from the project, wherever the call is made. */
export function templateOptions({ template, name, cwd, root }: GeneratorOptions): string {
  const working = textOr(cwd, process.cwd());
  const path = relative(textOr(root, working), resolve(working, textOr(template, '')));
  return `--template ${plain(path.split(sep).join('/'))}${typeof name === 'string' ? ` --name ${plain(name)}` : ''}`;
}

/** Of how many parts the paths are that `--name` gives. */
export function templateDepth({ name }: GeneratorOptions): number {
  return typeof name === 'string' ? name.split('/').length : 1;
}

function textOr(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

/** In one word that ends no comment and no text in quotes; different paths stay different. */
function plain(text: string): string {
  const hex = (byte: number): string => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
  return text.normalize('NFC').replaceAll(/[^\p{L}\p{N}._/{}-]/gu, (each) => [...Buffer.from(each)].map(hex).join(''));
}
