import type { Contract, WrittenText } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { referencedContract } from '../../util/referenced.ts';
import { didYouMean } from '../did-you-mean.ts';
import { parseReference } from '../reference.ts';
import { doubtful, unknownColumn, valueNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** What consumers use and what is read upstream exists. */
export const readers: Rule = (contract, { contracts }) => [
  ...contract.consumers.flatMap(({ uses }) => uses.flatMap((use) => used(contract, use))),
  ...contract.upstream.flatMap(({ contract: name, columns, at }) => {
    if (name.startsWith('external:')) return [];
    const [id = '', major] = name.split('@');
    const source = referencedContract(id, major === undefined ? undefined : Number(major), contracts);
    if (source === contract) {
      const message = `"${name}" is this contract itself`;
      return [wrong('own-upstream', at, message, 'name the contracts that its data is made from')];
    }
    if (source) return columns === 'all' ? [] : columns.flatMap((column) => used(source, column));
    const ids = contracts.map((each) => each.id);
    const hint = didYouMean(name, ids, `write external:${name} if it has no contract`);
    return [doubtful('unknown-upstream', at, `there is no contract "${name}" in the project`, hint)];
  }),
];

function used(contract: Contract, use: WrittenText): readonly Diagnostic[] {
  const parts = parseReference(use.text);
  if (!parts || parts.contract !== undefined) {
    return [wrong('bad-use', use.at, `"${use.text}" is not a column`, 'write table.column, or the table alone')];
  }
  const table = contract.tables.find(({ name }) => name === parts.table);
  if (!table) {
    const names = contract.tables.map(({ name }) => name);
    const message = `contract "${contract.id}" has no table "${parts.table}"`;
    return [wrong('unknown-table', use.at, message, didYouMean(parts.table, names, `tables are ${names.join(', ')}`))];
  }
  const { column } = parts;
  const known = column === undefined || valueNamed(table, column);
  return known ? [] : [unknownColumn(table, column, use.at, 'values')];
}
