import { cells, widthOf } from '../src/util/cells.ts';

/** Columns aligned with blanks, as wide as a terminal shows them. */
export function alignedTable(header: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const lines = [
    header,
    ...rows.map((row) => row.map((cell) => (cell === null ? '(null)' : cell === '' ? '(empty)' : cell))),
  ];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => widthOf(cells(line[column] ?? '')))));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === line.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - widthOf(cells(cell))),
        )
        .join('  '),
    )
    .join('\n');
}
