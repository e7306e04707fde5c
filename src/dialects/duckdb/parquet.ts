import type { LogicalType } from '../../model/logical-type.ts';
import type { SourceColumn, TableProblem, TableRequest, TableSource } from '../../sql/dialect.ts';
import { matchName } from '../../sql/names.ts';
import { readCell } from './cell.ts';
import type { Engine } from './engine.ts';
import { duckdbSql } from './expressions.ts';
import { changedFiles, type SourceFile } from './locate.ts';
import { logicalType } from './native-type.ts';
import { named, quoteName, quoteText } from './quote.ts';

/** A table over Parquet files: a view over exactly these, columns united by name, `key=value` folders as columns. */
export async function openParquet(
  engine: Engine,
  name: string,
  request: TableRequest,
  files: readonly SourceFile[],
  place: string,
): Promise<TableSource | TableProblem> {
  const list = `[${files.map(({ path }) => quoteText(path)).join(', ')}]`;
  const hive = hiveKeys(files);
  const options =
    hive.length > 0 ? ', hive_partitioning = true, hive_types_autocast = false' : ', hive_partitioning = false';
  const reader = `read_parquet(${list}, union_by_name = true${options})`;
  const described = await engine.admin(`describe select * from ${reader}`);
  const types = new Map<string, LogicalType>();
  const columns = described.map((row): SourceColumn => {
    const column = String(row['column_name']);
    const native = String(row['column_type']);
    const value = named(column);
    const declared = hive.includes(column)
      ? request.columns.find(({ physicalNames }) => 'name' in matchName(physicalNames, [column]))
      : undefined;
    if (!declared) return { name: column, native, type: logicalType(native), value };
    types.set(column, declared.type);
    const options = declared.dateFormat === undefined ? {} : { dateFormat: declared.dateFormat };
    const cell = readCell(named(`${column} as text`), declared.type, options);
    return {
      name: column,
      native,
      type: declared.type,
      value,
      cell: { raw: named(`${column} as text`), unparsable: cell.unparsable },
    };
  });
  const shown = columns.map((column) =>
    column.cell
      ? `${duckdbSql.compile(readCell(named(column.name), column.type, {}).value).sql} as ${quoteName(column.name)}`
      : quoteName(column.name),
  );
  await engine.admin(`create view ${quoteName(name)} as select ${shown.join(', ')} from ${reader}`);
  const relation = named(name);
  return { relation, scan: relation, place, columns, text: false, header: true, changed: () => changedFiles(files) };
}

function hiveKeys(files: readonly SourceFile[]): readonly string[] {
  return [...(files[0]?.path.matchAll(/\/([^/=]+)=[^/]*(?=\/)/gu) ?? [])].map((match) => match[1] ?? '');
}
