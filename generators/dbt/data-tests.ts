import type { Column, Contract, DeclaredCheck, Table } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Engine, Origin } from '../generator.ts';
import { listed } from '../words/wording.ts';
import { isQuotable, quoteFor, sourceName } from './identifier.ts';
import { inert, isCallable } from './jinja.ts';
import type { Target } from './target.ts';
import { type Tolerated, toleratedNone, toleratedRows } from './tolerated.ts';
import type { Json } from './yaml.ts';

export interface TestContext {
  readonly contract: Contract;
  readonly table: Table;
  readonly engine: Engine;
  readonly origin: Origin;
  readonly target: Target;
  /** Notes what dbt cannot say of a column or check. */
  note(of: string, message: string): void;
}

/** Value rules that no test of dbt's own looks at. */
const UNTESTED = ['pattern', 'format', 'min', 'max', 'exclusiveMin', 'exclusiveMax', 'minLength', 'maxLength'] as const;

/** The tests of a column, as far as dbt has them without packages. */
export function columnTests(column: Column, context: TestContext): readonly Json[] {
  const { table, note } = context;
  const { name, required, unique, missing, references } = column;
  const isOnlyKey = table.key?.columns.length === 1 && table.key.columns[0]?.text === name && !table.key.window;
  const isNever = required || (missing?.allow !== undefined && missing.values.length === 0);
  if (missing && missing.values.length > 0) note(name, 'values that count as missing: to dbt only NULL is missing');
  const untested = UNTESTED.filter((rule) => column[rule] !== undefined);
  if (untested.length > 0)
    note(name, `${listed(untested)}: dbt has no test of its own for such rules; meta holds them`);
  return [
    ...(isNever
      ? test('not_null', toleratedRows(required ? undefined : missing?.allow), undefined, column, context)
      : []),
    ...(isOnlyKey || unique
      ? test(
          'unique',
          unique?.window ? undefined : toleratedNone(isOnlyKey ? undefined : unique?.allow),
          undefined,
          column,
          context,
        )
      : []),
    ...(column.enum && !column.enum.open && (missing?.values.length ?? 0) === 0 ? acceptedValues(column, context) : []),
    ...(references ? relationships(references.to, toleratedRows(references.allow), column, context) : []),
  ];
}

/** The tests among a table's declared checks. */
export function tableTests(context: TestContext): readonly Json[] {
  const { table, engine, note } = context;
  if ((table.key?.columns.length ?? 0) > 1) note('key', 'dbt has no test of its own for keys of several columns');
  return table.checks.flatMap((check) => {
    const [only, second] = check.kind === 'unique' ? check.columns.columns : [];
    const column = table.columns.find(({ name }) => name === only?.text);
    if (!column || second || !isWhole(check) || toleratedNone(check.allow) === undefined) {
      note(check.id, `dbt has no test of its own for ${KINDS[check.kind]}`);
      return [];
    }
    const name = sourceName(column);
    if (!isQuotable(name, engine)) return [];
    return test('unique', {}, { column_name: inert(quoteFor(engine)(name)) }, check, context);
  });
}

const KINDS: Readonly<Record<DeclaredCheck['kind'], string>> = {
  expect: 'conditions on rows',
  unique: 'uniqueness of several columns, of a part of the rows or with exceptions',
  references: 'references of checks',
  failingRows: 'queries; a singular test can hold it',
  metric: 'metrics',
};

function isWhole({ by, window, per, segments }: DeclaredCheck): boolean {
  return !by && !window && per === undefined && segments.length === 0;
}

function acceptedValues(column: Column, context: TestContext): readonly Json[] {
  const { type, invalid } = column;
  const warns = invalid?.warn !== undefined && invalid.warn.value.coefficient === 0n;
  const values = column.enum?.values.map(({ text }) => text) ?? [];
  const listed = isText(type)
    ? { values: values.map((text) => inert(literal(text, context.engine))) }
    : { values: values.map((text) => inert(text)), quote: false };
  if (warns)
    context.note(
      column.name,
      'the tolerance of its values: dbt counts distinct values, so that any other one is a warning',
    );
  return test('accepted_values', warns ? { severity: 'warn' } : toleratedNone(invalid), listed, column, context);
}

function isText(type: LogicalType): boolean {
  return !['integer', 'decimal', 'float', 'boolean'].includes(type.name);
}

/** What stands between single quotes: dbt puts values there as they are. */
function literal(text: string, engine: Engine): string {
  const quoted = text.replaceAll("'", "''");
  return engine === 'mysql' ? quoted.replaceAll('\\', '\\\\') : quoted;
}

function relationships(
  to: NonNullable<Column['references']>['to'],
  tolerated: Tolerated | undefined,
  column: Column,
  context: TestContext,
): readonly Json[] {
  const { contract, engine, note, target } = context;
  const found = target.find(contract, to);
  const parent = found?.table.columns.find(({ name }) => name === to.column);
  if (!found || !parent || !isQuotable(sourceName(parent), engine)) {
    note(column.name, `the reference to ${to.text}: it is not among what is generated`);
    return [];
  }
  const field = inert(quoteFor(engine)(sourceName(parent)));
  return test('relationships', tolerated, { to: found.call, field }, column, context);
}

/** One test with its configuration, or a note why there is none. */
function test(
  name: string,
  tolerated: Tolerated | undefined,
  given: { readonly [key: string]: Json } | undefined,
  of: Column | DeclaredCheck,
  { table, note }: TestContext,
): readonly Json[] {
  const where = [table.where, 'where' in of ? of.where : undefined].flatMap((text) => text?.text.trim() ?? []);
  const id = 'id' in of ? of.id : of.name;
  if (tolerated === undefined) {
    note(id, `the tolerance of ${name}: dbt has none for shares, windows or groups, so the test is left out`);
    return [];
  }
  if (!where.every(isCallable)) {
    note(id, `${name}: dbt cannot hold the rows it is about (braces or backslashes in where), so the test is left out`);
    return [];
  }
  const severity = (of.severity ?? table.severity) === 'warn' ? { severity: 'warn' } : {};
  const condition =
    where.length === 0 ? {} : { where: where.length === 1 ? where[0] : where.map((each) => `(${each})`).join(' and ') };
  const config = { ...severity, ...tolerated, ...condition };
  const entry = {
    ...(given && { arguments: given }),
    ...(Object.keys(config).length > 0 && { config }),
  };
  return Object.keys(entry).length > 0 ? [{ [name]: entry }] : [name];
}
