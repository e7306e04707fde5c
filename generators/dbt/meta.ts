import type { Column, Contract, Deprecation, Raci, Table } from '../../src/model/contract.ts';
import { columnFacts, columnRules } from '../words/column.ts';
import { tableFacts } from '../words/table.ts';
import { PLAIN } from '../words/wording.ts';
import { inert } from './jinja.ts';
import type { Json } from './yaml.ts';

type Meta = { readonly [key: string]: Json | undefined };

/** What dbt has no place of its own for: who owns the table and what it promises. */
export function tableMeta(contract: Contract, table: Table): Meta {
  const raci = table.raci ?? contract.raci;
  const consumers = contract.consumers
    .filter(
      ({ uses }) =>
        uses.length === 0 || uses.some(({ text }) => text === table.name || text.startsWith(`${table.name}.`)),
    )
    .map(({ name, party }) => inert(`${name} (${party.text})`));
  return {
    contract: inert(contract.id),
    version: contract.version,
    ...ownership(raci),
    domain: text(contract.domain),
    grain: text(table.grain),
    ...Object.fromEntries(tableFacts(table, PLAIN).map(([label, words]) => [keyOf(label), inert(words)])),
    consumers: some(consumers),
    deprecated: deprecation(table.deprecated ?? contract.deprecated),
    links: links({ ...contract.links, ...table.links }),
  };
}

export function columnMeta(column: Column, members: readonly Column[]): Meta {
  const { unit, classification, deprecated, raci } = column;
  const told = column.enum?.values.filter(({ description }) => description !== undefined) ?? [];
  return {
    unit: text(unit),
    classification: text(classification?.text),
    rules: some([...columnRules(column, PLAIN), ...columnFacts(column, PLAIN)].map(inert)),
    values: some(told.map((each) => inert(`${each.text}: ${each.description}`))),
    members: some(members.map(memberLine)),
    deprecated: deprecation(deprecated),
    ...ownership(raci),
    links: links(column.links),
  };
}

/** `address.country: string, required; a country by its code` */
function memberLine(member: Column): string {
  const facts = [member.typeText.text, ...(member.required ? ['required'] : []), ...columnRules(member, PLAIN)];
  return inert(
    `${member.name}: ${facts.join(', ')}${member.description === undefined ? '' : `; ${member.description.trim()}`}`,
  );
}

/** The one who answers is what dbt's own documents call the owner. */
function ownership(raci: Raci | undefined): Meta {
  const names = (parties: Raci['informed'] = []): Json | undefined => some(parties.map((party) => inert(party.text)));
  return {
    owner: text(raci?.accountable?.text),
    responsible: names(raci?.responsible),
    consulted: names(raci?.consulted),
    informed: names(raci?.informed),
  };
}

function deprecation(deprecated: Deprecation | undefined): Json | undefined {
  if (!deprecated) return undefined;
  const { since, sunset, replacedBy } = deprecated;
  return { since: text(since), sunset: text(sunset), replaced_by: text(replacedBy) };
}

function links(all: Readonly<Record<string, string>>): Json | undefined {
  return some(Object.entries(all).map(([name, address]) => inert(`${name}: ${address}`)));
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : inert(value);
}

function some(values: readonly string[]): readonly string[] | undefined {
  return values.length > 0 ? values : undefined;
}

/** `Only rows where` → `only_rows_where` */
function keyOf(label: string): string {
  return label.toLowerCase().replaceAll(' ', '_');
}
