import { columnsOf } from './columns.ts';
import { type TestContext, tableTests } from './data-tests.ts';
import { isQuotable, sourceName } from './identifier.ts';
import { inert } from './jinja.ts';
import { tableMeta } from './meta.ts';
import { compact } from './properties.ts';
import type { Json } from './yaml.ts';

/** A table that dbt builds: an enforced contract with constraints, and tests. */
export function modelOf(context: TestContext): Json {
  const { contract, table, engine, origin, note } = context;
  const { columns, gap } = columnsOf(context, 'models');
  if (gap !== undefined) note('', `the contract is not enforced by dbt: ${gap}`);
  if (table.where)
    note('', 'constraints are left out: they would hold for all rows, the contract is about a part of them');
  if (table.freshness) note('', 'freshness is left out: dbt measures that of sources alone; meta holds it');
  const isAliased = origin.name !== table.name && isQuotable(origin.name, engine);
  const sunset = table.deprecated?.sunset ?? contract.deprecated?.sunset;
  const description = table.description ?? (contract.tables.length === 1 ? contract.description : undefined);
  return compact({
    name: table.name,
    description: description === undefined ? undefined : inert(description.trim()),
    deprecation_date: sunset,
    config: {
      alias: isAliased ? inert(origin.name) : undefined,
      contract: gap === undefined ? { enforced: true } : undefined,
      tags: [...contract.tags, ...table.tags].map(inert),
      meta: tableMeta(contract, table),
    },
    constraints: keyConstraint(context),
    data_tests: tableTests(context),
    columns,
  });
}

function keyConstraint({ table, engine }: TestContext): readonly Json[] {
  const { key, where, columns } = table;
  if (!key || key.window || where) return [];
  const names = key.columns.flatMap(({ text }) => columns.filter(({ name }) => name === text).map(sourceName));
  return names.every((name) => isQuotable(name, engine)) ? [{ type: 'primary_key', columns: names.map(inert) }] : [];
}
