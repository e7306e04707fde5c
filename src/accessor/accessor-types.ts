import type { SelectQueryBuilder } from 'kysely';
import type { ContractFacts } from '../model/table-definition.ts';
import type { Freshness } from './freshness.ts';

/** A value that every engine compares by equality; structs, lists, maps and JSON are none. */
type Equatable<Value> = Value extends string | number | bigint | boolean | Uint8Array | Date ? Value : never;

/** A value that has an order. */
type Orderable<Value> = Value extends string | number | bigint | Date ? Value : never;

/** Limits the rows; several conditions must all hold. NULL meets none but `is null` and `is not null`. */
interface Where<All, Narrowed> {
  <Column extends Extract<keyof All, string>>(column: Column, is: 'is' | 'is not', nothing: null): Narrowed;
  <Column extends Extract<keyof All, string>>(
    column: Column,
    equals: '=' | '!=',
    value: NoInfer<Equatable<All[Column]>>,
  ): Narrowed;
  <Column extends Extract<keyof All, string>>(
    column: Column,
    compares: '<' | '<=' | '>' | '>=',
    value: NoInfer<Orderable<All[Column]>>,
  ): Narrowed;
  <Column extends Extract<keyof All, string>>(
    column: Column,
    isOneOf: 'in' | 'not in',
    values: NoInfer<readonly Equatable<All[Column]>[]>,
  ): Narrowed;
}

export interface StreamOptions {
  /** Rows that are fetched at once; 1000 where it is not said. */
  readonly batchSize?: number;
}

/**
 * Reads the rows of one table that its contract promises: only its columns, only the rows of its `where`, each value as the contract
 * declares it. `All` are the stored columns and the features, `Result` what a row has. Every method that narrows gives a new accessor; nothing is read before `execute`, `stream`, `byKey`, `count` or `freshness`.
 */
export interface Accessor<All, Key, Result, Name extends string> {
  readonly contract: ContractFacts;
  /** Reads these columns and features only; without `select` it is all stored columns. The last `select` holds. */
  select<Column extends keyof All>(
    ...columns: readonly [Column, ...Column[]]
    // Not a type with a name, so that editors show what it is; over `keyof All`, so that they show what the contract says of a column.
  ): Accessor<All, Key, { [Chosen in Column]: All[Chosen] }, Name>;
  readonly where: Where<All, Accessor<All, Key, Result, Name>>;
  /** All rows, in no order. Throws `RowReadError` where a value is not what the contract declares. */
  execute(): Promise<Result[]>;
  /**
   * Row by row, never more than one batch in memory. Leaving the loop closes the cursor and gives the connection back; until then it is
   * taken. MySQL and MariaDB have no way to leave a result but to hang up, and so to end a transaction that it is part of. Throws as
   * `execute` does.
   */
  stream(options?: StreamOptions): AsyncIterableIterator<Result>;
  /** The row of a key; undefined where there is none. Throws where there are several. */
  byKey(key: Key): Promise<Result | undefined>;
  count(): Promise<number>;
  /**
   * A builder of Kysely over the contract's columns and features, with the conditions so far and nothing selected yet. Columns that it
   * gives under their own names are decoded; what is computed comes as the driver gives it.
   */
  query(): SelectQueryBuilder<{ [Table in Name]: All }, Name, object>;
  /** How old the newest row is at an instant (absent: now), against what the contract promises. Throws where it promises nothing. */
  freshness(at?: Date): Promise<Freshness>;
}
