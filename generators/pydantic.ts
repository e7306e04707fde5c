import type { Contract, Table } from '../src/model/contract.ts';
import { pascalCase } from '../src/util/identifier.ts';
import { fileStem } from './file-name.ts';
import type { ContractInput, GeneratedFile, Generator, Note } from './generator.ts';
import { header } from './header.ts';
import { refuseCollisions } from './names.ts';
import { HELPER_NAMES, helperCode } from './pydantic/helpers.ts';
import { importLines } from './pydantic/imports.ts';
import { modelCode } from './pydantic/model.ts';
import { className, moduleName } from './pydantic/names.ts';
import { docstring } from './pydantic/text.ts';
import type { Reading } from './pydantic/value.ts';
import { tableFactsOf } from './row-facts.ts';
import { rowNotes } from './row-notes.ts';
import { tableFacts } from './words/table.ts';
import { PLAIN } from './words/wording.ts';

/** Models of rows for pydantic 2, a module a contract version. They need Python 3.10 and pydantic 2.10. */
export const pydantic: Generator = {
  generate({ contracts }) {
    refuseCollisions(contracts.map((input) => ({ name: pathOf(input), origin: `contract ${input.contract.id}` })));
    const notes: Note[] = [];
    const files = contracts.map((input) => moduleFile(input, notes));
    return { files, notes };
  },
};

function pathOf(input: ContractInput): string {
  return `${moduleName(fileStem(input))}.py`;
}

function moduleFile(input: ContractInput, notes: Note[]): GeneratedFile {
  const { contract } = input;
  refuseCollisions(
    contract.tables.map(({ name }) => ({
      name: className(pascalCase(name)),
      origin: `table "${name}" of ${contract.id}`,
    })),
  );
  const rows = contract.tables.flatMap((table) => {
    const name = className(pascalCase(table.name));
    return [`${name}Row`, ...(table.features.length > 0 ? [`${name}Features`] : [])];
  });
  const taken = new Set([...rows, ...HELPER_NAMES]);
  const used = new Set<string>();
  const classes = contract.tables.flatMap((table) => tableCode(input, table, used, taken, notes));
  const { functions, aliases, names } = helperCode(used);
  const doc = [
    contract.title ?? contract.id,
    ...(contract.description === undefined ? [] : ['', contract.description.trim()]),
  ];
  const head = `# ${header('pydantic', input)}\n${docstring(doc, '')}\n${importLines(names)}`;
  const parts = [head, ...functions, ...(aliases.length > 0 ? [aliases.join('')] : []), ...classes];
  return { path: pathOf(input), text: parts.join('\n\n') };
}

function tableCode(
  input: ContractInput,
  table: Table,
  used: Set<string>,
  taken: Set<string>,
  notes: Note[],
): readonly string[] {
  const { contract } = input;
  const where = `${contract.id}/${table.name}`;
  notes.push(...rowNotes(input, table));
  if (
    input.originOf(table).engine !== 'mysql' &&
    table.columns.some(({ type }) => /^(?:date|timestamp|instant)$/.test(type.name))
  ) {
    notes.push({ where, message: 'infinite dates and times are refused: Python has the years 1 to 9999' });
  }
  const reading: Reading = {
    table,
    uses(...names) {
      for (const name of names) used.add(name);
    },
    note: (path, message) => void notes.push({ where: `${where}.${path}`, message }),
  };
  const name = className(pascalCase(table.name));
  const row = modelCode(
    {
      name: `${name}Row`,
      doc: docOf(contract, table),
      columns: table.columns,
      extra: table.extraColumns === 'forbid' ? 'forbid' : 'ignore',
      facts: tableFactsOf(contract, table),
    },
    taken,
    reading,
  );
  if (table.features.length === 0) return row;
  const features = modelCode(
    {
      name: `${name}Features`,
      doc: [`What is derived from a row of ${name}Row.`],
      columns: table.features,
      extra: 'ignore',
      facts: [],
    },
    taken,
    reading,
  );
  return [...row, ...features];
}

function docOf(contract: Contract, table: Table): readonly string[] {
  const raci = table.raci ?? contract.raci;
  const owners = raci && [...raci.responsible, ...(raci.accountable ? [raci.accountable] : [])].map(({ text }) => text);
  const facts = [
    ...(table.grain === undefined ? [] : [`Grain: ${table.grain.trim()}`]),
    ...tableFacts(table, PLAIN).map(([label, words]) => `${label}: ${words}`),
    ...(owners && owners.length > 0 ? [`Owners: ${[...new Set(owners)].join(', ')}`] : []),
  ];
  return [table.description?.trim() ?? table.name, '', ...facts];
}
