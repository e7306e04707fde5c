import type { Column } from '../../src/model/contract.ts';
import { isKeyColumn, keyPromise, looseness, type Rows, type Severe } from '../row-scope.ts';
import type { TestContext } from './data-tests.ts';
import { isQuotable, sourceName } from './identifier.ts';
import { inert } from './jinja.ts';
import type { Json } from './yaml.ts';

/** What a constraint could say if the promise had no exceptions. */
interface Candidate {
  readonly name: string;
  readonly of: Severe;
  readonly rows: Rows;
  /** Columns of which no two rows may have the same values. */
  readonly distinct: readonly string[];
}

/** The constraints of a column: only what holds for all rows of the table and without exceptions. */
export function columnConstraints(column: Column, context: TestContext): readonly Json[] {
  return candidatesOf(column, context)
    .filter((candidate) => problemOf(candidate, context) === undefined)
    .map(({ distinct }) => ({ type: distinct.length > 0 ? 'unique' : 'not_null' }));
}

/** The key as a constraint of its table. */
export function keyConstraint(context: TestContext): readonly Json[] {
  const { table, engine } = context;
  const candidate = keyCandidate(context);
  if (!candidate || problemOf(candidate, context) !== undefined) return [];
  const names = candidate.distinct.flatMap((key) => table.columns.filter(({ name }) => name === key).map(sourceName));
  return names.every((name) => isQuotable(name, engine)) ? [{ type: 'primary_key', columns: names.map(inert) }] : [];
}

/** Notes on the constraints of a table that are none, a reason each. */
export function looseConstraints(context: TestContext): readonly string[] {
  const { table } = context;
  const key = keyCandidate(context);
  const all = [...(key ? [key] : []), ...table.columns.flatMap((column) => candidatesOf(column, context))];
  const names = new Map<string, string[]>();
  for (const candidate of all) {
    const problem = problemOf(candidate, context);
    if (problem !== undefined) names.set(problem, [...(names.get(problem) ?? []), candidate.name]);
  }
  return [...names].map(([problem, loose]) => `constraints are left out, as ${problem}: ${loose.join(', ')}`);
}

function candidatesOf(column: Column, { table }: TestContext): readonly Candidate[] {
  const { name, required, unique } = column;
  const rows = isKeyColumn(table, name) ? 'all' : 'window';
  return [
    ...(required ? [{ name: `${name}.required`, of: column, rows, distinct: [] } as const] : []),
    ...(unique && !unique.allow && !unique.window
      ? [{ name: `${name}.unique`, of: column, rows: 'all', distinct: [name] } as const]
      : []),
  ];
}

function keyCandidate({ table }: TestContext): Candidate | undefined {
  const { key } = table;
  if (!key || key.window) return undefined;
  return { name: 'key', of: keyPromise(table), rows: 'all', distinct: key.columns.map(({ text }) => text) };
}

function problemOf({ of, rows, distinct }: Candidate, { table }: TestContext): string | undefined {
  if (table.where) return 'the contract is about a part of the rows';
  const hasListed = table.columns.some(({ name, missing }) => distinct.includes(name) && missing?.values.length);
  return looseness(table, of, rows) ?? (hasListed ? 'values that count as missing may come more than once' : undefined);
}
