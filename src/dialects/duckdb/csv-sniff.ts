import type { ReadOptions, RequestedColumn } from '../../sql/dialect.ts';
import { type CsvMarks, CsvParser } from './csv-records.ts';
import type { TextDecoding } from './text-stream.ts';

/** How a text file is to be read, and the names of its columns. */
export interface CsvShape {
  readonly marks: CsvMarks;
  /** Whole lines above the header, or above the first record where there is no header. */
  readonly skippedLines: number;
  readonly header: boolean;
  readonly names: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'];
/** Records that are looked at. */
const SAMPLE = 100;

/**
 * Finds delimiter and header in the beginning of a file. What `read` says holds. Else that delimiter and that line win which name most
 * of the wanted columns; where none does, the delimiter that cuts the records most evenly. Undefined where there is no record.
 */
export function sniffCsv(
  start: string,
  decoding: TextDecoding,
  read: ReadOptions,
  columns: readonly RequestedColumn[],
): CsvShape | undefined {
  const wanted = new Set(columns.flatMap(({ physicalNames }) => physicalNames.map((name) => name.toLowerCase())));
  const unit = (text: string): string => (decoding.native ? Buffer.from(text, 'utf8').toString('latin1') : text);
  const carriage = !start.includes('\n');
  const found = (read.delimiter === undefined ? DELIMITERS : [read.delimiter]).map((delimiter) => {
    const marks = { delimiter: unit(delimiter), quote: unit(read.quote ?? '"'), carriage };
    return candidate(start, marks, decoding, read.header, wanted);
  });
  const best = found
    .filter((shape) => shape !== undefined)
    .sort((a, b) => b.named - a.named || b.evenness - a.evenness)[0];
  if (!best) return undefined;
  const header = read.header !== false;
  const names = header ? headerNames(best.cells) : positionalNames(best.cells.length, columns);
  return { marks: best.marks, skippedLines: best.line, header, names };
}

interface Candidate {
  readonly marks: CsvMarks;
  readonly line: number;
  readonly cells: readonly string[];
  readonly named: number;
  readonly evenness: number;
}

function candidate(
  start: string,
  marks: CsvMarks,
  decoding: TextDecoding,
  header: number | false | undefined,
  wanted: ReadonlySet<string>,
): Candidate | undefined {
  const lines = lineStarts(start, marks.carriage);
  const given = typeof header === 'number' ? header - 1 : header === false ? 0 : undefined;
  if (given !== undefined) return at(start, lines, given, marks, decoding, wanted);
  let best: Candidate | undefined;
  for (const line of lines.keys()) {
    if (line >= 30) break;
    const found = at(start, lines, line, marks, decoding, wanted);
    if (found && (!best || found.named > best.named)) best = found;
    if (best && best.named === wanted.size) break;
  }
  if (best && best.named === 0) return at(start, lines, best.line, marks, decoding, wanted);
  return best;
}

function at(
  start: string,
  lines: readonly number[],
  line: number,
  marks: CsvMarks,
  decoding: TextDecoding,
  wanted: ReadonlySet<string>,
): Candidate | undefined {
  const from = lines[line];
  if (from === undefined) return undefined;
  const widths: number[] = [];
  let cells: readonly string[] | undefined;
  const parser = new CsvParser(marks, true, (record) => {
    if (widths.length >= SAMPLE || record.width === 0) return;
    cells ??= record.broken ? [] : record.cells.map((cell) => decoding.text(cell ?? '') ?? '');
    widths.push(record.width);
  });
  // The last record may be cut off, so it is not judged.
  parser.push(start.slice(from, lines[line + SAMPLE]));
  if (cells === undefined) parser.end();
  if (cells === undefined || cells.length === 0) return undefined;
  const width = cells.length;
  const even = widths.filter((found) => found === width).length / widths.length;
  const named = cells.filter((cell) => wanted.has(cell.toLowerCase())).length;
  return { marks, line, cells, named, evenness: width > 1 ? even * (1 + width / 10_000) : even / 1_000 };
}

function lineStarts(text: string, carriage: boolean): readonly number[] {
  const starts = [0];
  const end = carriage ? '\r' : '\n';
  for (let i = text.indexOf(end); i !== -1 && starts.length < 10_000; i = text.indexOf(end, i + 1)) starts.push(i + 1);
  return starts.filter((start) => start < text.length);
}

function headerNames(cells: readonly string[]): readonly string[] {
  return cells.map((cell, index) => (cell === '' ? `column${index + 1}` : cell));
}

/** Without a header the contract's columns name the cells in their order. */
function positionalNames(width: number, columns: readonly RequestedColumn[]): readonly string[] {
  const given = columns
    .filter(({ name }) => !/[.[{]/u.test(name))
    .map(({ name, physicalNames }) => physicalNames[0] ?? name);
  return Array.from({ length: width }, (_, index) => given[index] ?? `column${index + 1}`);
}
