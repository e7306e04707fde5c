import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

/** Orders that say how fresh they are, or nothing of it. */
function orders(promise: string | null, timeColumn = 'at'): string {
  const lines = promise === null ? [] : [`    freshness: ${promise}`];
  return [
    'tables:',
    '  orders:',
    `    timeColumn: ${timeColumn}`,
    ...lines,
    '    columns:',
    '      at: instant',
    '      loaded: instant',
    '',
  ].join('\n');
}

const LIMIT = { categories: ['guarantee'] } as const;

/** What can happen to the promise how old the newest row may be. */
export const FRESHNESS_RULES: readonly ChangeRule[] = [
  {
    ...LIMIT,
    id: 'freshness-loosened',
    purpose: 'the newest row may be older than before',
    why: 'Reports, models and contracts downstream that were built on the old limit read data that is too old, and nothing tells them.',
    direction: 'loosen',
    effects: affects('breaks', 'none', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep the limit, or raise the major version and tell the readers',
    example: { before: orders('6h'), after: orders('12h') },
    opposite: 'freshness-tightened',
  },
  {
    ...LIMIT,
    id: 'freshness-tightened',
    purpose: 'the newest row has to be younger than before',
    why: 'Readers get more than they had. A pipeline that met the old limit may miss the new one.',
    direction: 'tighten',
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'see with --live that the table keeps the new limit',
    example: { before: orders('12h'), after: orders('6h') },
    opposite: 'freshness-loosened',
  },
  {
    ...LIMIT,
    id: 'freshness-changed',
    purpose: 'of the limits that warn and that fail, one got later and the other earlier',
    why: 'Readers lose one of the limits that they knew, and the pipeline has to meet another one.',
    direction: 'incomparable',
    effects: affects('breaks', 'none', 'breaks', 'data'),
    bump: 'major',
    remedy: 'keep both limits at least as they were, or raise the major version',
    example: {
      before: orders('{ within: { warn: 1h, fail: 6h } }'),
      after: orders('{ within: { warn: 2h, fail: 4h } }'),
    },
    opposite: 'freshness-changed',
  },
  {
    ...LIMIT,
    id: 'freshness-removed',
    purpose: 'how old the newest row may be is no longer promised',
    why: 'The data can stop coming without a breach: readers go on with old rows and nobody is told.',
    direction: 'loosen',
    effects: affects('breaks', 'none', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep a limit that the table can meet, or raise the major version and tell the readers',
    example: { before: orders('6h'), after: orders(null) },
    opposite: 'freshness-added',
  },
  {
    ...LIMIT,
    id: 'freshness-added',
    purpose: 'how old the newest row may be is promised for the first time',
    why: 'Readers get more than they had. A pipeline that knew no limit may miss it.',
    direction: 'tighten',
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'see with --live that the table keeps the limit',
    example: { before: orders(null), after: orders('6h') },
    opposite: 'freshness-removed',
  },
  {
    id: 'freshness-reference-changed',
    purpose: 'the age of the newest row is read from another column',
    why: 'When something happened and when it was loaded are two times: the same limit now promises something else, and data that is late can look fresh.',
    direction: 'incomparable',
    categories: ['meaning'],
    effects: affects('breaks', 'none', 'breaks', 'warns'),
    bump: 'major',
    remedy: 'keep the column, or raise the major version and say which time is meant',
    example: { before: orders('6h'), after: orders('6h', 'loaded') },
    opposite: 'freshness-reference-changed',
  },
];
