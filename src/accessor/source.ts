import type { QueryExecutor } from 'kysely';
import type { TableDefinition } from '../model/table-definition.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { sqlPieces } from '../sql/lexer.ts';
import { splitLocation } from '../sql/location.ts';
import { printInstant } from '../util/instant.ts';
import type { Engine, EngineName } from './engine.ts';
import { findNames } from './find-names.ts';
import { checkZone } from './session-zone.ts';
import type { AccessOptions } from './table-parts.ts';
import type { TableShape } from './table-shape.ts';

/** Where a table is and what its columns are called there, as SQL text. */
export interface Source {
  readonly relation: string;
  /** The value of each stored column, by its name in the contract. */
  readonly values: ReadonlyMap<string, string>;
}

/** The source of a table behind one connection. */
export interface SourceAccess {
  /** What is known without asking; absent where files have to be loaded, or names to be looked up. */
  readonly known?: Source;
  /** Looks up what has to be known, once; throws where the table cannot be read. */
  ready(executor: QueryExecutor): Promise<Source>;
}

/** How the table of a definition is reached; throws where the connection cannot have it. */
export function sourceOf(
  definition: TableDefinition,
  shape: TableShape,
  engine: Engine,
  options: AccessOptions,
): SourceAccess {
  const location = options.location ?? definition.location ?? definition.name;
  if (definition.files) {
    const { files } = engine;
    if (!files) {
      throw new TypeError(
        `"${definition.name}" is a table of files, which this connection does not read: connect({ dialect: 'duckdb' }) does`,
      );
    }
    return once(() => files.source(definition, shape, options.location));
  }
  const parts = splitLocation(location);
  if (parts.length === 0 || parts.includes('')) throw new TypeError(`"${location}" names no table`);
  const schema = options.schema ?? (options.location === undefined ? definition.schema : undefined);
  const path = schema === undefined ? parts : [...parts.slice(0, -2), schema, ...parts.slice(-1)];
  const relation = path.map(engine.quote).join('.');
  const isListed = shape.columns.some(({ physicalNames }) => (physicalNames?.length ?? 0) > 1);
  const known: Source | undefined = isListed ? undefined : { relation, values: valuesOf(shape, engine) };
  const needsZone =
    engine.name === 'mysql' && !engine.isOurs && shape.columns.some(({ type }) => type.name === 'instant');
  const lookUp = once(async (executor) => {
    if (needsZone) await checkZone(executor);
    return known ?? { relation, values: valuesOf(shape, engine, await findNames(executor, engine, path, shape)) };
  });
  return { ...(known && { known }), ready: lookUp.ready };
}

function valuesOf(shape: TableShape, engine: Engine, found?: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    shape.stored.map((name) => {
      const { column } = shape.fields.get(name) ?? {};
      return [name, engine.quote(found?.get(name) ?? column?.physicalNames?.[0] ?? name)];
    }),
  );
}

/** Asks no second time, unless it failed. */
function once(find: (executor: QueryExecutor) => Promise<Source>): SourceAccess {
  let asked: Promise<Source> | undefined;
  return {
    ready(executor) {
      asked ??= find(executor).catch((error: unknown) => {
        asked = undefined;
        throw error;
      });
      return asked;
    },
  };
}

/** Contract SQL on lines of its own in brackets; throws where it names a table that is not this one. */
export function contractSql(text: string, definition: TableDefinition, relation: string, engine: Engine): Sql {
  const pieces = sqlPieces(text, engine.syntax).map((piece) => {
    if ('text' in piece) return sql.raw(piece.text);
    if (piece.placeholder === 'now') return now(engine.name);
    if (piece.placeholder === definition.name) return sql.raw(relation);
    throw new TypeError(`SQL of "${definition.name}" reads {${piece.placeholder}}, which accessors cannot find`);
  });
  return sql`(\n${sql.join(pieces, sql.raw(''))}\n)`;
}

function now(engine: EngineName): Sql {
  const text = printInstant(BigInt(Date.now()) * 1000n);
  if (engine === 'mysql') return sql`cast(${text.replace('T', ' ').replace('Z', '')} as datetime(6))`;
  return sql`cast(${text} as timestamptz)`;
}
