import type { Column, Contract, Reference, Table, WrittenText } from '../model/contract.ts';
import type { SqlSyntax } from '../sql/tokens.ts';
import { mentioned } from './mentioned.ts';

/** SQL that every row has to keep, or that says which rows a promise is about. */
export interface Condition {
  /** Path of its check, such as `orders.shipped-after-placed`. */
  readonly path: string;
  /** `holds`: not false; `population`: true; `feature`: its value keeps the feature's rules; `scope`: nothing, but it is asked. */
  readonly kind: 'holds' | 'population' | 'feature' | 'scope';
  readonly sql: WrittenText;
  /** Only rows for which this is true. */
  readonly where?: WrittenText;
  readonly feature?: Column;
  /** Root columns that it reads. */
  readonly columns: readonly string[];
}

/** Columns whose values together come once. */
export interface UniqueSet {
  readonly path: string;
  readonly columns: readonly string[];
  /** Only among the rows for which this is true. */
  readonly scope?: Condition;
}

/** Columns whose values together stand in another table of the same contract. */
export interface ParentLink {
  readonly path: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly to: readonly string[];
}

/** What can be kept row by row of a table's promises. */
export interface Promises {
  readonly conditions: readonly Condition[];
  readonly unique: readonly UniqueSet[];
  readonly parents: readonly ParentLink[];
  /** Path → why it cannot be promised. */
  readonly beyond: ReadonlyMap<string, string>;
}

/** Reads the promises of a table; `syntax` is that of its SQL. */
export function promisesOf(contract: Contract, table: Table, syntax: SqlSyntax): Promises {
  const beyond = new Map<string, string>();
  const unique: UniqueSet[] = [];
  const parents: ParentLink[] = [];
  const conditions: Condition[] = [];
  const path = (name: string): string => `${table.name}.${name}`;
  const isRoot = (name: string): boolean =>
    table.columns.some((column) => column.name === name) && !isMember(name, table);

  const addUnique = (set: UniqueSet): void => {
    if (set.columns.every(isRoot)) unique.push(set);
    else beyond.set(set.path, 'members of nested columns may come twice');
  };
  const addParents = (name: string, columns: readonly string[], to: readonly Reference[]): void => {
    const [first] = to;
    const targets = to.flatMap(({ column }) => column ?? []);
    const isOwn = to.every((each) => (each.contract ?? contract.name) === contract.name && each.table === first?.table);
    if (!isOwn) beyond.set(path(name), 'rows of another contract are not known');
    else if (!columns.every(isRoot) || !first || targets.length !== columns.length)
      beyond.set(path(name), 'members of nested columns are not looked up');
    else parents.push({ path: path(name), columns, table: first.table, to: targets });
  };

  if (table.where)
    conditions.push({
      path: path('rows'),
      kind: 'population',
      sql: table.where,
      columns: mentioned([table.where], table, syntax),
    });
  if (table.key) addUnique({ path: path('key'), columns: table.key.columns.map(({ text }) => text) });
  for (const column of table.columns) {
    if (column.unique) addUnique({ path: path(`${column.name}.unique`), columns: [column.name] });
  }
  for (const check of table.checks) {
    const texts = (...more: readonly (WrittenText | undefined)[]): readonly string[] =>
      mentioned(
        more.filter((each) => each !== undefined),
        table,
        syntax,
      );
    switch (check.kind) {
      case 'expect':
        conditions.push({
          path: path(check.id),
          kind: 'holds',
          sql: check.condition,
          ...(check.where && { where: check.where }),
          columns: texts(check.condition, check.where),
        });
        break;
      case 'unique': {
        const columns = check.columns.columns.map(({ text }) => text);
        const scope: Condition | undefined = check.where && {
          path: path(check.id),
          kind: 'scope',
          sql: check.where,
          columns: [...new Set([...texts(check.where), ...columns])],
        };
        if (scope && columns.every(isRoot)) conditions.push(scope);
        addUnique({ path: path(check.id), columns, ...(scope && { scope }) });
        break;
      }
      case 'references':
        addParents(
          check.id,
          check.columns.columns.map(({ text }) => text),
          check.to,
        );
        break;
      case 'metric':
        beyond.set(path(check.id), 'a number over all rows is left to chance');
        break;
      case 'failingRows':
        beyond.set(path(check.id), 'a query of its own is not looked at');
        break;
    }
  }
  for (const column of table.columns) {
    if (column.references) addParents(`${column.name}.references`, [column.name], [column.references.to]);
  }
  for (const feature of table.features) {
    conditions.push({
      path: path(feature.name),
      kind: 'feature',
      sql: feature.as,
      feature,
      columns: mentioned([feature.as], table, syntax),
    });
  }
  return { conditions, unique, parents, beyond };
}

/** Whether a name is the path of a member. */
export function isMember(name: string, table: Table): boolean {
  return table.columns.some(
    (other) =>
      /^(?:\.|\[\]|\{\})/.test(name.slice(other.name.length)) && name.startsWith(other.name) && other.name !== name,
  );
}
