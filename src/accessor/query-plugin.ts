import type {
  BinaryOperationNode,
  KyselyPlugin,
  OperationNode,
  QueryId,
  RawNode,
  SelectQueryNode,
  UnknownRow,
} from 'kysely';
import { sql } from '../sql/kysely.ts';
import { ValueProblem } from '../values/value-problem.ts';
import { conditionSql, type Operator, readCondition } from './conditions.ts';
import { kysely } from './kysely.ts';
import type { KnownQueries } from './query-executor.ts';
import {
  columnBehind,
  columnsOf,
  type QueryColumn,
  type Scope,
  scopeOf,
  standsFor,
  tableBehind,
} from './query-scope.ts';
import type { Reading } from './reading.ts';
import { RowReadError } from './row-reader.ts';
import type { TypedField } from './table-shape.ts';

const COMPARISONS: readonly string[] = ['=', '!=', '<>', '<', '<=', '>', '>=', 'in', 'not in'];

/**
 * Makes a query of Kysely speak in the contract's values: those that columns are compared with are bound as the engine needs them, and
 * columns that are selected, from whatever table of a contract and by whatever alias, are decoded. What is computed comes as the driver
 * gives it, but for `min` and `max`. `known` is told of each query by its id.
 */
export function contractPlugin(known: KnownQueries): KyselyPlugin {
  return {
    transformQuery({ node, queryId }) {
      if (node.kind !== 'SelectQueryNode') return node;
      const values = new ComparedValues();
      const transformed = values.transformNode(node);
      known.set(queryId, { tables: [...values.tables], columns: columnsOf(node) });
      return transformed;
    },
    async transformResult({ result, queryId }) {
      const columns = [...(known.get(queryId)?.columns ?? [])];
      return columns.length === 0 ? result : { ...result, rows: result.rows.map((row) => decoded(row, columns)) };
    },
  };
}

function decoded(row: UnknownRow, columns: readonly (readonly [string, QueryColumn])[]): UnknownRow {
  const copy = { ...row };
  for (const [name, { of, field }] of columns) {
    const raw = copy[name];
    // Also of a column that has no NULL: joins and the greatest of no rows give one.
    if (!Object.hasOwn(copy, name) || raw === null) continue;
    try {
      copy[name] = exact(of, field, raw);
    } catch (error) {
      throw error instanceof ValueProblem ? new RowReadError(of.shape.name, error.faults) : error;
    }
  }
  return copy;
}

function exact(of: Reading, field: TypedField, raw: unknown): unknown {
  const { name, type } = field;
  if (type.name === 'decimal' && typeof raw === 'number' && of.engine.name !== 'duckdb')
    throw new ValueProblem([{ path: name, reason: 'the driver made it a float, which loses digits' }]);
  return of.readers.of(name)(raw);
}

/** Binds the values that columns are compared with as the engine needs them, and gathers the tables on its way. */
class ComparedValues extends kysely.OperationNodeTransformer {
  readonly tables = new Set<Reading>();
  #scopes: readonly Scope[] = [];

  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    const copy = super.transformRaw(node, queryId);
    const of = tableBehind(node);
    standsFor(copy, of);
    if (of) this.tables.add(of);
    return copy;
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    const outer = this.#scopes;
    this.#scopes = [scopeOf(node, outer), ...outer];
    try {
      return super.transformSelectQuery(node, queryId);
    } finally {
      this.#scopes = outer;
    }
  }

  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    const { leftOperand: left } = node;
    const found = kysely.AggregateFunctionNode.is(left) ? undefined : columnBehind(left, this.#scopes);
    const values = valuesOf(node.rightOperand);
    const isComparison = kysely.OperatorNode.is(node.operator) && COMPARISONS.includes(node.operator.operator);
    if (!found || !values || !isComparison) return super.transformBinaryOperation(node, queryId);
    const { of, field } = found;
    const operator = (node.operator as { operator: string }).operator.replace('<>', '!=') as Operator;
    const condition = readCondition(field, operator, values.value, of.readers.of(field.name));
    const column = sql`${new kysely.ExpressionWrapper(left)}`;
    // A piece of SQL may stand wherever a condition may.
    return sql`(${conditionSql(condition, column, of.engine.name)})`.toOperationNode() as unknown as BinaryOperationNode;
  }
}

function valuesOf(node: OperationNode): { readonly value: unknown } | undefined {
  if (kysely.ValueNode.is(node)) return { value: node.value };
  if (kysely.PrimitiveValueListNode.is(node)) return { value: node.values };
  return undefined;
}
