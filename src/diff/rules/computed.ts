import type { ChangeRule } from '../../model/change.ts';
import { isAsked } from '../parts/alias.ts';
import { compareSql } from '../parts/contract-sql.ts';
import { affects } from './affects.ts';
import type { ColumnContext, ColumnSubject, ComparedColumn, Found, Pair } from './rule.ts';

const PLAIN = 'tables:\n  orders:\n    columns:\n      id: int64\n      net: int64\n';
const GENERATED = `${PLAIN}      gross:\n        type: int64\n        generated: true\n`;
const FEATURE = `${PLAIN}    features:\n      gross:\n        type: int64\n        as: net * 2\n`;

const RULES: readonly ChangeRule[] = [
  {
    id: 'expression-changed',
    purpose: 'a feature is computed in another way',
    why: 'The name stays and the numbers change. Models trained on the old computation go on without an error and are wrong.',
    direction: 'incomparable',
    categories: ['meaning'],
    effects: affects('warns', 'none', 'warns', 'none'),
    bump: 'major',
    remedy: 'give the new computation a name of its own, and deprecate the old one',
    example: { before: FEATURE, after: FEATURE.replace('* 2', '* 3') },
    opposite: 'expression-changed',
  },
  {
    id: 'column-became-generated',
    purpose: 'the database fills a column that writers filled',
    why: 'Inserts that give a value fail. Readers may see other values than the writers gave.',
    direction: 'incomparable',
    categories: ['write'],
    effects: affects('warns', 'none', 'warns', 'breaks'),
    bump: 'minor',
    remedy: 'take the column out of all inserts first',
    example: { before: `${PLAIN}      gross: int64\n`, after: GENERATED },
    opposite: 'column-no-longer-generated',
  },
  {
    id: 'column-no-longer-generated',
    purpose: 'writers have to fill a column that the database filled',
    why: 'Inserts that do not know the column leave it empty. Readers may see other values than the database gave.',
    direction: 'incomparable',
    categories: ['write'],
    effects: affects('warns', 'none', 'warns', 'breaks'),
    bump: 'minor',
    remedy: 'fill the column in all inserts first, or give it a `default`',
    example: { before: GENERATED, after: `${PLAIN}      gross: int64\n` },
    opposite: 'column-became-generated',
  },
  {
    id: 'column-became-feature',
    purpose: 'a column is no longer in the table: it is computed from others',
    why: 'SQL that names the column fails, since the table does not have it. Models that go through the contract still get it, and so do typed accessors once they ask for it by name: whole rows do not hold it any more.',
    direction: 'loosen',
    categories: ['schema'],
    effects: affects('breaks', 'breaks', 'warns', 'warns'),
    bump: 'major',
    remedy: 'keep the column in the table and deprecate it, and give the feature a name of its own',
    example: { before: `${PLAIN}      gross: int64\n`, after: FEATURE },
    opposite: 'feature-became-column',
  },
  {
    id: 'feature-became-column',
    purpose: 'what was computed from other columns is stored in the table',
    why: 'Readers find it in the table, and `SELECT *` has one column more. Writers have to fill it, and may fill it otherwise than it was computed.',
    direction: 'tighten',
    categories: ['schema'],
    effects: affects('warns', 'none', 'warns', 'warns'),
    bump: 'minor',
    remedy: 'let the database compute it with `generated: true`, or see that all writers fill it',
    example: { before: FEATURE, after: `${PLAIN}      gross: int64\n` },
    opposite: 'column-became-feature',
  },
];

/** Values that nobody writes: features, and columns that the database fills. */
export const computed: ColumnSubject = {
  on: 'column',
  name: 'computed',
  keys: ['as', 'generated'],
  rules: RULES,
  compare({ old, new: now }, context) {
    if (old.as && now.as) return expression({ old, new: now }, context);
    if (old.as || now.as) return [moved({ old, new: now })];
    if (old.generated === now.generated) return 'equal';
    const values = { before: String(old.generated), after: String(now.generated) };
    if (now.generated) {
      const message = 'the database fills it, writers did before';
      return [{ rule: 'column-became-generated', ...values, message }];
    }
    const message = `writers ${isAsked(now) ? 'have to' : 'may'} fill it, the database did before`;
    return [{ rule: 'column-no-longer-generated', ...values, message }];
  },
};

function expression({ old, new: now }: Pair<ComparedColumn>, context: ColumnContext): readonly Found[] | 'equal' {
  const sql = compareSql(context);
  if (sql.same(old.as, now.as)) return 'equal';
  const { old: before, new: after } = sql.texts(old.as, now.as);
  const message = `it is computed as \`${after}\`, as \`${before}\` before`;
  return [{ rule: 'expression-changed', before, after, message }];
}

function moved({ old, new: now }: Pair<ComparedColumn>): Found {
  if (now.as) {
    const message = 'it is computed from other columns and no longer in the table';
    return { rule: 'column-became-feature', before: 'column', after: 'feature', message };
  }
  const asked = isAsked(now) ? ', and every row has to have it' : '';
  return {
    rule: 'feature-became-column',
    before: 'feature',
    after: 'column',
    message: `it is a column of the table, computed from \`${old.as?.text.trim()}\` before${asked}`,
  };
}
