import {
  EngineError,
  type RunOptions,
  type TableProblem,
  type TableRequest,
  type TableSource,
} from '../../sql/dialect.ts';
import { quoteName } from '../../sql/quote.ts';
import { CsvParser, type CsvRecord } from './csv-records.ts';
import { type CsvShape, sniffCsv } from './csv-sniff.ts';
import type { Engine } from './engine.ts';
import type { SourceFile } from './locate.ts';
import { quoteText } from './quote.ts';
import { RawLoader } from './raw-loader.ts';
import { readBytes, readUnits, type TextDecoding, textDecoding } from './text-stream.ts';
import { createRaw, keepSample, type LoadedText, type Readable, typeTable } from './text-table.ts';

/** How much of a file is looked at to find out how it is written. */
const START = 1 << 18;
/** Size in bytes from which DuckDB's own reader saves more than it costs. */
const WORTHWHILE = 1 << 18;

interface CsvFile {
  readonly file: SourceFile;
  readonly index: number;
  readonly decoding: TextDecoding;
  readonly shape?: CsvShape;
}

/** A table over CSV files: every cell is loaded as text, files are united by the names in their headers (semantics §4). */
export async function openCsv(
  engine: Engine,
  name: string,
  request: TableRequest,
  files: readonly SourceFile[],
  place: string,
  options: RunOptions,
): Promise<TableSource | TableProblem> {
  const looked: CsvFile[] = [];
  for (const [index, file] of files.entries()) {
    const found = await look(file, index, request);
    if ('reason' in found) return found;
    looked.push(found);
  }
  const twice = request.columns
    .flatMap(({ physicalNames }) => physicalNames)
    .find((wanted) => looked.some(({ shape }) => shape && shape.names.filter((found) => found === wanted).length > 1));
  if (twice !== undefined)
    return { reason: `the header of ${place} has "${twice}" twice`, hint: 'give the columns different names' };
  const names = [...new Set(looked.flatMap(({ shape }) => (shape ? numbered(shape.names) : [])))];
  const readable: Readable = { records: 0n, rejected: 0n, samples: [] };
  await createRaw(engine, name, names.length);
  for (const file of looked) {
    if (file.shape) await load(engine, name, names, { ...file, shape: file.shape }, readable, options);
  }
  const loaded: LoadedText = { names, readable, header: looked.some(({ shape }) => shape !== undefined) };
  const source = await typeTable(engine, name, request, files, loaded, place);
  if (!('columns' in source)) return source;
  const lackedBy = (column: string): readonly string[] =>
    looked.filter(({ shape }) => shape && !numbered(shape.names).includes(column)).map(({ file }) => file.name);
  return { ...source, columns: source.columns.map((column) => ({ ...column, lackedBy: lackedBy(column.name) })) };
}

async function look(file: SourceFile, index: number, request: TableRequest): Promise<CsvFile | TableProblem> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const bytes of readBytes(file)) {
    pieces.push(bytes);
    length += bytes.length;
    if (length >= START) break;
  }
  const bytes = Buffer.concat(pieces).subarray(0, START);
  const decoding = textDecoding(request.read.encoding, bytes);
  const again = textDecoding(request.read.encoding, bytes);
  if (!decoding || !again) {
    return {
      reason: `the encoding "${request.read.encoding}" is not known`,
      hint: 'write a name such as utf-8, utf-16, latin-1 or windows-1252',
    };
  }
  const start = again.units(bytes).replace(/^(\uFEFF|\xEF\xBB\xBF)/u, '');
  const shape = sniffCsv(start, again, request.read, request.columns);
  return { file, index, decoding, ...(shape && { shape }) };
}

/** A name that stands twice in one header is two columns. */
function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

type Shaped = CsvFile & { readonly shape: CsvShape };

/**
 * A file in which nothing is wrong is read by DuckDB, which is many times faster; what is wrong with any other one, down to the record,
 * is known only to a reader of our own: DuckDB refuses whole files for a mixed line end and miscounts the records behind it.
 */
async function load(
  engine: Engine,
  name: string,
  names: readonly string[],
  file: Shaped,
  readable: Readable,
  options: RunOptions,
): Promise<void> {
  const deadline = Date.now() + options.timeout;
  const survey = file.file.size < WORTHWHILE ? undefined : await surveyed(file, deadline, options);
  if (survey !== undefined && (await loadFast(engine, name, names, file, survey, options))) {
    readable.records += BigInt(survey);
    return;
  }
  await loadSlow(engine, name, names, file, readable, deadline, options);
}

/** Number of records of a file that DuckDB reads as we do; undefined for any other. */
async function surveyed(file: Shaped, deadline: number, options: RunOptions): Promise<number | undefined> {
  if (!file.decoding.native) return undefined;
  const { shape } = file;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let records = shape.header ? -1 : 0;
  let clean = shape.marks.delimiter.length === 1 && shape.marks.quote === '"' && !shape.marks.carriage;
  const check = (units: string): void => {
    if (/[\x80-\xff]/u.test(units)) utf8.decode(Buffer.from(units, 'latin1'), { stream: true });
  };
  const ends = await parse(
    file,
    file.decoding,
    false,
    deadline,
    options,
    ({ width }) => {
      if (width === 0 && shape.names.length > 1) return;
      records++;
      if (width !== shape.names.length) clean = false;
    },
    (units) => {
      try {
        check(units);
      } catch {
        clean = false;
      }
      return clean;
    },
  );
  if (ends.feed > 0 && ends.both > 0) clean = false;
  return clean ? Math.max(records, 0) : undefined;
}

async function parse(
  file: Shaped,
  decoding: TextDecoding,
  keep: boolean,
  deadline: number,
  options: RunOptions,
  found: (record: CsvRecord) => void,
  proceed: (units: string) => boolean = () => true,
): Promise<{ readonly feed: number; readonly both: number }> {
  const parser = new CsvParser(file.shape.marks, keep, found);
  let skip = file.shape.skippedLines;
  for await (const units of readUnits(file.file, decoding)) {
    if (options.signal?.aborted) throw new EngineError('cancelled', 'cancelled');
    if (Date.now() > deadline) throw new EngineError('time-out', `not loaded after ${options.timeout} ms`);
    let text = units;
    while (skip > 0) {
      const end = text.indexOf(file.shape.marks.carriage ? '\r' : '\n');
      text = end === -1 ? '' : text.slice(end + 1);
      if (end === -1) break;
      skip--;
    }
    if (!proceed(units)) break;
    parser.push(text);
  }
  parser.end();
  return parser.ends;
}

async function loadFast(
  engine: Engine,
  name: string,
  names: readonly string[],
  file: Shaped,
  records: number,
  options: RunOptions,
): Promise<boolean> {
  const { shape } = file;
  const own = numbered(shape.names);
  const columns = own.map((_, index) => `c${index}: 'VARCHAR'`).join(', ');
  const settings = [
    `auto_detect = false, columns = {${columns}}, header = ${shape.header}, skip = ${shape.skippedLines}`,
    `delim = ${quoteText(shape.marks.delimiter)}, quote = '"', escape = '"', allow_quoted_nulls = false, nullstr = ''`,
    // A line that is too long for DuckDB's buffers goes to our own reader like everything that it refuses.
    'strict_mode = true',
    ...(/\.gz$/iu.test(file.file.name) ? ["compression = 'gzip'"] : ["compression = 'none'"]),
  ].join(', ');
  const targets = own.map((column) => `c${names.indexOf(column)}`).join(', ');
  const sources = own.map((_, index) => `c${index}`).join(', ');
  const first = shape.header ? 1 : 0;
  const table = quoteName(`${name} raw`);
  const text = `insert into ${table} (${targets}, file, record) select ${sources}, ${file.index}, row_number() over () + ${first} from read_csv(${quoteText(file.file.path)}, ${settings})`;
  try {
    const [inserted] = await engine.admin(text, options);
    if (inserted?.Count === BigInt(records)) return true;
  } catch (error) {
    if (error instanceof EngineError && error.failure !== 'failed') throw error;
  }
  await engine.admin(`delete from ${table} where file = ${file.index}`);
  return false;
}

function freshDecoding(file: Shaped): TextDecoding {
  const decoding = textDecoding(file.decoding.name, Buffer.alloc(0));
  if (!decoding) throw new RangeError(`the encoding "${file.decoding.name}" is not known`);
  return decoding;
}

/** Gives every record to the loader or to the account of what could not be read. */
async function loadSlow(
  engine: Engine,
  name: string,
  names: readonly string[],
  file: Shaped,
  readable: Readable,
  deadline: number,
  options: RunOptions,
): Promise<void> {
  const { shape } = file;
  const decoding = freshDecoding(file);
  const places = numbered(shape.names).map((column) => names.indexOf(column));
  const loader = await RawLoader.open(engine, `${name} raw`, names.length);
  let record = 0n;
  const take = ({ cells, width, broken }: CsvRecord): void => {
    if (width === 0 && shape.names.length > 1) return;
    record++;
    if (record === 1n && shape.header) return;
    readable.records++;
    const texts = cells.map((cell) => (cell === null ? null : decoding.text(cell)));
    const reason = rejection(broken, width, shape.names.length, texts.includes(undefined), decoding);
    if (reason !== undefined) {
      keepSample(readable, file.file.name, record, reason);
      return;
    }
    const row: (string | null)[] = Array.from({ length: names.length }, () => null);
    for (const [index, place] of places.entries()) row[place] = texts[index] ?? null;
    loader.add(row, file.index, record);
  };
  try {
    await parse(file, decoding, true, deadline, options, take);
  } finally {
    loader.close();
  }
}

function rejection(
  broken: boolean,
  width: number,
  expected: number,
  undecoded: boolean,
  decoding: TextDecoding,
): string | undefined {
  if (broken) return 'a quote is not closed, or text follows it';
  // A blank line of a table with one column is an empty cell.
  const found = width === 0 ? 1 : width;
  if (found !== expected) return `${found} ${found === 1 ? 'cell' : 'cells'}, the header has ${expected}`;
  return undecoded ? `not ${decoding.name}` : undefined;
}
