import type { Column, Contract, Raci, Table } from '../src/model/contract.ts';
import { deprecationWords } from './words/column.ts';
import { toleranceWords } from './words/threshold.ts';
import { PLAIN } from './words/wording.ts';

export type Fact = string | true | readonly string[] | { readonly [role: string]: readonly string[] };

/** What is known of a column beside its type, its rules and its description: for the place that a schema has for more. */
export function columnFacts(column: Column): readonly (readonly [key: string, fact: Fact])[] {
  const { unit, timezone, classification, references, missing, deprecated, raci } = column;
  const own = column.physicalNames.filter((name) => name !== column.name);
  return present([
    ['unit', unit],
    ['timezone', timezone],
    ['classification', classification?.text],
    ['references', references?.to.text],
    ['missing', missing?.allow && toleranceWords(missing.allow)],
    ['default', column.default?.text],
    ['generated', column.generated || undefined],
    ['physicalNames', own.length > 0 ? own : undefined],
    ['tags', column.tags.length > 0 ? column.tags : undefined],
    ['owners', raci && ownersOf(raci)],
    ['deprecated', deprecated && true],
    ['deprecation', deprecated && (deprecationWords(deprecated, PLAIN) || undefined)],
  ]);
}

/** The same of a table. */
export function tableFactsOf(contract: Contract, table: Table): readonly (readonly [key: string, fact: Fact])[] {
  const raci = table.raci ?? contract.raci;
  const deprecated = table.deprecated ?? contract.deprecated;
  return present([
    ['contract', contract.id],
    ['version', contract.version],
    ['table', table.name],
    ['owners', raci && ownersOf(raci)],
    ['deprecated', deprecated && true],
    ['deprecation', deprecated && (deprecationWords(deprecated, PLAIN) || undefined)],
  ]);
}

function present(
  facts: readonly (readonly [key: string, fact: Fact | undefined])[],
): readonly (readonly [key: string, fact: Fact])[] {
  return facts.flatMap(([key, fact]) => (fact === undefined ? [] : [[key, fact] as const]));
}

function ownersOf({ responsible, accountable, consulted, informed }: Raci): Fact {
  const roles: readonly (readonly [string, readonly { readonly text: string }[]])[] = [
    ['responsible', responsible],
    ['accountable', accountable ? [accountable] : []],
    ['consulted', consulted],
    ['informed', informed],
  ];
  const filled = roles.filter(([, parties]) => parties.length > 0);
  return Object.fromEntries(filled.map(([role, parties]) => [role, parties.map(({ text }) => text)]));
}
