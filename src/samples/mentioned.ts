import type { Table, WrittenText } from '../model/contract.ts';
import { sqlNames } from '../sql/lexer.ts';
import { parseMemberPath } from '../sql/member-path.ts';
import type { SqlSyntax } from '../sql/tokens.ts';

/** Root columns that SQL may read: those whose name, in the contract or in the source, it has in whatever case. */
export function mentioned(texts: readonly WrittenText[], table: Table, syntax: SqlSyntax): readonly string[] {
  const names = new Set(texts.flatMap(({ text }) => sqlNames(text, syntax)).map((name) => name.toLowerCase()));
  const roots = table.columns.filter(({ name }) => parseMemberPath(name).steps.length === 0);
  return roots
    .filter(({ name, physicalNames }) => [name, ...physicalNames].some((each) => names.has(each.toLowerCase())))
    .map(({ name }) => name);
}
