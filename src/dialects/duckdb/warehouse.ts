import type { WarehouseTarget } from '../../sql/dialect.ts';
import {
  EngineError,
  type RunOptions,
  type TableProblem,
  type TableRequest,
  type TableSource,
  type Warehouse,
} from '../../sql/dialect.ts';
import { openCsv } from './csv.ts';
import { openDatabase } from './database.ts';
import { Engine, warehouseOf } from './engine.ts';
import { openJson } from './json.ts';
import { formatOf, locate, type SourceFile } from './locate.ts';
import { openParquet } from './parquet.ts';

/** Opens a database file where the target has a `url`, else the tables' files; then nothing else can be read any more. */
export async function openWarehouse(
  target: WarehouseTarget,
  tables: readonly TableRequest[],
  options: RunOptions,
): Promise<Warehouse> {
  if (target.url !== undefined) return openDatabase(target, target.url, tables, options);
  const engine = await Engine.open();
  try {
    const found = new Map<string, TableSource | TableProblem>();
    const allowed: string[] = [];
    for (const [index, request] of tables.entries()) {
      if (options.signal?.aborted) throw new EngineError('cancelled', 'cancelled');
      found.set(request.key, await openTable(engine, `t${index + 1}`, request, options, allowed));
    }
    await engine.lock(allowed);
    return warehouseOf(engine, found, 'files');
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Makes a table of the files of a request, in the engine; `allowed` gets those that are read again by each statement. */
export async function openTable(
  engine: Engine,
  name: string,
  request: TableRequest,
  options: RunOptions,
  allowed: string[],
): Promise<TableSource | TableProblem> {
  let place = request.location ?? request.name;
  try {
    const files = await locate(request);
    if ('reason' in files) return { ...files, kind: 'not found' };
    const format = request.read.format ?? formatOf(files[0]?.name ?? '');
    place = placeOf(request, files);
    const other = files.find((file) => request.read.format === undefined && formatOf(file.name) !== format);
    if (other) {
      return {
        reason: `"${files[0]?.name}" and "${other.name}" are of different formats`,
        hint: 'give a location that matches only one of them, or write read: { format: csv }, json or parquet',
      };
    }
    if (format === undefined) {
      return {
        reason: `the name of "${files[0]?.name}" does not tell its format`,
        hint: 'write read: { format: csv }, json or parquet',
      };
    }
    if (format === 'csv') return await openCsv(engine, name, request, files, place, options);
    if (format === 'json') return await openJson(engine, name, request, files, place, options);
    const source = await openParquet(engine, name, request, files, place);
    if (!('reason' in source)) allowed.push(...files.map(({ path }) => path));
    return source;
  } catch (error) {
    if (error instanceof EngineError && error.failure === 'cancelled') throw error;
    const late = error instanceof EngineError && error.failure === 'time-out';
    return {
      reason: `${place} cannot be read: ${oneLine((error as Error).message)}`,
      ...(late && { kind: 'time-out' }),
    };
  }
}

function placeOf(request: TableRequest, files: readonly SourceFile[]): string {
  const [first] = files;
  if (files.length === 1 && first) return first.name;
  return `${request.location ?? request.name} (${files.length} files)`;
}

function oneLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
