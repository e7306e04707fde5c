import type { Contract } from '../../model/contract.ts';
import { removalMessage, removalOf, removalSuffix } from '../parts/sunset.ts';
import { CONTRACT_RULES } from './contract-rules.ts';
import type { ContractSubject, Found, LoneContext } from './rule.ts';

/** Whole contracts: there or not, and under which id. */
export const contract: ContractSubject = {
  on: 'contract',
  name: 'contract',
  keys: ['id', 'name'],
  rules: CONTRACT_RULES,
  compare: ({ old, new: now }) => [
    {
      rule: 'contract-id-changed',
      below: 'contract',
      before: old.id,
      after: now.id,
      message: `the contract's id is ${now.id}, ${old.id} before`,
    },
  ],
  added: (added) => [
    {
      rule: 'contract-added',
      before: null,
      after: added.id,
      message: `contract ${added.id} is new, at ${added.version}`,
    },
  ],
  removed: (removed, context) => [removal(removed, context)],
};

function removal(contract: Contract, { world, policy }: LoneContext): Found {
  const { id, status, deprecated } = contract;
  const values = { before: id, after: null };
  const judged = removalOf([deprecated], policy.asOf);
  const message = removalMessage(`contract ${id}`, judged);
  // Nobody was to rely on a draft.
  if (status === 'draft') return { rule: 'contract-removed', ...values, message: `draft ${message}`, notice: true };
  if (status === 'retired' && judged.kind === 'unannounced') {
    const retired = `contract ${id} is removed; it was retired`;
    return { rule: 'contract-removed-after-sunset', ...values, message: retired, notice: true };
  }
  if (judged.kind === 'after' && status !== 'retired' && isLast(contract, world.new.contracts)) {
    return {
      rule: 'last-version-removed',
      ...values,
      message: `${message}, and no other version or contract replaces it`,
    };
  }
  const notice = judged.kind === 'after';
  return { rule: `contract-removed${removalSuffix(judged)}`, ...values, message, ...(notice && { notice }) };
}

/** Of contracts whose versions live side by side: whether readers have nowhere to go. */
function isLast({ id, name, deprecated }: Contract, left: readonly Contract[]): boolean {
  const isServed = ({ status }: Contract) => status === 'active' || status === 'deprecated';
  return (
    id.includes('@') &&
    deprecated?.replacedBy === undefined &&
    !left.some((other) => other.name === name && isServed(other))
  );
}
