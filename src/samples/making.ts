import type { Column, Contract, Table } from '../model/contract.ts';
import type { Instant } from '../sql/dialect.ts';
import { type Field, fieldsOf } from '../sql/shape.ts';
import type { SqlSyntax } from '../sql/tokens.ts';
import { axisOf } from './axis.ts';
import { cellOf } from './csv.ts';
import { type Group, groupsOf } from './groups.ts';
import type { Judge } from './judge.ts';
import type { Filled } from './ledger.ts';
import { isListedBy } from './missing.ts';
import { type Promises, promisesOf } from './promises.ts';
import { type RandomOf, randomOf } from './random.ts';
import type { SourceContext } from './source.ts';

export interface SampleInput {
  readonly contract: Contract;
  readonly rows: number;
  readonly seed: string;
  readonly now: Instant;
  syntaxOf(table: Table): SqlSyntax;
  /** Asks an engine about conditions of the table. */
  judgeOf(table: Table): Promise<Judge>;
}

/** A table while its rows are made. */
export interface Making {
  readonly table: Table;
  readonly promises: Promises;
  readonly fields: readonly Field<Column>[];
  readonly groups: readonly Group[];
  readonly filled: Map<Group, Filled | 'begun'>;
  /** Path of a promise → why it is not kept for certain. */
  readonly notes: Map<string, string>;
}

/** The tables of a contract while rows are made. */
export interface Workshop {
  readonly input: SampleInput;
  /** A table is begun when it is first asked for; undefined where the contract has none of the name. */
  making(table: string): Making | undefined;
}

export function workshopOf(input: SampleInput): Workshop {
  const begun = new Map<string, Making>();
  return {
    input,
    making(name) {
      const table = input.contract.tables.find((each) => each.name === name);
      if (table && !begun.has(name)) begun.set(name, begin(input, table));
      return begun.get(name);
    },
  };
}

function begin(input: SampleInput, table: Table): Making {
  const promises = promisesOf(input.contract, table, input.syntaxOf(table));
  const fields = fieldsOf(table.columns);
  const groups = groupsOf(
    fields.map(({ name }) => name),
    promises,
  );
  const notes = new Map<string, string>();
  for (const condition of promises.conditions) {
    if (condition.columns.length === 0) notes.set(condition.path, 'it names no column of the table');
  }
  for (const { name, type } of table.columns) {
    if (type.name === 'native')
      notes.set(`${table.name}.${name}.type`, `values of the engine's own type ${type.native} are not made up`);
  }
  return { table, promises, fields, groups, filled: new Map(), notes };
}

/** What values of a root column have to know. */
export function contextOf(
  { contract, now, rows }: SampleInput,
  { table }: Making,
  field: Field<Column>,
  group: Group,
): SourceContext {
  const column = field.column as Column;
  const isWanted = group.unique.some(({ columns }) => columns.includes(field.name));
  const axis = axisOf(contract, table, column, now);
  const isNull = nullsOf(table, field);
  return {
    now,
    zone: column.timezone ?? contract.timezone,
    wanted: isWanted ? rows : 1,
    ...(isNull && { isNull }),
    ...(axis && { span: axis.span }),
  };
}

/** Which values a text file of the table reads as NULL, because they are written like a text that it lists; absent: none. */
function nullsOf(table: Table, field: Field<Column>): ((value: unknown) => boolean) | undefined {
  const texts = new Set(table.read?.missing ?? []);
  if (texts.size === 0) return undefined;
  const textOf = cellOf(field, table);
  return (value) => {
    const text = textOf(value);
    return text !== undefined && texts.has(text);
  };
}

/** Whether a value of a column counts as missing. */
export function listedIn({ table }: Making): (column: string, value: unknown) => boolean {
  const listed = new Map(
    table.columns.flatMap((column) =>
      column.missing?.values.length ? [[column.name, isListedBy(column)] as const] : [],
    ),
  );
  return (column, value) => listed.get(column)?.(value) ?? false;
}

export function randomFor({ seed, contract }: SampleInput, table: Table, name: string): RandomOf {
  return randomOf(seed, contract.name, table.name, name);
}
