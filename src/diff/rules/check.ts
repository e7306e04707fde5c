import type { DeclaredCheck, WrittenText } from '../../model/contract.ts';
import { printReference } from '../parts/reference-text.ts';
import { normalSql } from '../parts/sql-text.ts';
import { shownSql } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { CheckSubject, Found } from './rule.ts';

const GUARANTEE = { categories: ['guarantee'] } as const;

/** Declared checks: there or not, and under which id. */
export const check: CheckSubject = {
  on: 'check',
  name: 'check',
  keys: ['id'],
  rules: [
    {
      ...GUARANTEE,
      id: 'check-removed',
      purpose: 'a declared check is gone',
      why: 'Readers relied on the check without seeing it: rows that it would have found can come from now on, and nothing says so.',
      direction: 'loosen',
      effects: affects('breaks', 'none', 'breaks', 'none'),
      bump: 'major',
      remedy: 'keep the check, or raise the major version and tell the readers',
      example: {
        before:
          'tables:\n  orders:\n    columns:\n      amount: int64\n    checks:\n      paid: amount > 0\n      cheap: amount < 1000\n',
        after: 'tables:\n  orders:\n    columns:\n      amount: int64\n    checks:\n      paid: amount > 0\n',
      },
      opposite: 'check-added',
    },
    {
      ...GUARANTEE,
      id: 'check-added',
      purpose: 'a check was declared',
      why: 'Readers get one promise more. Rows that are there already, and pipelines that know nothing of it, may break it.',
      direction: 'tighten',
      effects: affects('none', 'none', 'none', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the rows there pass',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      amount: int64\n    checks:\n      paid: amount > 0\n',
        after:
          'tables:\n  orders:\n    columns:\n      amount: int64\n    checks:\n      paid: amount > 0\n      cheap: amount < 1000\n',
      },
      opposite: 'check-removed',
    },
    {
      id: 'check-renamed',
      purpose: 'a check says the same under a new id',
      why: 'The promise is what it was. Its history, its incidents and whatever was set up for its id stay with the old id.',
      direction: 'annotate',
      categories: ['life-cycle'],
      effects: affects('none', 'none', 'none', 'none'),
      bump: 'patch',
      remedy: 'keep the id where its history is of use',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      amount: int64\n    checks:\n      paid: amount > 0\n',
        after: 'tables:\n  orders:\n    columns:\n      amount: int64\n    checks:\n      has-amount: amount > 0\n',
      },
      opposite: 'check-renamed',
    },
  ],
  compare({ old, new: now }) {
    return [
      {
        rule: 'check-renamed',
        before: old.id,
        after: now.id,
        message: `the check "${old.id}" is now called "${now.id}": its history stays with the old id`,
        at: now.at,
        was: old.at,
        notice: true,
      },
    ];
  },
  added(node, { table }): readonly Found[] {
    const body = bodyOf(node);
    return [
      {
        rule: 'check-added',
        before: null,
        after: body,
        message: `"${node.id}" is checked for the first time: ${bodyOf(node, shownSql)}`,
        checks: [`${table.new.name}.${node.id}`],
      },
    ];
  },
  removed(node): readonly Found[] {
    const body = bodyOf(node);
    return [
      {
        rule: 'check-removed',
        before: body,
        after: null,
        message: `"${node.id}" is no longer checked: ${bodyOf(node, shownSql)}`,
      },
    ];
  },
};

/** What a check asks: with its SQL as normal text, or as `sql` shows it. */
export function bodyOf(
  node: DeclaredCheck,
  sql: (text: WrittenText) => string = ({ text }) => normalSql(text),
): string {
  const names = ({ columns }: { readonly columns: readonly WrittenText[] }) =>
    columns.map(({ text }) => text).join(', ');
  const of = (): string => {
    switch (node.kind) {
      case 'expect':
        return sql(node.condition);
      case 'failingRows':
        return `no row of ${sql(node.query)}`;
      case 'metric':
        return sql(node.metric);
      case 'unique':
        return `(${names(node.columns)}) is unique`;
      case 'references':
        return `(${names(node.columns)}) is in (${node.to.map((to) => printReference(to)).join(', ')})`;
    }
  };
  return `${of()}${node.where ? ` where ${sql(node.where)}` : ''}`;
}
