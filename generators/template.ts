import { basename, resolve } from 'node:path';
import { compileTemplate } from '../src/template/compile.ts';
import { TemplateError } from '../src/template/problem.ts';
import { readTemplate } from '../src/template/read.ts';
import {
  type Generated,
  type GeneratedFile,
  GenerateError,
  type Generator,
  type GeneratorInput,
  type GeneratorOptions,
} from './generator.ts';
import { callOf } from './header.ts';
import { refuseCollisions } from './names.ts';
import { templateOptions } from './template/call.ts';
import { contextOf } from './template/context.ts';
import { outputPaths } from './template/output-path.ts';

/** A user's own Handlebars template, run once a contract. */
export const template: Generator = {
  async generate(input, options): Promise<Generated> {
    try {
      return await generated(input, options);
    } catch (error) {
      throw error instanceof TemplateError ? new GenerateError(error.message, error.hint) : error;
    }
  },
};

async function generated({ contracts, parties }: GeneratorInput, options: GeneratorOptions): Promise<Generated> {
  const { template: path, name, cwd } = options;
  if (typeof path !== 'string' || path === '')
    throw new GenerateError(
      'a template is missing',
      'name its file: surety generate template --template columns.sql.hbs',
    );
  const pathOf = outputPaths(path, typeof name === 'string' ? name : undefined);
  refuseCollisions(contracts.map((each) => ({ name: pathOf(each), origin: `contract ${each.contract.id}` })));
  const file = basename(path);
  const source = await readTemplate(resolve(typeof cwd === 'string' ? cwd : process.cwd(), path), path);
  const render = compileTemplate(source, file);
  const told = templateOptions(options);
  const files = contracts.map((each): GeneratedFile => {
    const text = render(contextOf(each, parties, told))
      .replace(/\r\n?/g, '\n')
      .replace(/\n*$/, '\n');
    if (callOf(text) !== `template ${told}`) throw unmarked(file);
    return { path: pathOf(each), text };
  });
  return { files, notes: [] };
}

function unmarked(file: string): GenerateError {
  return new GenerateError(
    `what ${file} writes does not begin with {{header}}, so that it could not be told from files written by hand`,
    'put {{header}} into a comment on the first line, such as -- {{header}}; only what has to be first may stand before it, such as #!/bin/sh or <?xml ?>',
  );
}
