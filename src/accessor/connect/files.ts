import { join, resolve } from 'node:path';
import type { Engine as DuckDb } from '../../dialects/duckdb/engine.ts';
import type { TableDefinition } from '../../model/table-definition.ts';
import type { Sql, TableRequest, TableSource } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { matchName } from '../../sql/names.ts';
import { quoteName } from '../../sql/quote.ts';
import { kysely } from '../kysely.ts';
import type { TableShape } from '../table-shape.ts';

/** A table of files, as SQL text; the form is that of any other source. */
export interface FileSource {
  readonly relation: string;
  readonly qualifier: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Loads tables of files into the engine behind a connection, each once. */
export interface FileTables {
  /** Throws an error in words for people where the files cannot be read as the contract says. */
  source(definition: TableDefinition, shape: TableShape, location: string | undefined): Promise<FileSource>;
}

const COMPILER = new kysely.Kysely<unknown>({
  dialect: {
    createAdapter: () => new kysely.PostgresAdapter(),
    createDriver: () => new kysely.DummyDriver(),
    createIntrospector: (database) => new kysely.PostgresIntrospector(database),
    createQueryCompiler: () => new kysely.PostgresQueryCompiler(),
  },
});

/** How long a table may take to load, in milliseconds. */
const PATIENCE = 300_000;

/** Tables of files under `root`, an absolute folder that none may lie outside of. */
export function fileTables(root: string, open: () => Promise<DuckDb>): FileTables {
  const loaded = new Map<string, Promise<TableSource>>();
  let count = 0;
  const load = async (name: string, definition: TableDefinition, request: TableRequest): Promise<TableSource> => {
    const { openTable } = await import('../../dialects/duckdb/warehouse.ts');
    const source = await openTable(await open(), name, request, { timeout: PATIENCE }, []);
    if ('reason' in source) {
      throw new Error(`${definition.name}: ${source.reason}${source.hint === undefined ? '' : ` (${source.hint})`}`);
    }
    return source;
  };
  return {
    async source(definition, shape, location) {
      const request = requestOf(definition, shape, location, root);
      const key = JSON.stringify([request.folder, request.location, request.name, request.read, request.columns]);
      const known = loaded.get(key) ?? load(`surety ${++count}`, definition, request);
      loaded.set(key, known);
      try {
        return sourceOf(await known, definition, shape);
      } catch (error) {
        // Whoever corrects the file may ask again.
        loaded.delete(key);
        throw error;
      }
    },
  };
}

function requestOf(
  definition: TableDefinition,
  shape: TableShape,
  given: string | undefined,
  root: string,
): TableRequest {
  const location = given ?? definition.location;
  return {
    key: definition.name,
    name: definition.name,
    ...(location !== undefined && { location }),
    read: definition.files?.read ?? { missing: [] },
    columns: shape.columns
      .filter(({ as }) => as === undefined)
      .map(({ name, type, physicalNames, dateFormat }) => ({
        name,
        type,
        physicalNames: physicalNames ?? [name],
        ...(dateFormat !== undefined && { dateFormat }),
      })),
    folder: join(root, definition.files?.folder ?? ''),
    boundary: resolve(root),
  };
}

const CELLS = quoteName('cells');

function sourceOf(source: TableSource, definition: TableDefinition, shape: TableShape): FileSource {
  const rejected = source.readable?.rejected ?? 0n;
  const [first] = source.readable?.samples ?? [];
  if (rejected > 0n) {
    throw new Error(
      `${definition.name}: ${rejected} of ${source.readable?.records} records cannot be read; the first is record ` +
        `${first?.record} of ${first?.file}: ${first?.reason}`,
    );
  }
  // Of a file without a byte there are no columns, and no rows.
  if (!source.header)
    return {
      relation: '(select 1 where false)',
      qualifier: CELLS,
      values: new Map(shape.stored.map((name) => [name, 'null'])),
    };
  const names = source.columns.map(({ name }) => name);
  const values = shape.stored.map((name): readonly [string, string] => {
    const match = matchName(shape.fields.get(name)?.column?.physicalNames ?? [name], names);
    if (match.state === 'missing') throw new Error(`${definition.name}: ${source.place} has no column "${name}"`);
    if (match.state === 'ambiguous') {
      throw new Error(`${definition.name}: ${source.place} has several columns "${name}": ${match.names.join(', ')}`);
    }
    return [name, quoteName(match.name)];
  });
  const cells = source.columns.map((column) => `${valueText(column, source)} as ${quoteName(column.name)}`);
  const relation = `(select ${cells.join(', ')} from ${textOf(source.scan)}) as ${CELLS}`;
  return { relation, qualifier: CELLS, values: new Map(values) };
}

/** A cell that is there but does not fit its type is an error when its column is read, as NULL would hide it. */
function valueText(column: TableSource['columns'][number], source: TableSource): string {
  const { name } = column;
  const value = textOf(column.value);
  if (!column.cell || textOf(column.cell.unparsable) === 'false') return value;
  const where = source.origin
    ? sql`' in record ' || ${source.origin.record} || ' of ' || ${source.origin.file}`
    : sql.raw(`' in ${source.place.replaceAll("'", "''")}'`);
  const message = sql`${sql.raw(`'"${name.replaceAll("'", "''")}" does not fit its type'`)} || ${where}`;
  return textOf(sql`(case when ${column.cell.unparsable} then error(${message}) else ${column.value} end)`);
}

/** SQL without bound values. */
function textOf(piece: Sql): string {
  return piece.compile(COMPILER).sql;
}
