import type { TableContext } from '../rules/rule.ts';

/** What became of a key, its columns taken as a set: more columns promise less. */
export type KeyChange = 'equal' | 'added' | 'removed' | 'widened' | 'narrowed' | 'changed';

/** Names of a key's columns, the old ones by their new names, sorted. */
export function keyColumns({ table, renamed }: TableContext, side: 'old' | 'new'): readonly string[] | undefined {
  const names = table[side].key?.columns.map(({ text }) => (side === 'old' ? renamed(text) : text));
  return names && [...new Set(names)].sort();
}

export function keyChange(context: TableContext): KeyChange {
  const [old, now] = [keyColumns(context, 'old'), keyColumns(context, 'new')];
  if (!old || !now) return old ? 'removed' : now ? 'added' : 'equal';
  const gone = old.some((name) => !now.includes(name));
  const come = now.some((name) => !old.includes(name));
  if (gone) return come ? 'changed' : 'narrowed';
  return come ? 'widened' : 'equal';
}
