import type { Column, Contract, DeclaredCheck, Table } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { safeName } from '../file-name.ts';
import type { Engine, Origin } from '../generator.ts';
import { isKeyColumn, onlyWarns, type Rows } from '../row-scope.ts';
import { listed } from '../words/wording.ts';
import { isQuotable, quoteFor, sourceName } from './identifier.ts';
import { inert, isCallable } from './jinja.ts';
import type { Target } from './target.ts';
import { type Tolerated, toleratedNone, toleratedRows } from './tolerated.ts';
import { windowCondition } from './window.ts';
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
  const hasListed = missing !== undefined && missing.values.length > 0;
  const isNever = required || (missing?.allow !== undefined && !hasListed);
  const isEnum = column.enum && !column.enum.open;
  if (hasListed) {
    const left = [
      isOnlyKey || unique ? 'unique' : '',
      isEnum ? 'accepted_values' : '',
      references ? 'relationships' : '',
    ];
    const tests = left.filter((each) => each !== '');
    const so = tests.length === 0 ? '' : `, so that ${listed(tests)} ${tests.length === 1 ? 'is' : 'are'} left out`;
    note(name, `values that count as missing: to dbt only NULL is missing${so}`);
  }
  const untested = UNTESTED.filter((rule) => column[rule] !== undefined);
  if (untested.length > 0)
    note(name, `${listed(untested)}: dbt has no test of its own for such rules; meta holds them`);
  const notNull = (): readonly Json[] =>
    test(
      { name: 'not_null', rows: isKeyColumn(table, name) ? 'all' : 'window' },
      toleratedRows(required ? undefined : missing?.allow),
      column,
      context,
    );
  const uniqueTest = (): readonly Json[] => {
    const tolerated = unique?.window ? undefined : toleratedNone(isOnlyKey ? undefined : unique?.allow);
    return test({ name: 'unique', rows: 'all' }, tolerated, column, context);
  };
  return [
    ...(isNever ? notNull() : []),
    ...((isOnlyKey || unique) && !hasListed ? uniqueTest() : []),
    ...(isEnum && !hasListed ? acceptedValues(column, context) : []),
    ...(references && !hasListed ? relationships(references.to, toleratedRows(references.allow), column, context) : []),
  ];
}

/** The tests among a table's declared checks. */
export function tableTests(context: TestContext): readonly Json[] {
  const { table, engine, note } = context;
  if ((table.key?.columns.length ?? 0) > 1) note('key', 'dbt has no test of its own for keys of several columns');
  return table.checks.flatMap((check) => {
    const [only, second] = check.kind === 'unique' ? check.columns.columns : [];
    const column = table.columns.find(({ name }) => name === only?.text);
    const isPlain = isWhole(check) && toleratedNone(check.allow) !== undefined && !column?.missing?.values.length;
    if (!column || second || !isPlain) {
      note(check.id, `dbt has no test of its own for ${KINDS[check.kind]}`);
      return [];
    }
    const name = sourceName(column);
    if (!isQuotable(name, engine)) return [];
    const given = { column_name: inert(quoteFor(engine)(name)) };
    // dbt's own names for tests say nothing of where: two of a column would be one.
    return test(
      { name: 'unique', rows: 'all', title: safeName(`${table.name}.${check.id}`), given },
      {},
      check,
      context,
    );
  });
}

const KINDS: Readonly<Record<DeclaredCheck['kind'], string>> = {
  expect: 'conditions on rows',
  unique: 'uniqueness of several columns, with exceptions or of values that count as missing',
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
  const plain = isText(type) ? undefined : values.map((text) => plainValue(text, type, context.engine));
  if (plain?.includes(undefined)) context.note(column.name, 'accepted_values: MySQL has no NaN and no infinities');
  const known = plain?.filter((value) => value !== undefined);
  if (known?.length === 0) return [];
  const given = known
    ? { values: known.map((value) => inert(value)), quote: false }
    : { values: values.map((text) => inert(literal(text, context.engine))) };
  if (warns)
    context.note(
      column.name,
      'the tolerance of its values: dbt counts distinct values, so that any other one is a warning',
    );
  const tolerated = warns ? { severity: 'warn' } : toleratedNone(invalid);
  return test({ name: 'accepted_values', rows: 'window', given }, tolerated, column, context);
}

/** A number or boolean as it stands in SQL; undefined where the engine has none such. */
function plainValue(text: string, type: LogicalType, engine: Engine): string | undefined {
  const parsed = parseLiteral(text, type, 'value');
  const value = 'literal' in parsed ? parsed.literal.text : text;
  if (!/^-?(?:NaN|Infinity)$/.test(value)) return value;
  return engine === 'mysql' ? undefined : `cast('${value}' as double precision)`;
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
  return test({ name: 'relationships', rows: 'window', given: { to: found.call, field } }, tolerated, column, context);
}

/** A test of dbt's. */
interface Test {
  readonly name: string;
  readonly rows: Rows;
  /** Absent: dbt names it itself. */
  readonly title?: string;
  readonly given?: { readonly [key: string]: Json };
}

/** One test with its configuration, or a note why there is none. */
function test(
  { name, rows, title, given }: Test,
  tolerated: Tolerated | undefined,
  of: Column | DeclaredCheck,
  context: TestContext,
): readonly Json[] {
  const { table, note } = context;
  const id = 'id' in of ? of.id : of.name;
  const window = rows === 'window' && table.window ? [windowCondition(table.window, context)] : [];
  const where = [table.where?.text, 'where' in of ? of.where?.text : undefined, ...window].flatMap(
    (text) => text?.trim() ?? [],
  );
  if (tolerated === undefined) {
    note(id, `the tolerance of ${name}: dbt has none for shares, windows or groups, so the test is left out`);
    return [];
  }
  if (window.includes(undefined)) {
    note(
      id,
      `${name}: dbt cannot tell the rows of the last ${table.window?.text} from others, so the test is left out`,
    );
    return [];
  }
  if (!where.every(isCallable)) {
    note(id, `${name}: dbt cannot hold the rows it is about (braces or backslashes in where), so the test is left out`);
    return [];
  }
  const severity = onlyWarns(of, table) ? { severity: 'warn' } : {};
  const condition =
    where.length === 0 ? {} : { where: where.length === 1 ? where[0] : where.map((each) => `(${each})`).join(' and ') };
  const config = { ...severity, ...tolerated, ...condition };
  const entry = {
    ...(title !== undefined && { name: title }),
    ...(given && { arguments: given }),
    ...(Object.keys(config).length > 0 && { config }),
  };
  return Object.keys(entry).length > 0 ? [{ [name]: entry }] : [name];
}
