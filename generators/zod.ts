import type { Column, Table } from '../src/model/contract.ts';
import { fieldsOf } from '../src/sql/shape.ts';
import { pascalCase } from '../src/util/identifier.ts';
import { type Code, type Layout, printCode } from './code.ts';
import { fileStem } from './file-name.ts';
import type { ContractInput, GeneratedFile, Generator, Note } from './generator.ts';
import { header } from './header.ts';
import { refuseCollisions } from './names.ts';
import { tableFactsOf } from './row-facts.ts';
import { rowNotes } from './row-notes.ts';
import { deprecatedTag, tableDoc } from './typescript/jsdoc.ts';
import { comment, prose } from './typescript/text.ts';
import { helperCode } from './zod/helpers.ts';
import { metaCode } from './zod/meta.ts';
import { fieldItems } from './zod/schema.ts';

const LAYOUT: Layout = { width: 120, step: 2 };

/** Schemas of rows for zod 4, a module a contract version: what JSON or a driver gives, read to exact values. */
export const zod: Generator = {
  generate({ contracts }) {
    refuseCollisions(contracts.map((input) => ({ name: pathOf(input), origin: `contract ${input.contract.id}` })));
    const notes: Note[] = [];
    const files = contracts.map((input) => moduleFile(input, notes));
    return { files, notes };
  },
};

function pathOf(input: ContractInput): string {
  return `${fileStem(input)}.zod.ts`;
}

function moduleFile(input: ContractInput, notes: Note[]): GeneratedFile {
  const { contract } = input;
  refuseCollisions(
    contract.tables.map(({ name }) => ({ name: pascalCase(name), origin: `table "${name}" of ${contract.id}` })),
  );
  const used = new Set<string>();
  const schemas = contract.tables.map((table) => tableCode(input, table, used, notes));
  const helpers = helperCode(used);
  const head = `// ${header('zod', input)}\nimport * as z from 'zod';\n`;
  return { path: pathOf(input), text: [head, ...helpers, ...schemas].join('\n') };
}

function tableCode(input: ContractInput, table: Table, used: Set<string>, notes: Note[]): string {
  const { contract } = input;
  const where = `${contract.id}/${table.name}`;
  notes.push(...rowNotes(input, table));
  const others = table.columns.filter(({ name, physicalNames }) => !physicalNames.includes(name));
  if (others.length > 0) {
    const names = others.map(({ name }) => name).join(', ');
    notes.push({ where, message: `rows are read by the names of the contract; other names in the source: ${names}` });
  }
  if (table.columns.some(({ name }) => name === '__proto__')) {
    notes.push({ where: `${where}.__proto__`, message: 'left out: zod reads no column of this name' });
  }
  const reading = {
    table,
    uses: (name: string) => void used.add(name),
    note: (path: string, message: string) => void notes.push({ where: `${where}.${path}`, message }),
  };
  const name = pascalCase(table.name);
  const row = objectCode(table.extraColumns === 'forbid' ? 'z.strictObject({' : 'z.object({', table.columns, reading);
  const meta = metaCode(table.description, tableFactsOf(contract, table));
  const doc = [...tableDoc(contract, table), ...deprecatedTag(table.deprecated ?? contract.deprecated)];
  const title = contract.title === undefined || doc.length > 0 ? [] : prose(contract.title);
  const constant = declaration(`${name}Row`, [...title, ...doc], { head: row, calls: meta ? [meta] : [] });
  if (table.features.length === 0) return constant;
  const features = objectCode('z.object({', table.features, reading);
  const derived = declaration(`${name}Features`, [`What is derived from a row of ${name}Row.`], features);
  return `${constant}\n${derived}`;
}

function objectCode(open: string, columns: readonly Column[], reading: Parameters<typeof fieldItems>[1]): Code {
  return { open, close: '})', items: fieldItems(fieldsOf(columns), reading), broken: true };
}

function declaration(name: string, doc: readonly string[], value: Code): string {
  const start = `export const ${name} = `;
  const code = printCode(value, LAYOUT, 0, start.length, 1);
  return `${comment(doc)}${start}${code};\nexport type ${name} = z.infer<typeof ${name}>;\n`;
}
