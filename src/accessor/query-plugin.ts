import type {
  BinaryOperationNode,
  IdentifierNode,
  KyselyPlugin,
  OperationNode,
  QueryId,
  RawNode,
  SelectAllNode,
  SelectQueryNode,
} from 'kysely';
import { sql } from '../sql/kysely.ts';
import { conditionSql, type Operator, readCondition } from './conditions.ts';
import { kysely } from './kysely.ts';
import type { KnownQueries } from './query-executor.ts';
import { columnBehind, columnsOf, type Scope, scopeOf, tableBehind } from './query-scope.ts';
import { tableNode } from './query-table.ts';
import type { Reading } from './reading.ts';

const COMPARISONS: readonly string[] = ['=', '!=', '<>', '<', '<=', '>', '>=', 'in', 'not in'];

/**
 * Makes a query of Kysely speak in the contract's values: those that columns are compared with are bound as the engine needs them.
 * `known` is told of each query by its id what it reads and gives, for decoding.
 */
export function contractPlugin(known: KnownQueries): KyselyPlugin {
  return {
    transformQuery({ node, queryId }) {
      if (node.kind !== 'SelectQueryNode') return node;
      const mentioned = new MentionedNames();
      mentioned.transformNode(node);
      const values = new ComparedValues((feature) => mentioned.has(feature));
      const transformed = values.transformNode(node);
      known.set(queryId, { tables: [...values.tables], columns: node.explain ? new Map() : columnsOf(node) });
      return transformed;
    },
    transformResult: async ({ result }) => result,
  };
}

/** The names that a query mentions outside of the tables themselves: what it may ask for. */
class MentionedNames extends kysely.OperationNodeTransformer {
  readonly #names = new Set<string>();
  readonly #texts: string[] = [];
  #isAll = false;

  /** Whether it may ask for a column of this name. */
  has(name: string): boolean {
    return this.#isAll || this.#names.has(name) || this.#texts.some((text) => text.includes(name.toLowerCase()));
  }

  protected override transformIdentifier(node: IdentifierNode): IdentifierNode {
    this.#names.add(node.name);
    return node;
  }

  protected override transformSelectAll(node: SelectAllNode): SelectAllNode {
    this.#isAll = true;
    return node;
  }

  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    if (tableBehind(node)) return node;
    this.#texts.push(...node.sqlFragments.map((text) => text.toLowerCase()));
    return super.transformRaw(node, queryId);
  }
}

/** Binds the values that columns are compared with as the engine needs them, and gathers the tables on its way. */
class ComparedValues extends kysely.OperationNodeTransformer {
  readonly tables = new Set<Reading>();
  readonly #isWanted: (feature: string) => boolean;
  #scopes: readonly Scope[] = [];

  constructor(isWanted: (feature: string) => boolean) {
    super();
    this.#isWanted = isWanted;
  }

  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    const of = tableBehind(node);
    if (!of) return super.transformRaw(node, queryId);
    this.tables.add(of);
    return tableNode(of, this.#isWanted) as RawNode;
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
