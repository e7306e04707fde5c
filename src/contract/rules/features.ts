import type { Feature, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { unquote } from '../../sql/lexer.ts';
import { parseMemberPath } from '../../sql/member-path.ts';
import { lexSql, type SqlSyntax } from '../../sql/tokens.ts';
import { doubtful, wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { syntaxOf } from './source-kind.ts';

/** A feature is one value that nobody writes, computed from the columns of the source. */
export const features: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) => {
    const syntax = syntaxOf(contract, table, project);
    return [
      ...table.features.flatMap((feature) => [
        ...idleKeys(feature, `${table.name}.${feature.name}`),
        ...pathName(feature, `${table.name}.${feature.name}`),
        ...ofFeatures(table, feature, syntax),
      ]),
      ...inQueries(table, syntax),
    ];
  });

/** What a definition may say and a feature not; written in the feature itself it is an unknown key. */
function idleKeys(feature: Feature, path: string): readonly Diagnostic[] {
  const { name, physicalNames, generated, at } = feature;
  const keys = [
    ...(feature.default ? ['default'] : []),
    ...(generated ? ['generated'] : []),
    ...(physicalNames.length === 1 && physicalNames[0] === name ? [] : ['physicalName']),
  ];
  const fromDefinition = keys.filter((key) => feature.places[key] === undefined);
  return fromDefinition.map((key) => {
    const message = `\`${key}\` means nothing for a feature: it is not in the table`;
    return wrong('feature-key', at, message, 'use a definition without it', path);
  });
}

function pathName({ name, at }: Feature, path: string): readonly Diagnostic[] {
  if (parseMemberPath(name).steps.length === 0) return [];
  const message = `"${name}" is the path of a member, and features have none`;
  return [wrong('feature-name', at, message, 'give the feature a name without ., [] and {}', path)];
}

/** Each feature is computed by itself: none sees another. */
function ofFeatures(table: Table, { name, as }: Feature, syntax: SqlSyntax): readonly Diagnostic[] {
  const others = table.features.filter((other) => other.name !== name);
  const other = columnsIn(as.text, syntax, others);
  if (other === undefined) return [];
  const message = `"${other}" is a feature, and features are computed from columns of the source alone`;
  return [doubtful('feature-of-feature', as.at, message, 'write its expression out', `${table.name}.${name}`)];
}

/** `{table}` stands for the table as it is. */
function inQueries(table: Table, syntax: SqlSyntax): readonly Diagnostic[] {
  return table.checks.flatMap((check) => {
    const query = check.kind === 'failingRows' ? check.query : check.kind === 'metric' ? check.metric : undefined;
    if (!query || (check.kind === 'metric' && !/^\s*(?:select|with)\b/i.test(query.text))) return [];
    const feature = columnsIn(query.text, syntax, table.features);
    if (feature === undefined) return [];
    const message = `"${feature}" is a feature, which the tables of a query do not have`;
    return [doubtful('feature-in-query', query.at, message, 'write its expression out', `${table.name}.${check.id}`)];
  });
}

/** Words that are no columns where a name could stand: parts of times (`extract(year from …)`, `interval 1 day`), and what ends a `case`. */
const NO_COLUMN =
  /^(?:end|(?:microsecond|millisecond|second|minute|hour|day|dow|doy|week|month|quarter|year|decade|century|epoch|date|time|timestamp)s?)$/;

/** The first of the features that the text names as a column, and not as a function, an alias or after a point. */
function columnsIn(text: string, syntax: SqlSyntax, among: readonly Feature[]): string | undefined {
  const pieces = lexSql(text, syntax).tokens.filter(({ kind }) => kind !== 'blank' && kind !== 'comment');
  const wordAt = (index: number): string => pieces[index]?.text.toLowerCase() ?? '';
  const aliases = new Set(pieces.flatMap((_, index) => (wordAt(index - 1) === 'as' ? [wordAt(index)] : [])));
  for (const [index, { kind, text: piece }] of pieces.entries()) {
    if (kind !== 'word' && kind !== 'name') continue;
    const written = (kind === 'name' ? unquote(piece) : piece).toLowerCase();
    const isColumn = !['.', 'as'].includes(wordAt(index - 1)) && !['(', '.'].includes(wordAt(index + 1));
    if (!isColumn || aliases.has(piece.toLowerCase()) || (kind === 'word' && NO_COLUMN.test(written))) continue;
    const found = among.find((feature) => feature.name.toLowerCase() === written);
    if (found) return found.name;
  }
  return undefined;
}
