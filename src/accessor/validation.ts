import type { TableDefinition } from '../model/table-definition.ts';
import { matchName } from '../sql/names.ts';
import { encoderOf, type TargetEngine } from '../values/encode.ts';
import { ownOf, setOwn } from '../values/own.ts';
import { type Reader, readerOf } from '../values/reader.ts';
import { faultsOf } from '../values/value-problem.ts';
import { InvalidRowError, type RowProblem } from './invalid-row.ts';
import { shapeOf, type TypedField } from './table-shape.ts';

/** A value of which nothing is known yet: its members are the same. */
export interface Loose {
  readonly [name: string]: Loose;
}

/** Takes what is wrong with a value at a path; without a reason nothing is. */
export type Report = (path: string, reason: string | undefined) => void;

/** The functions that a generated module has for a table; both take decoded rows under the names of the contract. */
export interface Validators {
  readonly row: (row: Loose, report: Report) => void;
  readonly insertable: (row: Loose, report: Report) => void;
}

export interface Validation {
  /**
   * Checks a row that is not decoded yet and decodes it: columns by their names in the contract, else in the source. Others are left out,
   * or refused where the contract forbids them.
   */
  parse(row: unknown): Record<string, unknown>;
  /** Checks decoded rows and gives them back. */
  validate(rows: Iterable<unknown>): readonly unknown[];
  /**
   * Checks a row to be written and gives it under the names of the source: in canonical form, or as an engine takes it in a session in UTC.
   * What is absent or undefined stays out.
   */
  insertable(row: unknown, engine?: TargetEngine): Record<string, unknown>;
}

/** Of many wrong rows no more is gathered. */
const MOST = 1000;
const NO_OBJECT = 'the row is not an object';

/** A stored column, and how it is found and read in rows of the caller. */
interface Column {
  readonly name: string;
  readonly field: TypedField;
  /** In the contract, then in the source. */
  readonly names: readonly string[];
  /** In the source, where a row is written. */
  readonly target: string;
  /** Of what comes from anywhere. */
  readonly read: Reader;
  /** Of what a program gives. */
  readonly readOwn: Reader;
}

/** What checks the rows of a table; all three throw `InvalidRowError` with everything that is wrong. */
export function validation(
  definition: TableDefinition,
  validators: Validators,
  { instants = 'text' }: { readonly instants?: 'text' | 'date' } = {},
): Validation {
  const shape = shapeOf(definition);
  const columns = [...shape.fields.values()]
    .filter(({ column }) => column?.as === undefined)
    .map((field) => columnOf(field, definition, instants));
  const { name: table } = definition;

  return {
    parse(raw) {
      const problems: RowProblem[] = [];
      const source = objectOf(table, raw);
      const found = findAll(columns, source);
      if (definition.extraColumns === 'forbid') {
        const known = new Set(found.values());
        for (const name of Object.keys(source)) {
          if (!known.has(name)) problems.push({ path: name, reason: 'is no column of the contract' });
        }
      }
      const row = decode(
        columns,
        ({ name }) => ownOf(source, found.get(name) ?? name),
        ({ read }) => read,
        problems,
      );
      // In JSON a member that has no value is left out.
      for (const { name, field } of columns)
        if (!field.required && !Object.hasOwn(row, name) && !isBroken(name, problems)) setOwn(row, name, null);
      check(validators.row, row, problems);
      return complete(table, row, problems);
    },
    validate(rows) {
      const problems: RowProblem[] = [];
      const all: unknown[] = [];
      for (const row of rows) {
        const index = all.push(row) - 1;
        if (isObject(row)) {
          validators.row(row as Loose, (path, reason) => {
            if (reason !== undefined) problems.push({ path, reason, row: index });
          });
        } else problems.push({ path: '', reason: NO_OBJECT, row: index });
        if (problems.length >= MOST) break;
      }
      return complete(table, all, problems);
    },
    insertable(given, engine) {
      const problems: RowProblem[] = [];
      const source = objectOf(table, given);
      const row = decode(
        columns,
        ({ name }) => ownOf(source, name),
        ({ readOwn }) => readOwn,
        problems,
      );
      // What is no column of the contract must not be lost unseen.
      for (const name of Object.keys(source)) {
        const value = ownOf(source, name);
        if (value !== undefined && !Object.hasOwn(row, name) && !isBroken(name, problems)) setOwn(row, name, value);
      }
      check(validators.insertable, row, problems);
      complete(table, row, problems);
      const written = {};
      for (const { name, target, field } of columns) {
        if (!Object.hasOwn(row, name)) continue;
        const value = ownOf(row, name);
        setOwn(written, target, engine === undefined || value === null ? value : encoderOf(field, engine)(value));
      }
      return written;
    },
  };
}

/** Endings of files that are no text of cells. */
const NO_CELLS = /\.(?:json|jsonl|ndjson|parquet)(?:\.\w+)?$/i;

function columnOf(field: TypedField, { files, location }: TableDefinition, instants: 'text' | 'date'): Column {
  const { name, column } = field;
  const physical = column?.physicalNames ?? [name];
  const { format, decimal, missing } = files?.read ?? { missing: [] };
  const isCells = format === undefined ? !NO_CELLS.test(location ?? '') : format === 'csv';
  const dateFormat = column?.dateFormat;
  const cell = {
    ...(decimal !== undefined && { decimal }),
    ...(dateFormat !== undefined && { dateFormat }),
    ...(isCells && { missing }),
  };
  return {
    name,
    field,
    names: [name, ...physical.filter((each) => each !== name)],
    target: physical[0] ?? name,
    read: readerOf(field, { instants, ...(files && { cell }) }),
    readOwn: readerOf(field, { instants, isParsed: true }),
  };
}

function objectOf(table: string, row: unknown): object {
  if (isObject(row)) return row;
  throw new InvalidRowError(table, [{ path: '', reason: NO_OBJECT }]);
}

function isObject(row: unknown): row is object {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}

/** Column → the name under which a raw row has it: in the contract, in the source, or differing from them only in case. */
function findAll(columns: readonly Column[], row: object): ReadonlyMap<string, string> {
  let keys: readonly string[] | undefined;
  const found = new Map<string, string>();
  for (const { name, names } of columns) {
    const exact = names.find((each) => Object.hasOwn(row, each));
    if (exact !== undefined) {
      found.set(name, exact);
      continue;
    }
    keys ??= Object.keys(row);
    const match = matchName(names, keys);
    if (match.state === 'found') found.set(name, match.name);
  }
  return found;
}

/** The columns that are there, in canonical form; what cannot be read is left out and told. */
function decode(
  columns: readonly Column[],
  rawOf: (column: Column) => unknown,
  readerFor: (column: Column) => Reader,
  problems: RowProblem[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const column of columns) {
    const raw = rawOf(column);
    if (raw === undefined) continue;
    try {
      setOwn(row, column.name, readerFor(column)(raw));
    } catch (error) {
      problems.push(...faultsOf(error, ''));
    }
  }
  return row;
}

/** Runs a validator; of a column that could not be read nothing more is told. */
function check(validate: Validators['row'], row: Record<string, unknown>, problems: RowProblem[]): void {
  const unread = [...problems];
  validate(row as unknown as Loose, (path, reason) => {
    if (reason !== undefined && !isBroken(path, unread)) problems.push({ path, reason });
  });
}

/** Whether the column of a path has a problem already. */
function isBroken(path: string, problems: readonly RowProblem[]): boolean {
  return problems.length > 0 && problems.some((problem) => columnIn(problem.path) === columnIn(path));
}

function columnIn(path: string): string {
  return path.split(/\.|\[\d*\]|\{/, 1)[0] ?? path;
}

function complete<Result>(table: string, result: Result, problems: readonly RowProblem[]): Result {
  if (problems.length > 0) throw new InvalidRowError(table, problems.slice(0, MOST));
  return result;
}
