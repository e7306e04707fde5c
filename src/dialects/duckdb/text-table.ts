import { sql } from 'kysely';
import type { LogicalType } from '../../model/logical-type.ts';
import type { RejectedRecord, SourceColumn, TableProblem, TableRequest, TableSource } from '../../sql/dialect.ts';
import { matchName } from '../../sql/names.ts';
import { type ReadCell, readCell } from './cell.ts';
import { parseDateFormat } from './date-format.ts';
import type { Engine } from './engine.ts';
import { duckdbSql } from './expressions.ts';
import { changedFiles, type SourceFile } from './locate.ts';
import { named, quoteName, quoteText } from './quote.ts';

/** How many rejected records are kept for people. */
export const REJECTED_SAMPLES = 100;

/** Counts what could not be read as a row. */
export interface Readable {
  records: bigint;
  rejected: bigint;
  readonly samples: RejectedRecord[];
}

/** A loaded text table: `surety raw` has the cells as text in `c0`, `c1` …, the file's number and the record's. */
export interface LoadedText {
  readonly names: readonly string[];
  readonly readable: Readable;
  readonly header: boolean;
}

/** Creates the table of texts that cells are loaded into. */
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
  const badFormat = request.columns
    .map(({ dateFormat }) => dateFormat && parseDateFormat(dateFormat))
    .find((form) => form && 'message' in form);
  if (badFormat && 'message' in badFormat)
    return { reason: badFormat.message, ...(badFormat.hint && { hint: badFormat.hint }) };
  const unique = uniqueNames(['surety file', 'surety record', ...loaded.names]);
  const [fileName = '', recordName = '', ...names] = unique;
  const missing = request.read.missing.map(quoteText).join(', ');
  const cleaned: string[] = ['file', 'record'];
  const selected: string[] = [];
  const columns: SourceColumn[] = [];
  for (const [index, source] of loaded.names.entries()) {
    const column = names[index] ?? source;
    cleaned.push(
      missing === '' ? `c${index}` : `case when c${index} in (${missing}) then null else c${index} end as c${index}`,
    );
    const raw = sql.raw(`c${index}`);
    const declared = request.columns.find(({ physicalNames }) => {
      const match = matchName(physicalNames, loaded.names);
      return 'name' in match && match.name === source;
    });
    const type = await sized(engine, name, declared?.type ?? { name: 'string' }, raw, request.read.decimal);
    const read = readCell(raw, type, {
      ...(request.read.decimal === undefined ? {} : { decimal: request.read.decimal }),
      ...(declared?.dateFormat === undefined ? {} : { dateFormat: declared.dateFormat }),
    });
    columns.push(columnOf(selected, column, source, index, raw, read, type, declared?.type));
  }
  const table = quoteName(`${name} cells`);
  const rawTable = quoteName(`${name} raw`);
  selected.push(`file as ${quoteName(fileName)}`, `record as ${quoteName(recordName)}`);
  const cells = `(select ${cleaned.join(', ')} from ${rawTable})`;
  await engine.admin(`create table ${table} as select ${selected.join(', ')} from ${cells}`);
  await engine.admin(`drop table ${rawTable}`);
  const visible = names.length === 0 ? `null as "no columns"` : names.map(quoteName).join(', ');
  await engine.admin(`create view ${quoteName(name)} as select ${visible} from ${table}`);
  const fileList = `[${files.map((file) => quoteText(file.name)).join(', ')}]`;
  return {
    relation: named(name),
    scan: named(`${name} cells`),
    place,
    columns,
    text: true,
    header: loaded.header,
    readable: loaded.readable,
    origin: { file: sql`list_extract(${sql.raw(fileList)}, ${named(fileName)} + 1)`, record: named(recordName) },
    changed: () => changedFiles(files),
  };
}

function columnOf(
  selected: string[],
  column: string,
  source: string,
  index: number,
  raw: ReturnType<typeof named>,
  read: ReadCell,
  type: LogicalType,
  declared: LogicalType | undefined,
): SourceColumn {
  const text = (piece: ReadCell['value']): string => duckdbSql.compile(piece).sql;
  const value = named(column);
  if (type.name === 'string' || type.name === 'native') {
    selected.push(`${text(raw)} as ${quoteName(column)}`);
    return {
      name: source,
      native: 'text',
      type: declared ?? type,
      value,
      cell: { raw: value, unparsable: sql`false` },
    };
  }
  const cellName = `surety text ${index}`;
  selected.push(`${text(read.value)} as ${quoteName(column)}`);
  selected.push(`${text(raw)} as ${quoteName(cellName)}`);
  const unparsable = sql`(${named(cellName)} is not null and ${value} is null)`;
  return { name: source, native: 'text', type: declared ?? type, value, cell: { raw: named(cellName), unparsable } };
}

/** A decimal without sizes gets those that hold the most cells exactly. */
async function sized(
  engine: Engine,
  name: string,
  type: LogicalType,
  raw: ReturnType<typeof named>,
  mark = '.',
): Promise<LogicalType> {
  if (type.name !== 'decimal' || type.precision !== undefined) return type;
  const cell = duckdbSql.compile(raw).sql;
  const digits = `regexp_extract(x, '^[+-]?0*([0-9]*)(?:[${mark}]([0-9]*[1-9])?0*)?$', ['whole', 'fraction'])`;
  const [row] = await engine.admin(
    `select max(length(d.whole)) as whole, max(length(d.fraction)) as fraction from (select ${digits} as d from (select ${cell} as x from ${quoteName(`${name} raw`)}))`,
  );
  const whole = Number(row?.['whole'] ?? 0n);
  const fraction = Math.min(Number(row?.['fraction'] ?? 0n), 37);
  return { name: 'decimal', precision: Math.max(1, Math.min(whole + fraction, 38)), scale: fraction };
}

/** DuckDB's names differ in more than case; those that do not get a number. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 1; seen.has(unique.toLowerCase()); number++) unique = `${name}_${number}`;
    seen.add(unique.toLowerCase());
    return unique;
  });
}
