import { instead } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { TableSubject } from './rule.ts';

/** By which columns a table is laid out. */
export const partitioning: TableSubject = {
  on: 'table',
  name: 'partitioning',
  keys: ['partitionedBy'],
  rules: [
    {
      id: 'partitioning-changed',
      purpose: 'the table is laid out by other columns',
      why: 'Queries that read one partition so far may read the whole table: slower, dearer, or refused. Jobs that load a partition at a time have to change.',
      direction: 'incomparable',
      categories: ['schema'],
      effects: affects('warns', 'none', 'none', 'warns'),
      bump: 'minor',
      remedy: 'tell the readers which column to filter by',
      example: {
        before: 'tables:\n  orders:\n    partitionedBy: [day]\n    columns:\n      day: date\n      country: string\n',
        after:
          'tables:\n  orders:\n    partitionedBy: [country]\n    columns:\n      day: date\n      country: string\n',
      },
      opposite: 'partitioning-changed',
    },
  ],
  compare({ old, new: now }, { renamed }) {
    const before = [...new Set(old.partitionedBy?.columns.map(({ text }) => renamed(text)))].sort().join(', ');
    const after = [...new Set(now.partitionedBy?.columns.map(({ text }) => text))].sort().join(', ');
    if (before === after) return 'equal';
    return [
      {
        rule: 'partitioning-changed',
        below: 'partitionedBy',
        before: before || null,
        after: after || null,
        message: `the table is partitioned by ${instead(after ? `(${after})` : null, before ? `(${before})` : null, 'nothing')}`,
        ...(now.partitionedBy && { at: now.partitionedBy.at }),
        ...(old.partitionedBy && { was: old.partitionedBy.at }),
      },
    ];
  },
};
