import type { Raci } from '../../model/contract.ts';
import { listed } from '../parts/wording.ts';
import { RACI_RULES, ROLE_NAMES, type Role } from './raci-rules.ts';
import type { CheckSubject, ColumnSubject, Comparison, ContractSubject, Found, Pair, TableSubject } from './rule.ts';

/** Something that has roles, with its place. */
type Owned = Pick<ContractNode, 'raci' | 'at'>;
type ContractNode = Parameters<NonNullable<ContractSubject['compare']>>[0]['old'];

/** Who answers for it, who does it, who is asked and who is told. Inherited roles are told where they are written. */
export const contractRaci: ContractSubject = {
  on: 'contract',
  name: 'raci',
  keys: ['raci'],
  rules: RACI_RULES,
  compare: (pair) => compareRoles(pair, []),
};

export const tableRaci: TableSubject = {
  on: 'table',
  name: 'raci',
  keys: ['raci'],
  rules: [],
  compare: (pair, { contract }) => compareRoles(pair, [contract]),
};

export const columnRaci: ColumnSubject = {
  on: 'column',
  name: 'raci',
  keys: ['raci'],
  rules: [],
  compare: (pair, { table, contract }) => compareRoles(pair, [table, contract]),
};

export const checkRaci: CheckSubject = {
  on: 'check',
  name: 'raci',
  keys: ['raci'],
  rules: [],
  compare: (pair, { table, contract }) => compareRoles(pair, [table, contract]),
};

/** `around`: what the roles are inherited from, nearest first. */
function compareRoles(pair: Pair<Owned>, around: readonly Pair<Owned>[]): Comparison {
  const found = [...accountable(pair, around), ...ROLE_NAMES.flatMap((role) => parties(role, pair))];
  return found.length > 0 ? found : 'equal';
}

/** Whoever answers for the whole answers for its parts: naming the same party again changes nothing. */
function accountable(pair: Pair<Owned>, around: readonly Pair<Owned>[]): readonly Found[] {
  const nameOn = (side: 'old' | 'new') =>
    [pair, ...around].map((each) => each[side].raci?.accountable?.text).find((name) => name !== undefined) ?? null;
  const [before, after] = [nameOn('old'), nameOn('new')];
  if (before === after) return [];
  const rule = before === null ? 'accountable-added' : after === null ? 'accountable-removed' : 'accountable-changed';
  const message = `${after ?? 'nobody'} answers for it, ${before ?? 'nobody'} before`;
  return [
    {
      rule,
      below: 'raci.accountable',
      before,
      after,
      message,
      ...places(pair, ({ accountable: named }) => named?.at),
      ...(before === null && { notice: true }),
    },
  ];
}

const SAID: Readonly<Record<Role, string>> = {
  responsible: 'responsible for it',
  consulted: 'consulted',
  informed: 'informed',
};

function be(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

function parties(role: Role, pair: Pair<Owned>): readonly Found[] {
  const [old, now] = [namesOf(pair.old.raci, role), namesOf(pair.new.raci, role)];
  const removed = old.filter((name) => !now.includes(name));
  const added = now.filter((name) => !old.includes(name));
  if (removed.length + added.length === 0) return [];
  const parts = [
    ...(removed.length > 0 ? [`${listed(removed)} ${be(removed)} no longer ${SAID[role]}`] : []),
    ...(added.length > 0 ? [`${listed(added)} ${be(added)} now ${SAID[role]}`] : []),
  ];
  return [
    {
      rule: `raci-${role}-${removed.length > 0 ? 'removed' : 'added'}`,
      below: `raci.${role}`,
      before: old.join(', ') || null,
      after: now.join(', ') || null,
      message: parts.join(', '),
      ...places(pair, (raci) => raci[role][0]?.at),
      ...(removed.length === 0 && { notice: true }),
    },
  ];
}

/** The key where it is there, else `raci`, else the node. */
function places(pair: Pair<Owned>, of: (raci: Raci) => Raci['at'] | undefined): Pick<Found, 'at' | 'was'> {
  const place = ({ raci, at }: Owned) => (raci && of(raci)) ?? raci?.at ?? at;
  return { at: place(pair.new), was: place(pair.old) };
}

function namesOf(raci: Raci | undefined, role: Role): readonly string[] {
  return [...new Set(raci?.[role].map(({ text }) => text))].sort();
}
