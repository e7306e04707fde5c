import { camelCase } from '../src/util/identifier.ts';
import type { ContractInput, Generated, GeneratedFile, Generator } from './generator.ts';
import { commonHeader } from './header.ts';
import { refuseCollisions } from './names.ts';
import { moduleFile, modulePath } from './typescript/module.ts';
import { notesOf } from './typescript/notes.ts';
import { readOptions } from './typescript/options.ts';

/** Types, accessors and validators: a module a contract version, and an index over them. */
export const typescript: Generator = {
  async generate({ contracts }, given): Promise<Generated> {
    const options = readOptions(given);
    const origins = contracts.map((input) => ({ input, origin: `contract ${input.contract.id}` }));
    refuseCollisions(origins.map(({ input, origin }) => ({ name: modulePath(input), origin })));
    refuseCollisions(origins.map(({ input, origin }) => ({ name: moduleName(input), origin })));
    const files: GeneratedFile[] = [];
    for (const input of contracts) files.push(await moduleFile(input, options));
    return { files: [...files, indexFile(contracts)], notes: contracts.flatMap((input) => notesOf(input, options)) };
  },
};

function indexFile(contracts: readonly ContractInput[]): GeneratedFile {
  const lines = contracts.map((input) => {
    const path = modulePath(input).replace(/\.ts$/, '.js');
    return `export * as ${moduleName(input)} from './${path}';\n`;
  });
  return { path: 'index.ts', text: `// ${commonHeader('typescript', contracts)}\n${lines.join('')}` };
}

/** `shop.orders@2` → `shopOrdersV2`. */
function moduleName({ contract }: ContractInput): string {
  return `${camelCase(contract.name)}V${contract.major}`;
}
