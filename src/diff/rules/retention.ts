import type { Column, Table } from '../../model/contract.ts';
import type { Duration } from '../../model/threshold.ts';
import { compareLimits, durationDifference, type Order, printLength } from '../parts/order.ts';
import { instead } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { Found, TableContext, TableSubject } from './rule.ts';

type Retention = Table['retention'];

/** Longer is `looser` here: more rows are kept. */
const RULE: Readonly<Record<Exclude<Order, 'equal'>, string>> = {
  looser: 'retention-extended',
  tighter: 'retention-shortened',
  incomparable: 'retention-changed',
};

/** How far a table reaches back, and how old its rows may get. */
export const retention: TableSubject = {
  on: 'table',
  name: 'retention',
  keys: ['retention'],
  rules: [
    {
      id: 'retention-shortened',
      purpose: 'rows are kept for a shorter time, or for no promised time',
      why: 'History goes away: comparisons with last year, training data and audits find nothing, and it cannot be brought back.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'breaks', 'none'),
      bump: 'major',
      remedy:
        'keep the old rows in an archive table, or raise the major version and tell the readers before anything is deleted',
      example: {
        before: `tables:
  orders:
    timeColumn: at
    retention: { min: 2y }
    columns:
      at: instant
`,
        after: `tables:
  orders:
    timeColumn: at
    retention: { min: 1y }
    columns:
      at: instant
`,
      },
      opposite: 'retention-extended',
    },
    {
      id: 'retention-extended',
      purpose: 'rows are kept for a longer time',
      why: 'Readers get more history. Where columns hold personal or confidential values, keeping them for longer needs a reason and somebody who answers for it; elsewhere it is only told.',
      direction: 'tighten',
      categories: ['guarantee', 'governance'],
      effects: affects('none', 'none', 'none', 'approval'),
      bump: 'minor',
      remedy: 'have whoever answers for the classified columns approve it',
      example: {
        before: `tables:
  orders:
    timeColumn: at
    retention: { max: 1y }
    columns:
      at: instant
      email: { type: string, classification: pii }
`,
        after: `tables:
  orders:
    timeColumn: at
    retention: { max: 2y }
    columns:
      at: instant
      email: { type: string, classification: pii }
`,
      },
      opposite: 'retention-shortened',
    },
    {
      id: 'retention-changed',
      purpose: 'rows are kept for another time, and which one is longer depends on the month',
      why: 'A month has 28 to 31 days: in some months history is lost, in others it is kept for longer.',
      direction: 'incomparable',
      categories: ['guarantee', 'governance'],
      effects: affects('breaks', 'none', 'breaks', 'approval'),
      bump: 'major',
      remedy: 'say the new time in the unit of the old one',
      example: {
        before: `tables:
  orders:
    timeColumn: at
    retention: { min: 30d }
    columns:
      at: instant
`,
        after: `tables:
  orders:
    timeColumn: at
    retention: { min: 1mo }
    columns:
      at: instant
`,
      },
      opposite: 'retention-changed',
    },
  ],
  compare({ old, new: now }, context) {
    const min = compareMin(old.retention?.min, now.retention?.min);
    const max = compareLimits(old.retention?.max, now.retention?.max, durationDifference);
    const found = [
      ...part('min', min, old.retention, now.retention, context),
      ...part('max', max, old.retention, now.retention, context),
    ];
    return found.length === 0 ? 'equal' : found;
  },
};

/** Without `min` no history is promised. */
function compareMin(old: Duration | undefined, now: Duration | undefined): Order {
  if (old === undefined) return now === undefined ? 'equal' : 'looser';
  return now === undefined ? 'tighter' : compareLimits(old, now, durationDifference);
}

function part(
  key: 'min' | 'max',
  order: Order,
  old: Retention,
  now: Retention,
  { table, world }: TableContext,
): readonly Found[] {
  if (order === 'equal') return [];
  const [before, after] = [old?.[key], now?.[key]].map((duration) => (duration ? printLength(duration) : null));
  const isHidden = ({ classification }: Column) =>
    classification !== undefined && world.new.showingOf(classification.text) !== 'show';
  const hidden = table.new.columns.filter(isHidden);
  const names =
    order !== 'tighter' && hidden.length > 0 ? `; it holds ${hidden.map(({ name }) => name).join(', ')}` : '';
  const words = instead(after ?? null, before ?? null, key === 'min' ? 'no promised time' : 'any time');
  return [
    {
      rule: RULE[order],
      below: `retention.${key}`,
      before: before ?? null,
      after: after ?? null,
      message: `${key === 'min' ? 'the table reaches back' : 'a row may be kept for'} ${words}${names}`,
      ...(now && { at: now.at }),
      ...(old && { was: old.at }),
      // Nobody has to approve that harmless rows are kept.
      ...(order === 'looser' && hidden.length === 0 && { notice: true }),
      ...(order === 'tighter' && key === 'min' && { lost: 'the promise that older rows are there' }),
      ...(order === 'tighter' && key === 'max' && { lost: `rows older than ${after}` }),
    },
  ];
}
