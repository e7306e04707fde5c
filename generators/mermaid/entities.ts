import type { Column, Contract, Table } from '../../src/model/contract.ts';
import { printLogicalType } from '../../src/sql/logical-type.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import type { ContractInput, Note } from '../generator.ts';
import { type Edge, edgesOf, isUnique } from './edges.ts';
import { isWord, quoted } from './label.ts';

export interface Diagram {
  readonly text: string;
  readonly notes: readonly Note[];
}

/** The tables of a contract, and those of other contracts that it refers to, as an entity relationship diagram. */
export function entityDiagram({ contract }: ContractInput, known: readonly Contract[]): Diagram {
  const edges = edgesOf(contract, known);
  const own = new Map(contract.tables.map((table, index) => [table.name, `t${index}`]));
  const others = [...new Set(edges.flatMap(({ to }) => (to.isOwn ? [] : [to.name])))];
  const idOf = ({ to }: Edge): string => (to.isOwn ? own.get(to.name) : `r${others.indexOf(to.name)}`) ?? '';
  const notes: Note[] = [];
  const lines = [
    ...contract.tables.flatMap((table) => {
      const attributes = attributesOf(contract, table, edges, notes);
      return [`${own.get(table.name)}[${quoted(table.name)}] {`, ...attributes.map((line) => `    ${line}`), '}'];
    }),
    ...others.map((name, index) => `r${index}[${quoted(name)}]`),
    ...edges.map((edge) => `${own.get(edge.table)} ${edge.ends} ${idOf(edge)} : ${quoted(edge.columns.join(', '))}`),
  ];
  return { text: ['erDiagram', ...lines.map((line) => `    ${line}`)].join('\n'), notes };
}

function attributesOf(contract: Contract, table: Table, edges: readonly Edge[], notes: Note[]): readonly string[] {
  const key = new Set(table.key?.columns.map(({ text }) => text));
  const foreign = new Set(edges.filter((edge) => edge.table === table.name).flatMap(({ columns }) => columns));
  const features = new Set(table.features.map(({ name }) => name));
  return fieldsOf<Column>([...table.columns, ...table.features]).map((field, index) => {
    const { name, type, column } = field;
    const marks = [
      ...(key.has(name) ? ['PK'] : []),
      ...(foreign.has(name) ? ['FK'] : []),
      ...(column && isUnique(column) && !key.has(name) ? ['UK'] : []),
    ].join(', ');
    const printed = printLogicalType(type);
    const isNamed = isWord(name);
    if (!isNamed) {
      const message = 'mermaid cannot write such a name: the column is numbered, with its name beside it';
      notes.push({ where: `${contract.id}/${table.name}.${name}`, message });
    }
    const beside = [
      ...(isNamed ? [] : [name]),
      ...(isWord(printed) ? [] : [printed]),
      ...members(field),
      ...(features.has(name) ? ['derived'] : []),
      ...(column?.unit === undefined ? [] : [column.unit]),
      ...(column?.classification ? [column.classification.text] : []),
      ...(column?.deprecated ? ['deprecated'] : []),
    ].join(', ');
    const words = [isWord(printed) ? printed : type.name, isNamed ? name : `column_${index + 1}`, marks];
    return [...words, beside === '' ? '' : quoted(beside)].filter((word) => word !== '').join(' ');
  });
}

/** `of country, street`: declared members, which have no attributes of their own. */
function members({ shape }: Field<Column>): readonly string[] {
  if (shape.kind === 'array') return members(shape.element);
  if (shape.kind === 'map') return members(shape.value);
  if (shape.kind !== 'struct' || shape.fields.length === 0) return [];
  return [`of ${shape.fields.map(({ name }) => name).join(', ')}`];
}
