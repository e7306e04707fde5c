import type { PartyResult, RaciResult, Run } from '../../src/model/run.ts';
import { shown } from '../gate-words.ts';
import { mailAddress } from './addresses.ts';

/** People of a team that are shown. */
const MOST = 20;

/** A party with the ways to reach it; one without addresses is reached through its members. */
export function partyView(name: string, run: Run) {
  const party = own(run, name);
  const reached = [...waysOf(party), ...membersOf(party).flatMap((member) => waysOf(own(run, member), shown(member)))];
  return {
    name: shown(name),
    title: party?.title ? shown(party.title) : null,
    members: membersOf(party).map((member) => shown(member)),
    ways: reached.slice(0, MOST),
  };
}

function own(run: Run, name: string): PartyResult | undefined {
  return Object.hasOwn(run.parties, name) ? run.parties[name] : undefined;
}

function membersOf(party: PartyResult | undefined): readonly string[] {
  return party?.members.slice(0, MOST) ?? [];
}

function waysOf(party: PartyResult | undefined, who = '') {
  return Object.entries(party?.addresses ?? {}).flatMap(([channel, addresses]) =>
    addresses.map((address) => ({
      channel: `${who === '' ? '' : `${who}, `}${shown(channel)}`,
      text: shown(address),
      address: channel === 'email' ? mailAddress(address) : null,
    })),
  );
}

/** Who does it, who answers for it, who is asked before and who is told after. */
export function raciView(raci: RaciResult | null, run: Run) {
  if (!raci) return null;
  const { responsible, accountable, consulted, informed } = raci;
  const roles = [
    ['Responsible', responsible],
    ['Accountable', accountable === null ? [] : [accountable]],
    ['Consulted', consulted],
    ['Informed', informed],
  ] as const;
  return roles
    .filter(([, names]) => names.length > 0)
    .map(([role, names]) => ({ role, parties: names.map((name) => partyView(name, run)) }));
}
