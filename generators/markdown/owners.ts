import type { Raci } from '../../src/model/contract.ts';
import type { GeneratorInput, PartyInput } from '../generator.ts';
import { escaped, grid, link, span } from './text.ts';

type Parties = GeneratorInput['parties'];

/** Role → names of parties, in the order of answering. */
function roles(raci: Raci): readonly (readonly [role: string, names: readonly string[]])[] {
  const { responsible, accountable, consulted, informed } = raci;
  const texts = (parties: Raci['informed']): readonly string[] => parties.map(({ text }) => text);
  const all: readonly (readonly [string, readonly string[]])[] = [
    ['Accountable', accountable ? [accountable.text] : []],
    ['Responsible', texts(responsible)],
    ['Consulted', texts(consulted)],
    ['Informed', texts(informed)],
  ];
  return all.filter(([, names]) => names.length > 0);
}

/** Who answers, and how to reach them. */
export function ownersTable(raci: Raci, parties: Parties): string {
  const rows = roles(raci).flatMap(([role, names]) =>
    names.map((name) => [role, partyName(name, parties), reach(parties.get(name))]),
  );
  return grid(['Role', 'Party', 'How to reach them'], rows);
}

/** `accountable: sales-data; responsible: data-platform` */
export function ownersLine(raci: Raci | undefined): string {
  if (!raci) return '';
  return roles(raci)
    .map(([role, names]) => `${role.toLowerCase()}: ${names.map(span).join(', ')}`)
    .join('; ');
}

export function partyName(name: string, parties: Parties): string {
  const title = parties.get(name)?.title;
  return title === undefined ? span(name) : `${escaped(title)} (${span(name)})`;
}

function reach({ slack, email }: PartyInput = {}): string {
  const address = email !== undefined && /^[\w.+-]+@[\w.-]+$/.test(email) ? link(email, `mailto:${email}`) : '';
  return [
    ...(slack === undefined ? [] : [`Slack ${span(slack)}`]),
    ...(email === undefined ? [] : [address === '' ? span(email) : address]),
  ].join(', ');
}
