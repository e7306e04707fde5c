import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Generated, type GeneratedFile, GenerateError, type Generator } from './generator.ts';
import { callOf } from './header.ts';
import { refuseCollisions } from './names.ts';
import { templateOptions } from './template/call.ts';
import { compileTemplate } from './template/compile.ts';
import { contextOf } from './template/context.ts';
import { outputPaths } from './template/output-path.ts';

const LARGEST = 1_048_576;

/** A user's own Handlebars template, run once a contract. */
export const template: Generator = {
  async generate({ contracts, parties }, options): Promise<Generated> {
    const { template: path, name, cwd } = options;
    if (typeof path !== 'string' || path === '')
      throw new GenerateError(
        'a template is missing',
        'name its file: surety generate template --template columns.sql.hbs',
      );
    const pathOf = outputPaths(path, typeof name === 'string' ? name : undefined);
    refuseCollisions(contracts.map((each) => ({ name: pathOf(each), origin: `contract ${each.contract.id}` })));
    const file = basename(path);
    const source = await read(resolve(typeof cwd === 'string' ? cwd : process.cwd(), path), path);
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
  },
};

async function read(path: string, shown: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new GenerateError(`the template "${shown}" cannot be read: ${reason}`);
  });
  if (bytes.length > LARGEST) throw new GenerateError(`the template "${shown}" has more than ${LARGEST} bytes`);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function unmarked(file: string): GenerateError {
  return new GenerateError(
    `what ${file} writes does not begin with {{header}}, so that it could not be told from files written by hand`,
    'put {{header}} into a comment on the first line, such as -- {{header}}; only what has to be first may stand before it, such as #!/bin/sh or <?xml ?>',
  );
}
