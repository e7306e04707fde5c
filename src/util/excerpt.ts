import type { Position, SourceFile } from '../model/diagnostic.ts';
import { cells, takeFirst, takeLast, textOf, widthOf } from './cells.ts';

const WIDTH = 110;
/** Where the span begins in a line that is cut on the left. */
const LEAD = 40;

/** The key of a position among excerpts. */
export function placeKey({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** The line of a position under its number, and a second line with carets below the span. */
export function excerpt(file: SourceFile, at: Position): string {
  const line = lineText(file.text, at.line);
  const start = Math.min(Math.max(at.column - 1, 0), line.length);
  const end = at.endLine > at.line ? line.length : Math.min(Math.max(at.endColumn - 1, start), line.length);
  // Cells are only made around the span, as a line may be a megabyte long.
  const from = codePointStart(line, Math.max(0, start - 2 * WIDTH));
  const before = cells(line.slice(from, start));
  const span = cells(line.slice(start, Math.min(end, start + 2 * WIDTH)));
  const after = cells(line.slice(end, end + 2 * WIDTH));

  const whole = widthOf(before) + widthOf(span) + widthOf(after) <= WIDTH && from === 0;
  const left = whole ? before : takeLast(before, Math.max(LEAD, WIDTH - widthOf(span) - widthOf(after)));
  const cutLeft = left.length < before.length || from > 0;
  const middle = takeFirst(span, WIDTH - widthOf(left));
  const right = takeFirst(after, WIDTH - widthOf(left) - widthOf(middle));
  const cutRight = middle.length < span.length || right.length < after.length;

  const shown = `${cutLeft ? '…' : ''}${textOf(left)}${textOf(middle)}${textOf(right)}${cutRight ? '…' : ''}`;
  const indent = ' '.repeat(widthOf(left) + (cutLeft ? 1 : 0));
  const number = String(at.line);
  const gutter = ' '.repeat(number.length);
  return `${number} | ${shown}\n${gutter} | ${indent}${'^'.repeat(Math.max(1, widthOf(middle)))}`;
}

function codePointStart(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}

function lineText(text: string, line: number): string {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', start);
    if (next < 0) return '';
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  const raw = text.slice(start, end < 0 ? text.length : end);
  return raw.endsWith('\r') ? raw.slice(0, -1) : raw;
}
