import type { Contract } from '../../model/contract.ts';
import { type Broken, brokenPromises } from '../parts/downstream-promises.ts';
import { namesContract } from '../parts/names-contract.ts';
import { affects } from './affects.ts';
import type { ConcludingContext, ContractSubject, Found } from './rule.ts';

const DAILY = `upstream:
  case: [orders]
tables:
  revenue:
    timeColumn: placed_at
    freshness: 8h
    columns:
      placed_at: instant
`;

function orders(freshness: string): string {
  return `tables:\n  orders:\n    timeColumn: placed_at\n    freshness: ${freshness}\n    columns:\n      placed_at: instant\n`;
}

/** Promises of other contracts that can no longer be kept with what this one promises. */
export const downstream: ContractSubject = {
  on: 'contract',
  name: 'downstream',
  keys: [],
  rules: [
    {
      id: 'downstream-unsatisfiable',
      purpose: 'a contract that is made from this one can no longer keep its promise',
      why: 'Data cannot be fresher, come more often or be there more of the time than what it is made from. The other contract still promises it to its own readers, who have not heard of this change at all.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'breaks', 'none'),
      // The promise that was loosened needs its own bump already.
      bump: 'none',
      remedy: 'keep the promise here, or agree with the other party on what it promises first',
      example: {
        before: orders('6h'),
        after: orders('12h'),
        around: { others: { revenue: DAILY } },
      },
      opposite: { none: 'a promise that can be kept again is no finding' },
    },
  ],
  conclude: (context) => {
    const { contract, world } = context;
    return world.new.contracts
      .filter(({ id, status }) => id !== contract.new.id && status !== 'retired')
      .flatMap((other) => {
        const upstream = other.upstream.filter((each) =>
          namesContract(each.contract, contract.new, world.new.contracts),
        );
        if (upstream.length === 0) return [];
        const isAll = upstream.some(({ columns }) => columns === 'all');
        const uses = upstream.flatMap(({ columns }) => (columns === 'all' ? [] : columns.map(({ text }) => text)));
        return broken(other, isAll ? [] : uses, context);
      });
  },
};

function broken(other: Contract, uses: readonly string[], { contract }: ConcludingContext): readonly Found[] {
  const isUsed = (table: string) =>
    uses.length === 0 || uses.some((use) => use === table || use.startsWith(`${table}.`));
  return brokenPromises(contract, other, isUsed).map((promise) => found(promise, other, contract.new));
}

/** The promise that was loosened is told by its own rule; this says whom it leaves with one that cannot be kept. */
function found(
  { below, what, before, after, promised, at, was, theirs }: Broken,
  other: Contract,
  own: Contract,
): Found {
  const party = ({ raci }: Contract) => raci?.accountable?.text ?? 'nobody';
  return {
    rule: 'downstream-unsatisfiable',
    below,
    before,
    after: `${after}, ${other.id} promises ${promised}`,
    message: `${what} ${after} (${before} before), but ${other.id} is made from it and promises ${promised}: ${party(own)} answers for this contract, ${party(other)} for that one`,
    readers: [other.id],
    at,
    was,
    related: [{ message: `${other.id} promises ${promised}`, at: theirs }],
    remedy: `keep the promise (${before}), or agree with ${party(other)} on what ${other.id} promises first`,
    ...(other.status === 'draft' && { notice: true }),
  };
}
