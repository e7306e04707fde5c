import type { SourceColumn, TableRequest, TableSource } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { matchName } from '../../sql/names.ts';
import { named, quoteName } from '../../sql/quote.ts';
import { readCell } from './cell.ts';
import type { Engine } from './engine.ts';
import { duckdbSql } from './expressions.ts';
import { changedFiles, type SourceFile } from './locate.ts';
import { logicalType, storedType } from './native-type.ts';
import { quoteText } from './quote.ts';

/** A table over Parquet files: a view over exactly these, columns united by name, `key=value` folders as columns of texts. */
export async function openParquet(
  engine: Engine,
  name: string,
  request: TableRequest,
  files: readonly SourceFile[],
  place: string,
): Promise<TableSource> {
  const list = files.map(({ path }) => quoteText(path)).join(', ');
  const keys = folderKeys(files.map((file) => file.name));
  // A folder above the project may look like a key too; DuckDB would make a column of it.
  const foreign = folderKeys(files.map((file) => file.path)).filter((key) => !keys.includes(key));
  const hive = keys.length > 0 ? 'hive_partitioning = true, hive_types_autocast = false' : 'hive_partitioning = false';
  const reader = `read_parquet([${list}], union_by_name = true, ${hive})`;
  const described = await engine.admin(`describe select * from ${reader}`);
  const lackedBy = files.length > 1 ? await lacking(engine, list, files) : () => [];
  const visible: string[] = [];
  const helpers: string[] = [];
  const columns: SourceColumn[] = [];
  for (const row of described) {
    const column = String(row.column_name);
    const native = String(row.column_type);
    if (foreign.includes(column)) continue;
    const declared = keys.includes(column)
      ? request.columns.find(({ physicalNames }) => 'name' in matchName(physicalNames, [column]))
      : undefined;
    if (!declared || declared.type.name === 'string') {
      visible.push(quoteName(column));
      columns.push({ name: column, native, type: logicalType(native), value: named(column) });
      continue;
    }
    const read = readCell(named(column), declared.type, {
      ...(declared.dateFormat !== undefined && { dateFormat: declared.dateFormat }),
    });
    const text = `surety text ${column}`;
    visible.push(`${duckdbSql.compile(read.value).sql} as ${quoteName(column)}`);
    helpers.push(`${quoteName(column)} as ${quoteName(text)}`);
    columns.push({
      name: column,
      native: 'text',
      type: storedType(declared.type),
      value: named(column),
      cell: { raw: named(text), unparsable: sql`(${named(text)} is not null and ${named(column)} is null)` },
    });
  }
  await engine.admin(`create view ${quoteName(name)} as select ${visible.join(', ')} from ${reader}`);
  if (helpers.length > 0) {
    const cells = quoteName(`${name} cells`);
    await engine.admin(`create view ${cells} as select ${[...visible, ...helpers].join(', ')} from ${reader}`);
  }
  const scan = named(helpers.length > 0 ? `${name} cells` : name);
  const changed = (): Promise<string | undefined> => changedFiles(files);
  const known = columns.map((column) => ({
    ...column,
    lackedBy: keys.includes(column.name) ? [] : lackedBy(column.name),
  }));
  return { relation: named(name), scan, place, columns: known, text: false, header: true, changed };
}

/** Which files have no column of a name: union by name would give NULL there without a word. */
async function lacking(
  engine: Engine,
  list: string,
  files: readonly SourceFile[],
): Promise<(column: string) => readonly string[]> {
  const rows = await engine.admin(`select distinct file_name as file, name from parquet_schema([${list}])`);
  const found = new Set(rows.map((row) => JSON.stringify([row.file, row.name])));
  return (column) => files.filter(({ path }) => !found.has(JSON.stringify([path, column]))).map(({ name }) => name);
}

/** Keys that every path has a `key=value` folder for. */
function folderKeys(paths: readonly string[]): readonly string[] {
  const keys = paths.map((path) =>
    [...`/${path}`.matchAll(/(?<=\/)([^/=]+)=[^/]*(?=\/)/gu)].map((match) => match[1] ?? ''),
  );
  return (keys[0] ?? []).filter((key) => keys.every((others) => others.includes(key)));
}
