/** Columns aligned with blanks; wide characters count as two cells. */
export function alignedTable(header: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const cells = [
    header,
    ...rows.map((row) => row.map((cell) => (cell === null ? '(null)' : cell === '' ? '(empty)' : cell))),
  ];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell)),
        )
        .join('  '),
    )
    .join('\n');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;

function width(text: string): number {
  let total = 0;
  for (const character of text) total += WIDE.test(character) ? 2 : /\p{Mn}/u.test(character) ? 0 : 1;
  return total;
}
