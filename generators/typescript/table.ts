import type { Table } from '../../src/model/contract.ts';
import { parseMemberPath } from '../../src/sql/member-path.ts';
import { printCode } from '../code.ts';
import type { ContractInput } from '../generator.ts';
import { codeOf, objectOf, propertiesText } from './data.ts';
import { definitionOf, factsOf } from './definition.ts';
import { interfaceText } from './interface.ts';
import { readInterfaces, writtenInterfaces } from './interfaces.ts';
import { deprecatedTag, tableDoc } from './jsdoc.ts';
import type { TableNames } from './names.ts';
import { schemaInterfaceText } from './schema-interface.ts';
import { comment, inComment, literal } from './text.ts';
import type { TypeContext } from './value-type.ts';

/** The part of a module that is about one table: its types and its constant, without the validators. */
export async function tableText(
  input: ContractInput,
  table: Table,
  names: TableNames,
  context: TypeContext,
): Promise<string> {
  const read = await Promise.all(readInterfaces(input.contract, table, names, context).map(schemaInterfaceText));
  const written = writtenInterfaces(table, names, context).map(interfaceText);
  return [...read, ...written, keyText(table, names), constantText(input, table, names, context)].join('\n');
}

/** Whether one row can be asked for: all columns of the key are columns of the row, and no members of them. */
export function hasPlainKey({ key }: Table): boolean {
  return key?.columns.every(({ text }) => parseMemberPath(text).steps.length === 0) === true;
}

function keyText(table: Table, names: TableNames): string {
  const doc = comment([`What names one row of ${inComment(table.name)}.`]);
  if (!hasPlainKey(table)) return `${doc}export type ${names.key} = never;\n`;
  const columns = table.key?.columns.map(({ text }) => literal(text)) ?? [];
  return `${doc}export type ${names.key} = Pick<${names.row}, ${columns.join(' | ')}>;\n`;
}

function constantText(input: ContractInput, table: Table, names: TableNames, context: TypeContext): string {
  const { contract } = input;
  const doc = [
    `Reads, checks and writes ${inComment(table.name)} of ${inComment(contract.id)} ${inComment(contract.version)}.`,
    '',
    ...tableDoc(contract, table),
    ...deprecatedTag(table.deprecated ?? contract.deprecated),
  ];
  const features = table.features.length === 0 ? 'object' : names.features;
  const types = [names.row, features, names.newRow, names.key, names.table, literal(table.name)];
  const data = propertiesText([
    ['definition', codeOf(definitionOf(input, table))],
    ['facts', codeOf(factsOf(input, table))],
    ...(context.options.instants === 'date' ? [['instants', literal('date')] as const] : []),
    [
      'validators',
      objectOf([
        ['row', names.validateRow],
        ['insertable', names.validateNewRow],
      ]),
    ],
  ]);
  const call = { open: `export const ${names.constant} = ${context.use('defineTable')}<`, close: '>({' };
  const head = printCode({ ...call, items: types.map((value) => ({ value })) }, { width: 120, step: 2 });
  // Arguments that are types have no comma behind the last.
  const opened = head.replace(/,(?=\n>\(\{$)/, '');
  return `${comment(doc)}${opened}\n${data}});\n`;
}
