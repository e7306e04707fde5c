import { code } from '../parts/wording.ts';
import { compareSeverities } from './check-severity.ts';
import type { ColumnSubject, TableSubject } from './rule.ts';

/** How much a breach weighs in a table, where its columns and checks say nothing else. */
export const tableSeverity: TableSubject = {
  on: 'table',
  name: 'severity',
  keys: ['severity'],
  rules: [],
  compare({ old, new: now }) {
    const found = compareSeverities(
      old.severity,
      now.severity,
      `any promise of ${code(now.name)} that sets no severity itself`,
    );
    return found.length === 0 ? 'equal' : found.map((each) => ({ ...each, below: 'severity' }));
  },
};

/** How much a breach weighs in a column: what it says itself, else what its table says. */
export const columnSeverity: ColumnSubject = {
  on: 'column',
  name: 'severity',
  keys: ['severity'],
  rules: [],
  compare({ old, new: now }, { table }) {
    const [before, after] = [old.severity ?? table.old.severity, now.severity ?? table.new.severity];
    const found = compareSeverities(before, after, `a promise of ${code(now.name)}`);
    return found.length === 0 ? 'equal' : found.map((each) => ({ ...each, below: 'severity' }));
  },
};
