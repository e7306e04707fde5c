import type { Feature, Table, WrittenText } from '../model/contract.ts';
import { sqlNames } from '../sql/lexer.ts';
import { parseMemberPath } from '../sql/member-path.ts';
import type { SqlSyntax } from '../sql/tokens.ts';

/** Root columns that SQL may read, by way of features too: those whose name, in the contract or in the source, it has in whatever case. */
export function mentioned(texts: readonly WrittenText[], table: Table, syntax: SqlSyntax): readonly string[] {
  const computed = featuresNamed(texts, table, syntax).map(({ as }) => as);
  const names = namesIn([...texts, ...computed], syntax);
  const roots = table.columns.filter(({ name }) => parseMemberPath(name).steps.length === 0);
  return roots
    .filter(({ name, physicalNames }) => [name, ...physicalNames].some((each) => names.has(each.toLowerCase())))
    .map(({ name }) => name);
}

/** The features that SQL names; one does not see another. */
export function featuresNamed(texts: readonly WrittenText[], table: Table, syntax: SqlSyntax): readonly Feature[] {
  if (table.features.length === 0) return [];
  const names = namesIn(texts, syntax);
  return table.features.filter(({ name }) => names.has(name.toLowerCase()));
}

function namesIn(texts: readonly WrittenText[], syntax: SqlSyntax): ReadonlySet<string> {
  return new Set(texts.flatMap(({ text }) => sqlNames(text, syntax)).map((name) => name.toLowerCase()));
}
