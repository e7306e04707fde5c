import type { Duration } from '../../src/model/threshold.ts';
import type { ContractInput } from '../generator.ts';
import { columnsOf } from './columns.ts';
import { type TestContext, tableTests } from './data-tests.ts';
import { isQuotable, quoteFor, sourceName, splitLocation } from './identifier.ts';
import { inert, isCallable } from './jinja.ts';
import { tableMeta } from './meta.ts';
import { compact } from './properties.ts';
import { sourceOf } from './target.ts';
import type { Json } from './yaml.ts';

const MINUTE = 60_000_000n;
const PERIODS = [
  ['day', 1440n * MINUTE],
  ['hour', 60n * MINUTE],
  ['minute', MINUTE],
] as const;

/** The tables of a contract as sources that dbt reads: one for each database and schema that they are in. */
export function sourcesOf({ contract, folder }: ContractInput, contexts: readonly TestContext[]): readonly Json[] {
  const groups = new Map<string, TestContext[]>();
  for (const context of contexts) {
    const schema = JSON.stringify(placeOf(context).path);
    groups.set(schema, [...(groups.get(schema) ?? []), context]);
  }
  return [...groups].map(([, tables], index) => {
    const [schema, database] = placeOf(tables[0] as TestContext).path;
    return compact({
      name: `${sourceOf(contract)}${index === 0 ? '' : `_${index + 1}`}`,
      description: contract.description === undefined ? undefined : inert(contract.description.trim()),
      database: database === undefined ? undefined : inert(database),
      schema: schema === undefined ? undefined : inert(schema),
      config: { tags: contract.tags.map(inert) },
      tables: tables.map((context) => tableOf(context, folder)),
    });
  });
}

/** Whether dbt can say where the table is. */
export function isPlaced(context: TestContext): boolean {
  const { path, name } = placeOf(context);
  return [...path, name].every((part) => isQuotable(part, context.engine));
}

/** Schema and database, from the inside out, and the name there. */
function placeOf({ table, engine }: TestContext): { readonly path: readonly string[]; readonly name: string } {
  if (engine === 'files' || !table.location) return { path: [], name: table.name };
  const [name = table.name, ...path] = [...splitLocation(table.location.text)].reverse();
  return { path, name };
}

function tableOf(context: TestContext, folder: string): Json {
  const { contract, table } = context;
  const { name } = placeOf(context);
  return compact({
    name: table.name,
    identifier: name === table.name ? undefined : inert(name),
    description: table.description === undefined ? undefined : inert(table.description.trim()),
    config: {
      ...freshnessOf(context),
      tags: table.tags.map(inert),
      meta: { ...tableMeta(contract, table), external_location: externalLocation(context, folder) },
    },
    data_tests: tableTests(context),
    columns: columnsOf(context, 'sources').columns,
  });
}

/** Where dbt-duckdb finds files. It fills in braces, and takes what has brackets or quotes for SQL. */
function externalLocation({ table, engine, note }: TestContext, folder: string): string | undefined {
  if (engine !== 'files') return undefined;
  const location = table.location?.text ?? `${table.name}.csv`;
  const path = folder === '' ? location : `${folder}/${location}`;
  if (/[('"\\]/.test(path)) {
    note('', 'where the files are is left out: dbt-duckdb would take such a path for SQL');
    return undefined;
  }
  if (table.read) note('', 'how the files are read is left out: dbt-duckdb finds out by itself');
  return inert(path.replace(/[{}]/g, '$&$&'));
}

function freshnessOf(context: TestContext): { readonly [key: string]: Json | undefined } {
  const { table, engine, note } = context;
  const { freshness } = table;
  const wanted = freshness?.column?.text ?? table.timeColumn?.text;
  const column = table.columns.find(({ name }) => name === wanted);
  if (!freshness || !column) return {};
  const name = sourceName(column);
  const filter = table.where?.text.trim();
  if (freshness.clock === 'business' || !isQuotable(name, engine) || (filter !== undefined && !isCallable(filter))) {
    note('freshness', 'freshness is left out: dbt knows no business hours, and no braces or backslashes in where');
    return {};
  }
  const zone = column.timezone ?? context.contract.timezone ?? 'UTC';
  const sql = quoteFor(engine)(name);
  const isLocal = column.type.name === 'timestamp' && zone !== 'UTC';
  if (isLocal && engine === 'mysql') note('freshness', `local times are taken for UTC, not ${zone}`);
  if (column.type.name === 'date') note('freshness', 'a date counts as its first moment');
  const moment = column.type.name === 'date' ? `cast(${sql} as timestamp)` : sql;
  const { warn, fail } = freshness.within;
  return {
    loaded_at_field: inert(
      isLocal && engine !== 'mysql' ? `${sql} at time zone '${zone.replaceAll("'", "''")}'` : moment,
    ),
    freshness: {
      warn_after: warn && after(warn, context),
      error_after: fail && after(fail, context),
      filter,
    },
  };
}

function after({ microseconds, text }: Duration, { note }: TestContext): Json {
  const whole = PERIODS.find(([, size]) => microseconds % size === 0n);
  if (whole) return { count: Number(microseconds / whole[1]), period: whole[0] };
  note('freshness', `${text} is rounded up to minutes: dbt counts no seconds`);
  return { count: Number(microseconds / MINUTE + 1n), period: 'minute' };
}
