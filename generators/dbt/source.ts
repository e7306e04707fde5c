import type { Duration } from '../../src/model/threshold.ts';
import type { ContractInput } from '../generator.ts';
import { columnsOf } from './columns.ts';
import { type TestContext, tableTests } from './data-tests.ts';
import { isQuotable, quoteFor, sourceName } from './identifier.ts';
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
export function sourcesOf({ contract }: ContractInput, contexts: readonly TestContext[]): readonly Json[] {
  const groups = new Map<string, TestContext[]>();
  for (const context of contexts) {
    const schema = JSON.stringify(context.origin.path);
    groups.set(schema, [...(groups.get(schema) ?? []), context]);
  }
  return [...groups].map(([, tables], index) => {
    const [schema, database] = [...(tables[0]?.origin.path ?? [])].reverse();
    return compact({
      name: `${sourceOf(contract)}${index === 0 ? '' : `_${index + 1}`}`,
      description: contract.description === undefined ? undefined : inert(contract.description.trim()),
      database: database === undefined ? undefined : inert(database),
      schema: schema === undefined ? undefined : inert(schema),
      config: { tags: contract.tags.map(inert) },
      tables: tables.map((context) => tableOf(context)),
    });
  });
}

/** Whether dbt can say where the table is. */
export function isPlaced(context: TestContext): boolean {
  const { path, name } = context.origin;
  return [...path, name].every((part) => isQuotable(part, context.engine));
}

function tableOf(context: TestContext): Json {
  const { contract, table } = context;
  const { name } = context.origin;
  return compact({
    name: table.name,
    identifier: name === table.name ? undefined : inert(name),
    description: table.description === undefined ? undefined : inert(table.description.trim()),
    config: {
      ...freshnessOf(context),
      tags: table.tags.map(inert),
      meta: { ...tableMeta(contract, table), external_location: externalLocation(context) },
    },
    data_tests: tableTests(context),
    columns: columnsOf(context, 'sources').columns,
  });
}

/** Where dbt-duckdb finds files. It fills in braces, and takes what has brackets or quotes for SQL. */
function externalLocation({ table, origin, note }: TestContext): string | undefined {
  const { engine, folder, hidden } = origin;
  if (engine !== 'files') return undefined;
  if (hidden) {
    note('', 'where the files are is left out: the root of their warehouse is not in the project');
    return undefined;
  }
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
