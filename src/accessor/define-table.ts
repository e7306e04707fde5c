import type { Insertable, QueryExecutorProvider } from 'kysely';
import type { ContractFacts } from '../model/table-definition.ts';
import { accessorOf } from './accessor.ts';
import type { Accessor } from './accessor-types.ts';
import type { EngineName } from './engine.ts';
import type { AccessOptions, TableParts } from './table-parts.ts';
import { shapeOf } from './table-shape.ts';
import { type Validation, validation } from './validation.ts';

/**
 * A table of a contract. Called with a connection (`Kysely`, or a transaction of it) it gives an accessor; its own methods need none.
 */
export interface ContractTable<Row, Features, NewRow, Key, Table, Name extends string> {
  (db: QueryExecutorProvider, options?: AccessOptions): Accessor<Row & Features, Key, Row, Name>;
  readonly contract: ContractFacts;
  /**
   * Checks a row that is not decoded yet (from a driver, JSON or CSV: numbers as text allowed) and decodes it. Throws `InvalidRowError`
   * with every column that is wrong and why.
   */
  parse(row: Readonly<Record<string, unknown>>): Row;
  /** Checks decoded rows and gives them back. Throws `InvalidRowError`, which names the rows by their index. */
  validate(rows: Iterable<unknown>): readonly Row[];
  /**
   * Checks a row to be written; gives it under the names of the source, for `insertInto(…).values(…)`. With a dialect its values are as
   * that engine takes them (MySQL no `T` and `Z` in times, nested ones as JSON), else as a reader would get them. Throws `InvalidRowError`.
   */
  insertable(row: NewRow, dialect?: EngineName): Insertable<Table>;
}

/**
 * Makes the table of a contract; generated modules call it. `Row` are the stored columns as they are read, `Features` the derived ones,
 * `NewRow` what a writer gives, `Key` the columns of the key (`never` without one), `Table` Kysely's column types under the names of the source.
 */
export function defineTable<
  Row,
  Features = object,
  NewRow = Row,
  Key = never,
  Table = Record<string, unknown>,
  Name extends string = string,
>(parts: TableParts): ContractTable<Row, Features, NewRow, Key, Table, Name> {
  const { definition, validators, instants, facts } = parts;
  const shape = shapeOf(definition);
  const table = (db: QueryExecutorProvider, options: AccessOptions = {}): unknown =>
    accessorOf(parts, shape, db, options);
  let made: Validation | undefined;
  const checked = (): Validation => {
    made ??= validation(definition, validators, instants === undefined ? {} : { instants });
    return made;
  };
  const methods: Record<keyof Validation | 'contract', unknown> = {
    contract: facts,
    parse: (row: unknown) => checked().parse(row),
    validate: (rows: Iterable<unknown>) => checked().validate(rows),
    insertable: (row: unknown, dialect?: EngineName) => checked().insertable(row, dialect),
  };
  return Object.assign(table, methods) as never;
}
