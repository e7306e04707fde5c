import type { Contract, Raci } from '../model/contract.ts';
import type { PartyResult, RaciResult } from '../model/run.ts';
import type { Party, Project } from '../project/project.ts';

/** Channels whose addresses only name a place, and what such names look like: an address of a hook, or a token, lets anyone who knows it write there. */
const CHANNELS = { email: /^[^\s@/:]+@[^\s@/:]+$/, slack: /^(?!xox)[#@]?[\w.-]+$/i } as const;

export function raciResult({ responsible, accountable, consulted, informed }: Raci): RaciResult {
  const names = (list: Raci['informed']): readonly string[] => list.map(({ text }) => text);
  return {
    responsible: names(responsible),
    accountable: accountable?.text ?? null,
    consulted: names(consulted),
    informed: names(informed),
  };
}

/** The parties that the contracts name, with how to reach them. */
export function partiesOf(contracts: readonly Contract[], project: Project): Readonly<Record<string, PartyResult>> {
  const named = new Set(contracts.flatMap(namesIn));
  // Members have addresses of their own.
  for (const name of named) for (const { text } of project.parties?.get(name)?.members ?? []) named.add(text);
  const parties = [...named].sort().flatMap((name) => project.parties?.get(name) ?? []);
  return Object.fromEntries(parties.map((party) => [party.name, partyResult(party)]));
}

function namesIn(contract: Contract): readonly string[] {
  const { tables, consumers } = contract;
  const racis = [
    contract,
    ...tables,
    ...tables.flatMap(({ columns, features, checks }) => [...columns, ...features, ...checks]),
  ];
  return [
    ...racis.flatMap(({ raci }) => (raci ? namesOf(raciResult(raci)) : [])),
    ...consumers.map(({ party }) => party.text),
  ];
}

function namesOf({ responsible, accountable, consulted, informed }: RaciResult): readonly string[] {
  return [...responsible, ...(accountable === null ? [] : [accountable]), ...consulted, ...informed];
}

function partyResult({ title, members, addresses }: Party): PartyResult {
  const channels = Object.entries(CHANNELS).flatMap(([channel, name]) => {
    const plain = addresses.get(channel)?.flatMap(({ text }) => {
      const revealed = text.isPlain ? text.reveal() : undefined;
      return revealed && 'text' in revealed && name.test(revealed.text) ? revealed.text : [];
    });
    return plain && plain.length > 0 ? [[channel, plain] as const] : [];
  });
  return { title: title ?? null, members: members.map(({ text }) => text), addresses: Object.fromEntries(channels) };
}
