import type { Contract, Read, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Project } from '../../project/project.ts';
import { isDateFormat } from '../date-format.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { engineType, mayBeText, warehouseName } from './source-kind.ts';

const CSV_KEYS = ['delimiter', 'quote', 'decimal', 'header'] as const;

/** Ways of reading files stand where files of that format are read. */
export const reading: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) => [
    ...(table.read ? ofRead(contract, table, table.read, project) : []),
    ...dateFormats(contract, table, project),
  ]);

function ofRead(contract: Contract, table: Table, read: Read, project: Project): readonly Diagnostic[] {
  const type = engineType(contract, table, project);
  if (type !== undefined && type !== 'duckdb') {
    const message = `\`read\` is about files, but warehouse "${warehouseName(contract, table)}" is ${type}`;
    return [wrong('misfit-read', read.at, message, 'remove `read`, or name a warehouse with files', table.name)];
  }
  const { format = formatOf(table) } = read;
  if (format === undefined || format === 'csv') return [];
  const keys = [
    ...CSV_KEYS.filter((key) => read[key] !== undefined),
    ...(format === 'parquet' && read.encoding !== undefined ? ['encoding'] : []),
    ...(format === 'parquet' && read.missing.length > 0 ? ['missing'] : []),
  ];
  if (keys.length === 0) return [];
  const message = `${keys.map((key) => `\`${key}\``).join(', ')} means nothing for ${format} files`;
  return [wrong('misfit-read', read.at, message, 'remove it, or correct the format', table.name)];
}

function formatOf(table: Table): Read['format'] {
  return /\.parquet$/i.test(table.location?.text ?? '') ? 'parquet' : undefined;
}

function dateFormats(contract: Contract, table: Table, project: Project): readonly Diagnostic[] {
  // What a feature gives is a date already.
  const typed = [...(mayBeText(contract, table, project) ? [] : table.columns), ...table.features];
  return typed.flatMap(({ name, type, format }) => {
    if (!format || type.name !== 'date' || !isDateFormat(format.text)) return [];
    const what = table.columns.some((column) => column.name === name) ? 'this table' : 'a feature';
    const message = `"${format.text}" is the form of a date in a text file, which ${what} is not`;
    return [
      wrong('misfit-rule', format.at, message, 'remove `format`: dates have no form here', `${table.name}.${name}`),
    ];
  });
}
