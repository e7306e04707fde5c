import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

const ORDERS = 'tables:\n  orders:\n    columns:\n      id: int64\n';
const REFUNDS = '  refunds:\n    columns:\n      id: int64\n';

function refundsUntil(sunset: string): string {
  return `${ORDERS}  refunds:\n    deprecated:\n      sunset: ${sunset}\n    columns:\n      id: int64\n`;
}

export const TABLE_RULES: readonly ChangeRule[] = [
  {
    id: 'table-added',
    purpose: 'a table is new',
    why: 'Nobody reads it yet. All of its columns and checks are new with it.',
    direction: 'tighten',
    categories: ['schema'],
    effects: affects('none', 'none', 'none', 'none'),
    bump: 'minor',
    remedy: 'nothing to do',
    example: { before: ORDERS, after: ORDERS + REFUNDS },
    opposite: 'table-removed',
  },
  {
    id: 'table-removed',
    purpose: 'a table is gone, and no day was announced for it',
    why: 'Queries on it fail, and generated accessors lose the whole module part. Writers still fill a table that nobody answers for.',
    direction: 'loosen',
    categories: ['schema'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    removesName: true,
    remedy: 'keep it with `deprecated: { since, sunset, replacedBy }`, and remove it after that day',
    example: { before: ORDERS + REFUNDS, after: ORDERS },
    opposite: 'table-added',
  },
  {
    id: 'table-removed-before-sunset',
    purpose: 'a table is gone before the day that was announced',
    why: 'Readers plan their move by the announced day. Before it they still read the table.',
    direction: 'loosen',
    categories: ['schema', 'life-cycle'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    removesName: true,
    remedy: 'keep the table until its sunset',
    example: { before: refundsUntil('2099-12-31'), after: ORDERS },
    opposite: { none: 'a table that comes back is `table-added`' },
  },
  {
    id: 'table-removed-after-sunset',
    purpose: 'a table is gone on or after the day that was announced',
    why: 'Readers were told in time. Generated accessors that somebody still imports stop compiling.',
    direction: 'loosen',
    categories: ['life-cycle'],
    effects: affects('none', 'breaks', 'none', 'none'),
    bump: 'major',
    notice: true,
    remedy: 'raise the major version',
    example: { before: refundsUntil('2020-12-31'), after: ORDERS },
    opposite: { none: 'a table that comes back is `table-added`' },
  },
  {
    id: 'table-renamed',
    purpose: 'a table has another name, and the old one is gone',
    why: 'Every query, accessor and pipeline that has the old name fails.',
    direction: 'incomparable',
    categories: ['schema', 'code'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    removesName: true,
    remedy:
      'serve the old name on as a table of its own with `deprecated: { sunset, replacedBy }`, for instance as a view',
    example: {
      before: ORDERS,
      after: 'tables:\n  sales:\n    renamedFrom: orders\n    columns:\n      id: int64\n',
    },
    opposite: 'table-renamed',
  },
  {
    id: 'table-renamed-aliased',
    purpose: 'a table has a new name, and is served under the old one too until it goes',
    why: 'Readers can move when they like before the sunset. Writers have to fill both, or keep one of them as a view.',
    direction: 'incomparable',
    categories: ['schema', 'code'],
    effects: affects('none', 'none', 'none', 'warns'),
    bump: 'minor',
    remedy: 'tell the readers of the old name; make it a view of the new one',
    example: {
      before: ORDERS,
      after:
        'tables:\n  orders:\n    deprecated:\n      sunset: 2099-12-31\n      replacedBy: sales\n    columns:\n      id: int64\n  sales:\n    columns:\n      id: int64\n',
    },
    opposite: { none: 'when the alias goes, the old name is `table-removed` or out of its sunset' },
  },
];
