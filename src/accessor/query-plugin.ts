import type {
  BinaryOperationNode,
  KyselyPlugin,
  OperationNode,
  QueryId,
  SelectionNode,
  SelectQueryNode,
  UnknownRow,
} from 'kysely';
import { sql } from '../sql/kysely.ts';
import type { Reader } from '../values/reader.ts';
import { conditionSql, type Operator, readCondition } from './conditions.ts';
import { kysely } from './kysely.ts';
import type { Reading } from './reading.ts';
import type { TypedField } from './table-shape.ts';

const COMPARISONS: readonly string[] = ['=', '!=', '<>', '<', '<=', '>', '>=', 'in', 'not in'];

/**
 * Makes a query of Kysely speak in the contract's values: those that columns are compared with are bound as the engine needs them, and
 * columns that are selected, by whatever alias, are decoded. What is computed comes as the driver gives it, but for `min` and `max`.
 */
export function contractPlugin(of: Reading): KyselyPlugin {
  const selected = new WeakMap<QueryId, ReadonlyMap<string, Reader>>();
  const comparisons = new ComparedValues(of);
  return {
    transformQuery({ node, queryId }) {
      if (node.kind !== 'SelectQueryNode') return node;
      selected.set(queryId, readersOf(node, of));
      return comparisons.transformNode(node);
    },
    async transformResult({ result, queryId }) {
      const readers = [...(selected.get(queryId) ?? [])];
      return readers.length === 0 ? result : { ...result, rows: result.rows.map((row) => decoded(row, readers)) };
    },
  };
}

function decoded(row: UnknownRow, readers: readonly (readonly [string, Reader])[]): UnknownRow {
  const copy = { ...row };
  for (const [name, read] of readers) if (Object.hasOwn(copy, name)) copy[name] = read(copy[name]);
  return copy;
}

/** The readers of what a query gives, by the names that it gives it. */
function readersOf(node: SelectQueryNode, of: Reading): ReadonlyMap<string, Reader> {
  const readers = new Map<string, Reader>();
  for (const { selection } of node.selections ?? []) {
    if (isAll(selection, of)) for (const name of of.shape.fields.keys()) readers.set(name, of.readers.of(name));
    const isAlias = selection.kind === 'AliasNode';
    const alias = isAlias ? nameOf(selection.alias) : undefined;
    const field = fieldIn(isAlias ? selection.node : selection, of);
    if (field) readers.set(alias ?? field.name, of.readers.of(field.name));
  }
  return readers;
}

function isAll(selection: SelectionNode['selection'], of: Reading): boolean {
  if (selection.kind === 'SelectAllNode') return true;
  return selection.kind === 'ReferenceNode' && selection.column.kind === 'SelectAllNode' && isOurs(selection, of);
}

function isOurs(node: Extract<SelectionNode['selection'], { kind: 'ReferenceNode' }>, of: Reading): boolean {
  const table = node.table?.table;
  return table === undefined || table.identifier.name === of.shape.name;
}

/** The column that a piece of a query is, or the least or the greatest value of. */
function fieldIn(node: OperationNode, of: Reading): TypedField | undefined {
  if (kysely.AggregateFunctionNode.is(node)) {
    const [only, ...more] = node.aggregated;
    const isOne = /^(?:min|max)$/.test(node.func) && only !== undefined && more.length === 0;
    return isOne ? fieldIn(only, of) : undefined;
  }
  if (kysely.ReferenceNode.is(node)) return isOurs(node, of) ? fieldIn(node.column, of) : undefined;
  return kysely.ColumnNode.is(node) ? of.shape.fields.get(node.column.name) : undefined;
}

function nameOf(alias: OperationNode): string | undefined {
  return kysely.IdentifierNode.is(alias) ? alias.name : undefined;
}

/** Binds the values that columns are compared with as the engine needs them. */
class ComparedValues extends kysely.OperationNodeTransformer {
  readonly #of: Reading;

  constructor(of: Reading) {
    super();
    this.#of = of;
  }

  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    const of = this.#of;
    const field = fieldIn(node.leftOperand, of);
    const values = valuesOf(node.rightOperand);
    const isComparison = kysely.OperatorNode.is(node.operator) && COMPARISONS.includes(node.operator.operator);
    if (!field || !values || !isComparison || kysely.AggregateFunctionNode.is(node.leftOperand)) {
      return super.transformBinaryOperation(node, queryId);
    }
    const operator = (node.operator as { operator: string }).operator.replace('<>', '!=') as Operator;
    const condition = readCondition(field, operator, values.value, of.readers.of(field.name));
    const column = sql`${sql.id(of.shape.name, field.name)}`;
    // A piece of SQL may stand wherever a condition may.
    return sql`(${conditionSql(condition, column, of.engine.name)})`.toOperationNode() as unknown as BinaryOperationNode;
  }
}

function valuesOf(node: OperationNode): { readonly value: unknown } | undefined {
  if (kysely.ValueNode.is(node)) return { value: node.value };
  if (kysely.PrimitiveValueListNode.is(node)) return { value: node.values };
  return undefined;
}
