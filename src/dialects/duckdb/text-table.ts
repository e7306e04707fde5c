import type { LogicalType } from '../../model/logical-type.ts';
import type { RejectedRecord, SourceColumn, Sql, TableProblem, TableRequest, TableSource } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { matchName } from '../../sql/names.ts';
import { named, quoteName } from '../../sql/quote.ts';
import { readCell } from './cell.ts';
import { parseDateFormat } from './date-format.ts';
import type { Engine } from './engine.ts';
import { duckdbSql } from './expressions.ts';
import { isNested, type JsonShape, shapeType, textualType, typedValue, unparsableValue } from './json-shape.ts';
import { changedFiles, type SourceFile } from './locate.ts';
import { storedType } from './native-type.ts';
import { quoteText } from './quote.ts';

/** How many rejected records are kept for people. */
const REJECTED_SAMPLES = 100;

/** Counts what could not be read as a row. */
export interface Readable {
  records: bigint;
  rejected: bigint;
  readonly samples: RejectedRecord[];
}

/** Takes a record into the account of what could not be read. */
export function keepSample(readable: Readable, file: string, record: bigint, reason: string): void {
  readable.rejected++;
  if (readable.samples.length < REJECTED_SAMPLES) readable.samples.push({ file, record, reason });
}

/** A table of loaded texts: the cells as `c0`, `c1` …, the number of the file and that of the record. */
export interface LoadedText {
  readonly names: readonly string[];
  readonly readable: Readable;
  readonly header: boolean;
  /** By column of a JSON table, whose cells begin with `+`, or with `!` where they cannot fit. */
  readonly json?: readonly {
    readonly shape?: JsonShape /** The place of the text of a nested value. */;
    readonly text?: number;
  }[];
}

/** Creates the table that texts are loaded into. */
export async function createRaw(engine: Engine, name: string, width: number): Promise<void> {
  const cells = Array.from({ length: width }, (_, index) => `c${index} varchar, `).join('');
  await engine.admin(`create table ${quoteName(`${name} raw`)} (${cells}file integer, record bigint)`);
}

/** Turns loaded texts into a table of typed columns with the cells' texts beside them, and a view of the columns alone. */
export async function typeTable(
  engine: Engine,
  name: string,
  request: TableRequest,
  files: readonly SourceFile[],
  loaded: LoadedText,
  place: string,
): Promise<TableSource | TableProblem> {
  for (const { dateFormat } of request.columns) {
    const form = dateFormat === undefined ? undefined : parseDateFormat(dateFormat);
    if (form && 'message' in form) return { reason: form.message, ...(form.hint !== undefined && { hint: form.hint }) };
  }
  const width = loaded.names.length;
  const helpers = ['surety file', 'surety record', ...loaded.names.map((_, index) => `surety text ${index}`)];
  const all = uniqueNames([...loaded.names, ...helpers]);
  const names = all.slice(0, width);
  const [fileName = '', recordName = '', ...textNames] = all.slice(width);
  const plan = loaded.names.map((source, index) => planColumn(request, loaded, source, names[index] ?? source, index));
  const sized = await sizeDecimals(engine, name, plan, request.read.decimal);
  const built = sized.map((column, index) => buildColumn(column, textNames[index] ?? '', request.read.decimal));

  const raw = quoteName(`${name} raw`);
  const cells = quoteName(`${name} cells`);
  const cleaned = ['file', 'record', ...plan.flatMap(({ texts }) => texts)].join(', ');
  const selected = [
    ...built.flatMap(({ stored }) => stored),
    `file as ${quoteName(fileName)}`,
    `record as ${quoteName(recordName)}`,
  ].join(', ');
  await engine.admin(`create table ${cells} as select ${selected} from (select ${cleaned} from ${raw})`);
  await engine.admin(`drop table ${raw}`);
  const visible = names.length === 0 ? 'null as "no columns"' : names.map(quoteName).join(', ');
  await engine.admin(`create view ${quoteName(name)} as select ${visible} from ${cells}`);

  const fileList = `[${files.map((file) => quoteText(file.name)).join(', ')}]`;
  return {
    relation: named(name),
    scan: named(`${name} cells`),
    place,
    columns: built.map(({ column }) => column),
    text: true,
    header: loaded.header,
    readable: loaded.readable,
    origin: { file: sql`list_extract(${sql.raw(fileList)}, ${named(fileName)} + 1)`, record: named(recordName) },
    changed: () => changedFiles(files),
  };
}

interface PlannedColumn {
  readonly source: string;
  readonly name: string;
  readonly index: number;
  readonly type: LogicalType;
  readonly declared?: LogicalType;
  readonly dateFormat?: string;
  readonly shape?: JsonShape;
  /** Select items that give `c<i>` (to be read) and `t<i>` (to be shown). */
  readonly texts: readonly string[];
}

function planColumn(
  request: TableRequest,
  loaded: LoadedText,
  source: string,
  name: string,
  index: number,
): PlannedColumn {
  const declared = request.columns.find(({ physicalNames }) => {
    const match = matchName(physicalNames, loaded.names);
    return 'name' in match && match.name === source;
  });
  const json = loaded.json?.[index];
  const missing = request.read.missing.map(quoteText).join(', ');
  const clean = (text: string): string =>
    missing === '' ? text : `case when ${text} in (${missing}) then null else ${text} end`;
  const shown = clean(json ? (json.text === undefined ? `substr(c${index}, 2)` : `c${json.text}`) : `c${index}`);
  const read = json ? `case when c${index}[1] = '+' and ${shown} is not null then substr(c${index}, 2) end` : shown;
  return {
    source,
    name,
    index,
    type: json?.shape?.kind === 'object' ? { name: 'json' } : (declared?.type ?? { name: 'string' }),
    texts: [`${read} as c${index}`, ...(json ? [`${shown} as t${index}`] : [])],
    ...(declared && { declared: json?.shape ? shapeType(json.shape) : declared.type }),
    ...(declared?.dateFormat !== undefined && { dateFormat: declared.dateFormat }),
    ...(json?.shape && { shape: json.shape }),
  };
}

function buildColumn(
  { source, name, index, type, declared, dateFormat, shape, texts }: PlannedColumn,
  textName: string,
  decimal: string | undefined,
): { readonly column: SourceColumn; readonly stored: readonly string[] } {
  const value = named(name);
  const cell = sql.raw(`c${index}`);
  const found = {
    name: source,
    native: 'text',
    type: type.name === 'decimal' ? storedType(type) : (declared ?? type),
    value,
  };
  const asText = type.name === 'string' || type.name === 'native';
  if (asText && texts.length === 1) {
    return {
      column: { ...found, cell: { raw: value, unparsable: sql`false` } },
      stored: [`c${index} as ${quoteName(name)}`],
    };
  }
  const textItem = `${texts.length === 1 ? 'c' : 't'}${index} as ${quoteName(textName)}`;
  const raw = named(textName);
  if (shape && isNested(shape)) {
    const parsed = sql`cast(cast(${cell} as json) as ${sql.raw(textualType(shape))})`;
    const badName = `${textName} unparsable`;
    const bad = sql`((c${sql.raw(String(index))} is null and t${sql.raw(String(index))} is not null) or ${unparsableValue(parsed, shape)})`;
    return {
      column: { ...found, cell: { raw, unparsable: named(badName) } },
      stored: [
        `${text(typedValue(parsed, shape))} as ${quoteName(name)}`,
        textItem,
        `coalesce(${text(bad)}, false) as ${quoteName(badName)}`,
      ],
    };
  }
  const read = readCell(cell, type, {
    ...(decimal === undefined ? {} : { decimal }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
  });
  return {
    column: { ...found, cell: { raw, unparsable: sql`(${raw} is not null and ${value} is null)` } },
    stored: [`${text(read.value)} as ${quoteName(name)}`, textItem],
  };
}

function text(piece: Sql): string {
  return duckdbSql.compile(piece).sql;
}

/** Decimals without sizes get those that hold the most cells exactly. */
async function sizeDecimals(
  engine: Engine,
  name: string,
  columns: readonly PlannedColumn[],
  mark = '.',
): Promise<readonly PlannedColumn[]> {
  const open = columns.filter(({ type }) => type.name === 'decimal' && type.precision === undefined);
  if (open.length === 0) return columns;
  const pattern = `^[+-]?0*([0-9]*)(?:[${mark}]([0-9]*[1-9])?0*)?$`;
  const lengths = open.flatMap(({ index }) =>
    [1, 2].map((group) => `max(length(regexp_extract(c${index}, ${quoteText(pattern)}, ${group})))`),
  );
  const items = lengths.map((length, index) => `${length} as n${index}`);
  const cells = `(select ${open.flatMap(({ texts }) => texts).join(', ')} from ${quoteName(`${name} raw`)})`;
  const [row] = await engine.admin(`select ${items.join(', ')} from ${cells}`);
  return columns.map((column) => {
    const at = open.indexOf(column);
    if (at === -1) return column;
    const scale = Math.min(Number(row?.[`n${2 * at + 1}`] ?? 0n), 37);
    const whole = Number(row?.[`n${2 * at}`] ?? 0n);
    return { ...column, type: { name: 'decimal', precision: Math.max(1, Math.min(whole + scale, 38)), scale } };
  });
}

/** DuckDB's names differ in more than case; those that do not get a number. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    // SQL has no name without a character.
    const given = name === '' ? 'unnamed' : name;
    let unique = given;
    for (let number = 1; seen.has(unique.toLowerCase()); number++) unique = `${given}_${number}`;
    seen.add(unique.toLowerCase());
    return unique;
  });
}
