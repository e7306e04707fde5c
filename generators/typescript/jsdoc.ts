import type { Column, Contract, Deprecation, Links, Raci, Table } from '../../src/model/contract.ts';
import { printLogicalType } from '../../src/sql/logical-type.ts';
import { columnFacts, columnRules, deprecationWords, tellsValues } from '../words/column.ts';
import { tableFacts } from '../words/table.ts';
import { oneLine, type Wording } from '../words/wording.ts';
import { code, inComment, prose, wrapped } from './text.ts';
import { meetsBroken } from './tolerance.ts';

/** As far as phrases stand on one line. */
const SHORT = 100;
const WORDING: Wording = { code, reference: ({ text }) => inComment(text) };

/** What the contract says of a column, line by line. */
export function columnDoc(column: Column & { readonly as?: { readonly text: string } }): readonly string[] {
  const description = column.description === undefined ? [] : prose(column.description);
  const facts = [...phrases(column), ...details(column)];
  const lines = description.length === 0 && facts.length === 1 ? facts : [...description, ...bullets(facts)];
  return [...lines, ...deprecatedTag(column.deprecated)];
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => wrapped(line).map((part, index) => `${index === 0 ? '-' : ' '} ${part}`));
}

/** On one line where they are short, else what it is and each rule. */
function phrases(column: Column): readonly string[] {
  const { type, unit, classification } = column;
  const { enum: set, ...others } = column;
  const told = set && !tellsValues(column) ? { ...others, enum: set } : others;
  const is = [
    code(printLogicalType(type)),
    ...(unit === undefined ? [] : [`unit ${inComment(unit)}`]),
    ...(classification ? [`classification ${inComment(classification.text)}`] : []),
    ...columnFacts(column, WORDING),
  ];
  const rules = columnRules(told, WORDING);
  const line = [...is, ...rules].join('; ');
  return line.length <= SHORT ? [line] : [is.join('; '), ...rules];
}

function details(column: Column & { readonly as?: { readonly text: string } }): readonly string[] {
  return [
    ...(tellsValues(column) ? valueLines(column) : []),
    ...(meetsBroken(column) ? ['values that break these rules are read as they are, and never written'] : []),
    ...(column.as ? [`computed: ${code(oneLine(column.as.text))}`] : []),
    ...(column.raci ? [ownersLine(column.raci)] : []),
    ...(column.tags.length > 0 ? [`tags: ${column.tags.map(inComment).join(', ')}`] : []),
    ...linkLines(column.links),
  ];
}

/** A union has no place for what is said of its members. */
function valueLines({ enum: set }: Pick<Column, 'enum'>): readonly string[] {
  const lines = (set?.values ?? []).flatMap(({ text, description, deprecated }) => {
    const parts = [
      ...(description === undefined ? [] : [prose(description).join(' ')]),
      ...(deprecated ? [deprecation('deprecated', deprecated)] : []),
    ];
    return parts.length === 0 ? [] : [`${code(text)}: ${parts.join(' ')}`];
  });
  return set?.open ? [...lines, 'other values may come'] : lines;
}

/** What the contract says of itself, line by line; empty where it says nothing. */
export function contractDoc(contract: Contract): readonly string[] {
  const { title, description, domain, tags, links, objectives, deprecated } = contract;
  const facts = [
    ...(domain === undefined ? [] : [`Domain: ${inComment(domain)}`]),
    ...(tags.length > 0 ? [`Tags: ${tags.map(inComment).join(', ')}`] : []),
    ...objectives.map(({ kind, text }) => `Objective: ${kind} ${inComment(text)}`),
    ...linkLines(links),
  ];
  const parts = [
    title === undefined ? [] : prose(title),
    description === undefined ? [] : prose(description),
    bullets(facts),
  ];
  return [...sections(parts), ...deprecatedTag(deprecated)];
}

/** What the contract says of a table, line by line. */
export function tableDoc(contract: Contract, table: Table): readonly string[] {
  const { description, grain, links } = table;
  const raci = ownersOf(contract, table);
  const facts = [
    ...(grain === undefined ? [] : [`Grain: ${prose(grain).join(' ')}`]),
    ...tableFacts(table, WORDING).map(([label, words]) => `${label}: ${words}`),
    ...(raci ? [ownersLine(raci)] : []),
    ...linkLines(links),
  ];
  return sections([description === undefined ? [] : prose(description), bullets(facts)]);
}

/** With an empty line between those that say something. */
function sections(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

function linkLines(links: Links): readonly string[] {
  return Object.entries(links).map(([name, address]) => `${inComment(name)}: ${inComment(address)}`);
}

/** Who answers for a table. */
export function ownersOf(contract: Contract, table: Table): Raci | undefined {
  return table.raci ?? contract.raci;
}

function ownersLine({ responsible, accountable, consulted, informed }: Raci): string {
  const roles: readonly (readonly [string, readonly { readonly text: string }[]])[] = [
    ['responsible', responsible],
    ['accountable', accountable ? [accountable] : []],
    ['consulted', consulted],
    ['informed', informed],
  ];
  return roles
    .filter(([, parties]) => parties.length > 0)
    .map(([role, parties]) => `${role}: ${parties.map(({ text }) => inComment(text)).join(', ')}`)
    .join('; ');
}

/** `@deprecated since 2.0.0, removed after 2027-03-01, use country`. */
export function deprecatedTag(deprecated: Deprecation | undefined): readonly string[] {
  return deprecated ? [deprecation('@deprecated', deprecated)] : [];
}

function deprecation(word: string, deprecated: Deprecation): string {
  return `${word} ${deprecationWords(deprecated, { ...WORDING, code: inComment })}`.trimEnd();
}
