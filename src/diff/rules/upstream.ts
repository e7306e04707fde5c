import type { ChangeRule } from '../../model/change.ts';
import type { Contract } from '../../model/contract.ts';
import { contractNamed } from '../parts/names-contract.ts';
import { renamedUse } from '../parts/renamed-use.ts';
import { usesChange } from '../parts/uses-change.ts';
import { affects } from './affects.ts';
import type { ContractContext, ContractSubject, Found, Pair } from './rule.ts';

type Upstream = Contract['upstream'][number];

const TABLES = 'tables:\n  orders:\n    columns:\n      id: int64\n';

function read(columns: string): string {
  return `${TABLES}upstream:\n  external:crm: ${columns}\n`;
}

const GOVERNANCE = { direction: 'annotate', categories: ['governance'], bump: 'patch' } as const;
const LOSS = { ...GOVERNANCE, effects: affects('warns', 'none', 'none', 'none') } as const;
const GAIN = { ...GOVERNANCE, effects: affects('none', 'none', 'none', 'none') } as const;

const RULES: readonly ChangeRule[] = [
  {
    ...LOSS,
    id: 'upstream-removed',
    purpose: 'a contract is no longer said to be read',
    why: 'Whoever changes it no longer sees that this contract is made from it. If it still is, the next break there comes without a warning.',
    remedy: 'see that nothing is made from it any more',
    example: { before: read('all'), after: TABLES },
    opposite: 'upstream-added',
  },
  {
    ...GAIN,
    id: 'upstream-added',
    purpose: 'another contract is read',
    why: 'Changes there count as breaking this contract from now on, and its promises have to be kept with what that one promises.',
    remedy: 'see that the promises here are not stronger than those there',
    example: { before: TABLES, after: read('all') },
    opposite: 'upstream-removed',
  },
  {
    ...LOSS,
    id: 'upstream-columns-removed',
    purpose: 'less of another contract is said to be read',
    why: 'A change of what is no longer named does not count as breaking this contract. If it is read on, nobody will warn.',
    remedy: 'see that nothing is made from it any more',
    example: { before: read('[accounts.id, accounts.name]'), after: read('[accounts.id]') },
    opposite: 'upstream-columns-added',
  },
  {
    ...GAIN,
    id: 'upstream-columns-added',
    purpose: 'more of another contract is read',
    why: 'Changes of what is named count as breaking this contract from now on.',
    remedy: 'nothing to do',
    example: { before: read('[accounts.id]'), after: read('[accounts.id, accounts.name]') },
    opposite: 'upstream-columns-removed',
  },
];

/** Which contracts the tables are made from, and what of them. */
export const upstream: ContractSubject = {
  on: 'contract',
  name: 'upstream',
  keys: ['upstream'],
  rules: RULES,
  compare({ old, new: now }, context) {
    // `shop.raw` and `shop.raw@1` may be one contract.
    const idOf = (side: 'old' | 'new', { contract }: Upstream) =>
      contractNamed(contract, context.world[side].contracts)?.id ?? contract;
    const before = new Map(old.upstream.map((each) => [idOf('old', each), each]));
    const after = new Map(now.upstream.map((each) => [idOf('new', each), each]));
    const found = [
      ...[...before].flatMap(([id, each]) => (after.has(id) ? [] : [removed(each)])),
      ...[...after].flatMap(([id, each]) => {
        const was = before.get(id);
        return was ? columns({ old: was, new: each }, context) : [added(each)];
      }),
    ];
    return found.length > 0 ? found : 'equal';
  },
};

function removed({ contract, at }: Upstream): Found {
  const message = `contract ${contract} is no longer read`;
  return { rule: 'upstream-removed', below: `upstream.${contract}`, before: contract, after: null, message, was: at };
}

function added({ contract, at }: Upstream): Found {
  const message = `contract ${contract} is read`;
  return { rule: 'upstream-added', below: `upstream.${contract}`, before: null, after: contract, message, at };
}

function columns(pair: Pair<Upstream>, { world }: ContractContext): readonly Found[] {
  const { old, new: now } = pair;
  const named = (side: 'old' | 'new') => contractNamed(pair[side].contract, world[side].contracts);
  const read = { old: named('old'), new: named('new') };
  // What was renamed there is followed here.
  const renamed = (use: string) => (read.old && read.new ? renamedUse(use, { old: read.old, new: read.new }) : use);
  const change = usesChange(textsOf(old).map(renamed), textsOf(now));
  if (!change) return [];
  return [
    {
      rule: change.removed.length > 0 ? 'upstream-columns-removed' : 'upstream-columns-added',
      below: `upstream.${now.contract}`,
      before: change.before,
      after: change.after,
      message: `of contract ${now.contract} it ${change.said}`,
      at: now.at,
      was: old.at,
    },
  ];
}

/** None means everything. */
function textsOf({ columns: list }: Upstream): readonly string[] {
  return list === 'all' ? [] : list.map(({ text }) => text);
}
