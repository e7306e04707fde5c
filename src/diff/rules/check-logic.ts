import type { DeclaredCheck } from '../../model/contract.ts';
import { compareSql, type SqlComparison } from '../parts/contract-sql.ts';
import { referenceTarget } from '../parts/reference-target.ts';
import { printReference } from '../parts/reference-text.ts';
import { instead, shownSql } from '../parts/wording.ts';
import { affects } from './affects.ts';
import { bodyOf } from './check.ts';
import { withCheck } from './check-example.ts';
import type { CheckContext, CheckSubject, Comparison, Found, Pair } from './rule.ts';

type Of<K extends DeclaredCheck['kind']> = Pair<Extract<DeclaredCheck, { readonly kind: K }>>;

/** What a check asks: its SQL, its columns, what it refers to. */
export const checkLogic: CheckSubject = {
  on: 'check',
  name: 'check-logic',
  keys: ['kind', 'condition', 'query', 'metric', 'columns', 'to'],
  rules: [
    {
      id: 'check-logic-loosened',
      purpose: 'a row condition lost some of its parts',
      why: 'Rows that break only the part that is gone pass from now on, and whoever relied on it is not told.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'breaks', 'none'),
      bump: 'major',
      remedy: 'keep the part, or raise the major version and tell the readers',
      example: {
        before: withCheck(['expect: amount > 0 and status is not null']),
        after: withCheck(['expect: amount > 0']),
      },
      opposite: 'check-logic-tightened',
    },
    {
      id: 'check-logic-tightened',
      purpose: 'a row condition has further parts',
      why: 'Readers get more than they had. Rows that met the old condition may break the new part.',
      direction: 'tighten',
      categories: ['guarantee'],
      effects: affects('none', 'none', 'none', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the rows there pass',
      example: {
        before: withCheck(['expect: amount > 0']),
        after: withCheck(['expect: amount > 0 and status is not null']),
      },
      opposite: 'check-logic-loosened',
    },
    {
      id: 'check-logic-changed',
      purpose: 'a check asks something else under its old id',
      why: 'Whether the new SQL finds as much as the old one cannot be told from its text. Readers who know the check by its id go on trusting it.',
      direction: 'incomparable',
      categories: ['guarantee'],
      effects: affects('warns', 'none', 'warns', 'warns'),
      bump: 'minor',
      remedy: 'run both on the live rows and look at what only one of them finds; give a new question a new id',
      example: {
        before: withCheck(['expect: amount > 0']),
        after: withCheck(['expect: amount > 100']),
      },
      opposite: 'check-logic-changed',
    },
  ],
  compare({ old, new: now }, context) {
    const sql = compareSql(context);
    if (old.kind === 'expect' && now.kind === 'expect') return conditions({ old, new: now }, context, sql);
    if (old.kind === 'failingRows' && now.kind === 'failingRows') {
      if (sql.same(old.query, now.query)) return 'equal';
      const texts = sql.texts(old.query, now.query);
      return [{ ...changed(texts.old, texts.new, old, now), at: now.query.at, was: old.query.at }];
    }
    if (old.kind === 'metric' && now.kind === 'metric') {
      if (sql.same(old.metric, now.metric)) return 'equal';
      const texts = sql.texts(old.metric, now.metric);
      return [{ ...changed(texts.old, texts.new, old, now), at: now.metric.at, was: old.metric.at }];
    }
    if (old.kind === 'unique' && now.kind === 'unique') return uniqueColumns({ old, new: now }, context);
    if (old.kind === 'references' && now.kind === 'references') return references({ old, new: now }, context);
    return 'equal';
  },
};

function changed(before: string | null, after: string | null, old: DeclaredCheck, now: DeclaredCheck): Found {
  return {
    rule: 'check-logic-changed',
    before,
    after,
    message: `the check asks for ${bodyOf(now, shownSql)}, for ${bodyOf(old, shownSql)} before`,
    at: now.at,
    was: old.at,
  };
}

function conditions({ old, new: now }: Of<'expect'>, { table }: CheckContext, sql: SqlComparison): Comparison {
  const order = sql.order(old.condition, now.condition);
  if (order === 'equal') return 'equal';
  const texts = sql.texts(old.condition, now.condition);
  const found = { ...changed(texts.old, texts.new, old, now), at: now.condition.at, was: old.condition.at };
  if (order === 'looser') return [{ ...found, rule: 'check-logic-loosened' }];
  if (order === 'tighter')
    return [{ ...found, rule: 'check-logic-tightened', checks: [`${table.new.name}.${now.id}`] }];
  return [found];
}

function asked(was: string, is: string): Pick<Found, 'message'> {
  return { message: `the check asks that ${instead(is, was)}` };
}

/** Unique by more columns is the weaker promise. */
function uniqueColumns({ old, new: now }: Of<'unique'>, { renamed, table }: CheckContext): Comparison {
  const before = [...new Set(old.columns.columns.map(({ text }) => renamed(text)))].sort();
  const after = [...new Set(now.columns.columns.map(({ text }) => text))].sort();
  const keeps = before.every((name) => after.includes(name));
  const isWithin = after.every((name) => before.includes(name));
  if (keeps && isWithin) return 'equal';
  const [was, is] = [`(${before.join(', ')}) is unique`, `(${after.join(', ')}) is unique`];
  const found = { ...changed(was, is, old, now), ...asked(was, is), at: now.columns.at, was: old.columns.at };
  if (!keeps && !isWithin) return [found];
  return [
    {
      ...found,
      rule: keeps ? 'unique-widened' : 'unique-narrowed',
      message: `the rows are unique by ${instead(`(${after.join(', ')})`, `(${before.join(', ')})`)}`,
      ...(isWithin && { checks: [`${table.new.name}.${now.id}`] }),
    },
  ];
}

/** Pairs of a column and what it refers to: fewer of them ask for less. */
function references({ old, new: now }: Of<'references'>, context: CheckContext): Comparison {
  const { renamed, table } = context;
  const pairsOf = (check: typeof old, side: 'old' | 'new') =>
    check.columns.columns.map(({ text }, index) => {
      const to = check.to[index];
      return {
        column: side === 'old' ? renamed(text) : text,
        to: to ? printReference(referenceTarget(to, context, side)) : '',
      };
    });
  const [before, after] = [pairsOf(old, 'old'), pairsOf(now, 'new')];
  const has = (pairs: typeof before, { column, to }: (typeof before)[number]) =>
    pairs.some((pair) => pair.column === column && pair.to === to);
  const keeps = before.every((pair) => has(after, pair));
  const isWithin = after.every((pair) => has(before, pair));
  if (keeps && isWithin) return 'equal';
  const text = (pairs: typeof before) =>
    `(${pairs.map(({ column }) => column).join(', ')}) is in (${pairs.map(({ to }) => to).join(', ')})`;
  const [was, is] = [text(before), text(after)];
  const found = { ...changed(was, is, old, now), ...asked(was, is), at: now.columns.at, was: old.columns.at };
  if (keeps)
    return [{ ...found, rule: 'check-scope-widened', below: 'columns', checks: [`${table.new.name}.${now.id}`] }];
  if (isWithin) return [{ ...found, rule: 'check-scope-narrowed', below: 'columns' }];
  const targets = (pairs: typeof before) =>
    pairs
      .map(({ to }) => to)
      .sort()
      .join();
  if (targets(before) === targets(after)) return [found];
  return [{ ...found, rule: 'reference-target-changed', at: now.to[0]?.at ?? now.at, was: old.to[0]?.at ?? old.at }];
}
