import type { Column } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Literal } from '../../src/sql/literal.ts';
import type { Pattern } from '../../src/sql/pattern.ts';
import type { Field } from '../../src/sql/shape.ts';
import type { SqlSyntax } from '../../src/sql/tokens.ts';
import type { Engine } from '../generator.ts';

export const ENGINES = ['postgres', 'mysql', 'mariadb', 'duckdb'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A type as the engine writes it. */
export interface NativeType {
  readonly text: string;
  /** Condition that values of the type keep, of what the type by itself lets in; absent: none is needed. */
  readonly check?: (column: string) => string;
  /** What the engine cannot hold as the contract says it. */
  readonly notes?: readonly string[];
  /** Most code points that the type itself takes. */
  readonly width?: number;
  /** Of a text that an index takes, or a part of one; absent: the type is of no use there. */
  readonly indexBytes?: number;
  /** Whether NULL has to be allowed in words. */
  readonly saysNull?: boolean;
  /** What the column takes of a row's bytes, where rows are limited. */
  readonly rowBytes?: number;
}

/** What a column's type depends on beside the logical type. */
export interface TypeInput {
  readonly field: Field<Column>;
  /** Most code points that a text may have by its type and `maxLength`. */
  readonly declared?: number;
  /** The same by all of its rules, patterns and listed values included. */
  readonly longest?: number;
  /** The text is too long for the row otherwise. */
  readonly asLong?: boolean;
}

/** How an engine writes tables. */
export interface DdlEngine {
  readonly name: EngineName;
  /** For people: `PostgreSQL`. */
  readonly title: string;
  /** How SQL in contracts over it splits into pieces. */
  readonly syntax: SqlSyntax;
  /** Whether names without quotes mean those in small letters. */
  readonly foldsNames: boolean;
  /** The warehouses whose SQL it understands. */
  readonly warehouses: readonly Engine[];
  quote(name: string): string;
  /** Why a name cannot stand there, for a note; undefined: it can. */
  nameProblem(name: string): string | undefined;
  /** Statements before all others, without their semicolon. */
  readonly preamble: readonly string[];
  type(input: TypeInput): NativeType;
  /** A text as a literal that means the same whatever the session's settings. */
  text(text: string): string;
  /** A literal for comparisons with a column of the type, and for defaults; undefined: the engine has none. */
  literal(literal: Literal, type: LogicalType): string | undefined;
  /** `default …` for a value of the type; a note says why there is none. */
  defaultOf(literal: Literal, type: LogicalType, native: string): { readonly text: string } | { readonly note: string };
  /** A text that is compared by code point. */
  comparable(column: string): string;
  codePoints(column: string): string;
  matches(column: string, pattern: Pattern): string;
  /** True for values that are numbers; undefined where all values of the type are. */
  isNumber(column: string, type: LogicalType): string | undefined;
  /** Why values of the type are not compared with literals; undefined: they are. */
  comparisonProblem(type: LogicalType): string | undefined;
  /** Where comments stand: behind the column, or in statements of their own. */
  readonly comments: 'inline' | 'statements';
  /** A comment as the engine takes it, and what had to be changed. */
  comment(text: string, of: 'table' | 'column'): { readonly text: string; readonly note?: string };
  /** Behind the bracket that closes a table. */
  readonly tableOptions: readonly string[];
  /** Whether foreign keys can be added to a table that is there, so that tables may refer to each other in a circle. */
  readonly altersForeignKeys: boolean;
  /** Most bytes of a key, where there is a limit. */
  readonly mostKeyBytes?: number;
  /** Most bytes of a row, where there is a limit. */
  readonly mostRowBytes?: number;
  /** What is to be known of uniqueness over texts. */
  readonly uniqueTextNote?: string;
  /** What is to be known of all tables. */
  readonly notes: readonly string[];
}
