import { columnsOf } from './columns.ts';
import { keyConstraint, looseConstraints } from './constraints.ts';
import { type TestContext, tableTests } from './data-tests.ts';
import { isQuotable } from './identifier.ts';
import { inert } from './jinja.ts';
import { tableMeta } from './meta.ts';
import { compact } from './properties.ts';
import type { Json } from './yaml.ts';

/** A table that dbt builds: an enforced contract with constraints, and tests. */
export function modelOf(context: TestContext): Json {
  const { contract, table, engine, origin, note } = context;
  const { columns, gap } = columnsOf(context, 'models');
  if (gap !== undefined) note('', `the contract is not enforced by dbt: ${gap}`);
  for (const message of looseConstraints(context)) note('', message);
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
