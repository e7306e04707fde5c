import type { Table } from '../../model/contract.ts';
import type { ComparedColumn } from '../rules/rule.ts';

/** What a member is inside of, nearest first: `lines[].qty` is in `lines[]` and `lines`. */
export function ancestorsOf(name: string): readonly string[] {
  const parts = name.split(/(?=\.|\[\]|\{\})/);
  return parts
    .slice(1)
    .map((_, index) => parts.slice(0, index + 1).join(''))
    .reverse();
}

/** The name that a column would have if only what it is inside of were renamed. */
export function movedAlong(name: string, renamed: (name: string) => string): string {
  const [parent] = ancestorsOf(name);
  if (parent === undefined) return name;
  const known = renamed(parent);
  // What is not declared, like `lines[]`, moves with what it is inside of itself.
  return (known === parent ? movedAlong(parent, renamed) : known) + name.slice(parent.length);
}

/** Columns, members and features: all that readers see as columns. */
export function columnsOf(table: Table): readonly ComparedColumn[] {
  return [...table.columns, ...table.features];
}
