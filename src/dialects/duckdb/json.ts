import {
  EngineError,
  type RunOptions,
  type TableProblem,
  type TableRequest,
  type TableSource,
} from '../../sql/dialect.ts';
import { matchName } from '../../sql/names.ts';
import type { Engine } from './engine.ts';
import { isNested, type JsonShape, jsonShape, scalarText, textualJson } from './json-shape.ts';
import { type JsonValue, parseItems, parseJson, printJson } from './json-text.ts';
import type { SourceFile } from './locate.ts';
import { RawLoader } from './raw-loader.ts';
import { readUnits, type TextDecoding, textDecoding } from './text-stream.ts';
import { createRaw, keepSample, type LoadedText, type Readable, typeTable } from './text-table.ts';

/** A record of a JSON file: an object, or why it is none. */
type JsonRecord = { readonly record: bigint } & (
  | { readonly members: ReadonlyMap<string, JsonValue> }
  | { readonly reason: string }
);

/** A table over JSON files: a record is a line, or an element of a document that is an array (semantics §4). */
export async function openJson(
  engine: Engine,
  name: string,
  request: TableRequest,
  files: readonly SourceFile[],
  place: string,
  options: RunOptions,
): Promise<TableSource | TableProblem> {
  const deadline = Date.now() + options.timeout;
  if (!textDecoding(request.read.encoding, Buffer.alloc(0)))
    return { reason: `the encoding "${request.read.encoding}" is not known` };
  const names = new Set<string>();
  const readable: Readable = { records: 0n, rejected: 0n, samples: [] };
  let size = 0n;
  for (const file of files) {
    size += file.size;
    for await (const record of records(file, request, deadline, options)) {
      if (record === undefined)
        return {
          reason: `${file.name} is no JSON`,
          hint: 'a document in brackets [ ] is read as one array of objects',
        };
      readable.records++;
      if ('reason' in record) keepSample(readable, file.name, record.record, record.reason);
      else for (const member of record.members.keys()) names.add(member);
    }
  }
  const list = [...names];
  const shapes = list.map((column) => shapeOf(column, list, request));
  const nested = shapes.flatMap((shape, index) => (shape && isNested(shape) ? [index] : []));
  const width = list.length + nested.length;
  await createRaw(engine, name, width);
  const loader = await RawLoader.open(engine, `${name} raw`, width);
  try {
    for (const [index, file] of files.entries()) {
      for await (const record of records(file, request, deadline, options)) {
        if (record === undefined || 'reason' in record) continue;
        const cells = list.map((column, at) => cellText(record.members.get(column), shapes[at]));
        const texts = nested.map((at) => shown(record.members.get(list[at] ?? '')));
        loader.add([...cells, ...texts], index, record.record);
      }
    }
  } finally {
    loader.close();
  }
  const loaded: LoadedText = {
    names: list,
    readable,
    // Without a single object nothing can be said of the columns.
    header: size > 0n && (list.length > 0 || readable.records > 0n),
    json: list.map((_, index) => {
      const shape = shapes[index];
      return { ...(shape && { shape }), ...(nested.includes(index) && { text: list.length + nested.indexOf(index) }) };
    }),
  };
  return typeTable(engine, name, request, files, loaded, place);
}

function shapeOf(name: string, names: readonly string[], request: TableRequest): JsonShape | undefined {
  const declared = request.columns.find(({ physicalNames }) => {
    const match = matchName(physicalNames, names);
    return 'name' in match && match.name === name;
  });
  return declared && jsonShape(declared, request.columns);
}

/** `+` and the text, or `!` and the text of a value that is of another kind than its column. */
function cellText(value: JsonValue | undefined, shape: JsonShape | undefined): string | null {
  if (value === undefined || value.kind === 'null') return null;
  if (!shape) return `+${shown(value)}`;
  const text = isNested(shape) ? textualJson(value, shape) : scalarText(value, shape);
  return text === undefined ? `!${shown(value)}` : `+${text}`;
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined || value.kind === 'null') return null;
  return value.kind === 'string' ? value.text : printJson(value);
}

/** The records of a file; undefined where a document is no JSON. */
async function* records(
  file: SourceFile,
  request: TableRequest,
  deadline: number,
  options: RunOptions,
): AsyncGenerator<JsonRecord | undefined> {
  const decoding = textDecoding(request.read.encoding, Buffer.alloc(0));
  if (!decoding) return;
  let rest = '';
  let first = true;
  let line = 0n;
  const whole: string[] = [];
  for await (const units of readUnits(file, decoding)) {
    if (options.signal?.aborted) throw new EngineError('cancelled', 'cancelled');
    if (Date.now() > deadline) throw new EngineError('time-out', `not loaded after ${options.timeout} ms`);
    if (first && /\S/u.test(units)) {
      first = false;
      if (isDocument(file, units)) whole.push('');
    }
    if (whole.length > 0) {
      whole.push(units);
      continue;
    }
    const lines = (rest + units).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line++;
      yield* lineRecord(text, line, decoding);
    }
  }
  if (whole.length > 0) yield* documentRecords(whole.join(''), decoding);
  else yield* lineRecord(rest, line + 1n, decoding);
}

/** A `.json` file that begins with a bracket, or whose first line is only the beginning of an object. */
function isDocument(file: SourceFile, start: string): boolean {
  if (!/\.json(\.gz)?$/iu.test(file.name)) return false;
  const text = start.trimStart();
  return text.startsWith('[') || /^\{[ \t]*\r?\n/u.test(text);
}

function* lineRecord(units: string, record: bigint, decoding: TextDecoding): Generator<JsonRecord> {
  if (units.trim() === '') return;
  const text = decoding.text(units);
  if (text === undefined) yield { record, reason: `not ${decoding.name}` };
  else yield objectRecord(parseJson(text), record);
}

function* documentRecords(units: string, decoding: TextDecoding): Generator<JsonRecord | undefined> {
  const text = decoding.text(units);
  if (text === undefined) {
    yield undefined;
    return;
  }
  if (!text.trimStart().startsWith('[')) {
    const value = parseJson(text);
    yield value && objectRecord(value, 1n);
    return;
  }
  let record = 0n;
  for (const value of parseItems(text)) {
    record++;
    yield value === false ? undefined : objectRecord(value, record);
  }
}

function objectRecord(value: JsonValue | undefined, record: bigint): JsonRecord {
  if (!value) return { record, reason: 'no JSON' };
  return value.kind === 'object' ? { record, members: value.members } : { record, reason: 'no JSON object' };
}
