import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

const ORDERS = 'tables:\n  orders:\n    columns:\n      id: int64\n';
const RACI = 'raci:\n  accountable: sales\n';

function deprecatedUntil(sunset: string): string {
  return `status: deprecated\ndeprecated:\n  sunset: ${sunset}\n${RACI}${ORDERS}`;
}

export const CONTRACT_RULES: readonly ChangeRule[] = [
  {
    id: 'contract-added',
    purpose: 'a contract is new',
    why: 'Its tables are promised for the first time, so nobody relies on them yet. Everything in it is new with it.',
    direction: 'tighten',
    categories: ['schema'],
    effects: affects('none', 'none', 'none', 'none'),
    bump: 'minor',
    remedy: 'nothing to do; start as `status: draft` where the promise is not settled yet',
    example: { before: null, after: ORDERS },
    opposite: 'contract-removed',
  },
  {
    id: 'contract-removed',
    purpose: 'a contract is gone, and no day was announced for it',
    why: 'Every reader of its tables loses all promises at once, and what is generated from it no longer compiles. Moving or renaming the file is no removal: a contract is found by its id.',
    direction: 'loosen',
    categories: ['schema'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    removesName: true,
    remedy: 'keep it with `status: deprecated` and a sunset, and remove it after that day',
    example: { before: ORDERS, after: null },
    opposite: 'contract-added',
  },
  {
    id: 'contract-removed-before-sunset',
    purpose: 'a contract is gone before the day that was announced',
    why: 'Readers plan their move by the announced day. Before it they still read the tables.',
    direction: 'loosen',
    categories: ['schema', 'life-cycle'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    removesName: true,
    remedy: 'keep the contract until its sunset',
    example: { before: deprecatedUntil('2099-12-31'), after: null },
    opposite: { none: 'a contract that comes back is `contract-added`' },
  },
  {
    id: 'contract-removed-after-sunset',
    purpose: 'a contract is gone on or after the day that was announced, or was retired before',
    why: 'Readers were told in time. Generated accessors that somebody still imports stop compiling.',
    direction: 'loosen',
    categories: ['life-cycle'],
    effects: affects('none', 'breaks', 'none', 'none'),
    bump: 'major',
    notice: true,
    remedy: 'nothing to do; tell whoever still imports the generated code',
    example: { before: deprecatedUntil('2020-12-31'), after: null },
    opposite: { none: 'a contract that comes back is `contract-added`' },
  },
  {
    id: 'last-version-removed',
    purpose: 'the last version of a contract is gone, and nothing takes its place',
    why: 'Readers that name the contract without a version were moved on to the next one so far. Now there is none, and no other contract was named instead.',
    direction: 'loosen',
    categories: ['schema', 'life-cycle'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    removesName: true,
    remedy:
      'name in `deprecated: { replacedBy: … }` what readers should use, or retire the contract before it is removed',
    example: {
      before: `contract: case@1\nversion: 1.0.0\n${deprecatedUntil('2020-12-31')}`,
      after: null,
    },
    opposite: { none: 'a contract that comes back is `contract-added`' },
  },
  {
    id: 'contract-id-changed',
    purpose: 'a contract has another id',
    why: 'Consumers, contracts downstream, waivers and the history of its checks are registered under the id: they all lose it. Generated code moves to another module.',
    direction: 'incomparable',
    categories: ['life-cycle'],
    effects: affects('none', 'breaks', 'none', 'none'),
    bump: 'major',
    remedy: 'keep the id: a contract may be moved to another file, and its title may say anything',
    example: {
      before: `contract: shop.orders\nversion: 1.0.0\n${RACI}${ORDERS}`,
      after: `contract: shop.sales\nversion: 2.0.0\n${RACI}${ORDERS}`,
    },
    opposite: 'contract-id-changed',
  },
];
