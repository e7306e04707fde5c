import type { QueryExecutor } from 'kysely';
import type { PlaceDefinition, TableDefinition } from '../model/table-definition.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { sqlNames, sqlPieces } from '../sql/lexer.ts';
import { splitLocation } from '../sql/location.ts';
import { printInstant } from '../util/instant.ts';
import type { Engine, EngineName } from './engine.ts';
import { findNames } from './find-names.ts';
import { checkSession, type SessionNeeds } from './session.ts';
import type { AccessOptions } from './table-parts.ts';
import type { TableShape } from './table-shape.ts';

/** Where a table is and what its columns are called there, as SQL text. */
export interface Source {
  readonly relation: string;
  /** The name by which its columns can be qualified. */
  readonly qualifier: string;
  /** The value of each stored column, by its name in the contract. */
  readonly values: ReadonlyMap<string, string>;
  /** Other tables that contract SQL may name. */
  readonly others?: ReadonlyMap<string, string>;
}

/** The source of a table behind one connection. */
export interface SourceAccess {
  /** Other tables that contract SQL may name; absent: none can be found. */
  readonly others?: ReadonlyMap<string, string>;
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
  if (definition.files) {
    const { files } = engine;
    if (!files) {
      throw new TypeError(
        `"${definition.name}" is a table of files, which this connection does not read: connect({ dialect: 'duckdb' }) does`,
      );
    }
    return once(() => files.source(definition, shape, options.location));
  }
  const { location, schema } = options;
  const place = { ...(location === undefined ? definition : { location }), ...(schema !== undefined && { schema }) };
  const path = pathOf(place, definition.name);
  const relation = path.map(engine.quote).join('.');
  const qualifier = engine.quote(path.at(-1) ?? '');
  const others = new Map(
    Object.entries(definition.others ?? {}).map(([name, other]) => {
      const parts = pathOf({ ...other, ...(schema !== undefined && { schema }) }, name);
      return [name, parts.map(engine.quote).join('.')];
    }),
  );
  const isListed = shape.columns.some(({ physicalNames }) => (physicalNames?.length ?? 0) > 1);
  const known: Source | undefined = isListed
    ? undefined
    : { relation, qualifier, values: valuesOf(shape, engine), others };
  const needs = needsOf(definition, shape, engine);
  const lookUp = once(async (executor) => {
    if (!engine.isOurs) await checkSession(executor, engine.name, needs);
    if (known) return known;
    const names = await findNames(executor, engine, path, shape);
    return { relation, qualifier, values: valuesOf(shape, engine, names), others };
  });
  return { ...(known && { known }), others, ready: lookUp.ready };
}

function pathOf({ location, schema }: PlaceDefinition, name: string): readonly string[] {
  const parts = location === undefined ? [name] : splitLocation(location);
  if (parts.length === 0 || parts.includes('')) throw new TypeError(`"${location}" names no table`);
  return schema === undefined ? parts : [...parts.slice(0, -2), schema, ...parts.slice(-1)];
}

/** What its columns and SQL ask of sessions. */
function needsOf({ where }: TableDefinition, shape: TableShape, { syntax }: Engine): SessionNeeds {
  const texts = [where, ...shape.columns.map(({ as }) => as)].filter((text) => text !== undefined);
  const instants = shape.columns.filter(({ type }) => type.name === 'instant');
  const names = new Set(instants.flatMap(({ name, physicalNames = [] }) => [name, ...physicalNames].map(lower)));
  const isTimed = texts
    .flatMap((text) => sqlNames(text, syntax))
    .some((name) => names.has(lower(name)) || TIME.test(name));
  return { sql: texts.length > 0, times: isTimed, instants: instants.length > 0 };
}

/** Words of functions and types of times. */
const TIME = /time|date|now|age|zone|epoch|extract|day|month|year|interval/i;

function lower(name: string): string {
  return name.toLowerCase();
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

/** Whether all tables that contract SQL reads can be found. */
export function isReadable(
  text: string,
  { name }: TableDefinition,
  { others }: Pick<Source, 'others'>,
  { syntax }: Engine,
): boolean {
  return sqlPieces(text, syntax).every(
    (piece) =>
      'text' in piece || piece.placeholder === 'now' || piece.placeholder === name || others?.has(piece.placeholder),
  );
}

/** Contract SQL on lines of its own in brackets; throws where it names a table that is not known. */
export function contractSql(text: string, definition: TableDefinition, source: Source, engine: Engine): Sql {
  const pieces = sqlPieces(text, engine.syntax).map((piece) => {
    if ('text' in piece) return sql.raw(piece.text);
    if (piece.placeholder === 'now') return now(engine.name);
    const relation = piece.placeholder === definition.name ? source.relation : source.others?.get(piece.placeholder);
    if (relation !== undefined) return sql.raw(relation);
    throw new TypeError(`SQL of "${definition.name}" reads {${piece.placeholder}}, which accessors cannot find`);
  });
  return sql`(\n${sql.join(pieces, sql.raw(''))}\n)`;
}

function now(engine: EngineName): Sql {
  const text = printInstant(BigInt(Date.now()) * 1000n);
  if (engine === 'mysql') return sql`cast(${text.replace('T', ' ').replace('Z', '')} as datetime(6))`;
  return sql`cast(${text} as timestamptz)`;
}
