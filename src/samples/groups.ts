import type { Condition, ParentLink, Promises, UniqueSet } from './promises.ts';

/** Columns that are made together, since a promise ties them. */
export interface Group {
  readonly columns: readonly string[];
  readonly conditions: readonly Condition[];
  readonly unique: readonly UniqueSet[];
  /** Where the values of some columns come from; no column has two. */
  readonly parents: readonly ParentLink[];
}

/** Splits the columns into the smallest groups that no promise crosses, in the order of the table. */
export function groupsOf(columns: readonly string[], { conditions, unique, parents }: Promises): readonly Group[] {
  const root = new Map(columns.map((column) => [column, column]));
  const find = (column: string): string => {
    const above = root.get(column) ?? column;
    return above === column ? column : find(above);
  };
  const tie = (names: readonly string[]): void => {
    const [first, ...rest] = names;
    for (const name of rest) if (first !== undefined) root.set(find(name), find(first));
  };
  for (const each of [...conditions, ...unique, ...parents]) tie(each.columns);
  const heads = [...new Set(columns.map(find))];
  const led = new Set<ParentLink>(leading(parents));
  return heads.map((head) => {
    const isIn = (each: { readonly columns: readonly string[] }): boolean =>
      each.columns.some((column) => find(column) === head);
    return {
      columns: columns.filter((column) => find(column) === head),
      conditions: conditions.filter(isIn),
      unique: unique.filter(isIn),
      parents: [...led].filter(isIn),
    };
  });
}

/** The references that decide values: the first one of each column. */
export function leading(parents: readonly ParentLink[]): readonly ParentLink[] {
  const taken = new Set<string>();
  return parents.filter(({ columns }) => {
    if (columns.some((column) => taken.has(column))) return false;
    for (const column of columns) taken.add(column);
    return true;
  });
}
