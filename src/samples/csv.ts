import type { Column, Table } from '../model/contract.ts';
import type { Field } from '../sql/shape.ts';
import { cellText } from './json.ts';
import type { Sample } from './sample.ts';

/**
 * The rows as CSV (RFC 4180), as the contract's `read` has its marks, header and forms of dates; columns have the names of the source. NULL
 * is an empty cell and the empty text a quoted one.
 */
export function csvText({ fields, rows, columns }: Sample, table: Table): string {
  const { delimiter = ',', quote = '"', header = 1 } = table.read ?? {};
  const cell = (text: string | undefined): string => {
    if (text === undefined) return '';
    const isPlain =
      text !== '' && ![delimiter, quote, '\n', '\r'].some((mark) => text.includes(mark)) && text.trim() === text;
    return isPlain ? text : `${quote}${text.replaceAll(quote, `${quote}${quote}`)}${quote}`;
  };
  const line = (cells: readonly (string | undefined)[]): string => `${cells.map(cell).join(delimiter)}\r\n`;
  const above = header === false ? [] : Array.from({ length: header - 1 }, (_, at) => line([`line ${at + 1}`]));
  const names = header === false ? [] : [line(fields.map(sourceName))];
  const cells = fields.map((field) => ({ values: columns.get(field.name), textOf: cellOf(field, table) }));
  const lines = Array.from({ length: rows }, (_, row) =>
    line(cells.map(({ values, textOf }) => textOf(values?.[row] ?? null))),
  );
  return [...above, ...names, ...lines].join('');
}

/** The text of a value in a file of the table, before it is quoted; undefined for NULL. */
export function cellOf(field: Field<Column>, { read }: Table): (value: unknown) => string | undefined {
  const { decimal = '.' } = read ?? {};
  return (value) => formed(cellText(value, field), field, decimal);
}

/** The first of the names that a column may have in the source. */
export function sourceName({ name, column }: Field<Column>): string {
  return column?.physicalNames[0] ?? name;
}

/** In the table's own marks. */
function formed(text: string | undefined, { column, type }: Field<Column>, decimal: string): string | undefined {
  if (text === undefined) return undefined;
  if (type.name === 'decimal' || type.name === 'float') return text.replace('.', decimal);
  if (type.name !== 'date' || !column?.format) return text;
  const [year = '', month = '', day = ''] = text.split('-');
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    MM: month,
    M: String(Number(month)),
    dd: day,
    d: String(Number(day)),
  };
  return column.format.text.replace(/yyyy|MM?|dd?/g, (part) => parts[part] ?? part);
}
