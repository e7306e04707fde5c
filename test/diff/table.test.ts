import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CHANGE_RULES, findRule, ruleOf } from '../../src/diff/catalogue.ts';
import type { Bump, Category, ChangeRule, Effect } from '../../src/model/change.ts';

interface Row {
  readonly cells: string;
  readonly categories: string;
  readonly bump: string;
}

interface Reference {
  /** Rule → `cells categories bump`, and `notice` where it is one. */
  readonly table: Readonly<Record<string, string>>;
  readonly deviations: Readonly<Record<string, Partial<Row> & { readonly why: string }>>;
  readonly absent: Readonly<Record<string, string>>;
  readonly severities: Readonly<Record<string, readonly string[]>>;
}

const reference = parse(readFileSync(join(import.meta.dirname, 'reference-table.yaml'), 'utf8')) as Reference;

const CELLS: Readonly<Record<Effect, string>> = { breaks: '✗', warns: '!', data: '?', approval: 'A', none: '·' };
const LETTERS: Readonly<Record<Category, string>> = {
  schema: 'S',
  code: 'C',
  guarantee: 'G',
  meaning: 'N',
  write: 'W',
  governance: 'V',
  'life-cycle': 'L',
};
const BUMPS: Readonly<Record<Bump, string>> = { major: 'M', minor: 'm', patch: 'p', none: '–' };

function rowOf({ effects: { sql, types, models, writers }, categories, bump }: ChangeRule): Row {
  return {
    cells: [sql, types, models, writers].map((effect) => CELLS[effect]).join(''),
    categories: sorted(categories.map((category) => LETTERS[category])),
    bump: BUMPS[bump],
  };
}

function rowOfTable(id: string): Row {
  const [cells = '', categories = '', bump = ''] = (reference.table[id] ?? '').split(' ');
  return { cells, categories: sorted(categories.split(',')), bump };
}

function sorted(letters: readonly string[]): string {
  return letters.toSorted().join();
}

const ids = Object.keys(reference.table).filter((id) => !(id in reference.absent));

test('every rule of the table is here, or said to be absent', () => {
  const known = new Set(CHANGE_RULES.map(({ id }) => id));
  expect(ids.filter((id) => !known.has(id))).toEqual([]);
  expect(Object.keys(reference.absent).filter((id) => known.has(id) || !(id in reference.table))).toEqual([]);
});

test.each(ids)('%s is as in the table', (id) => {
  const { why: _, ...differs } = reference.deviations[id] ?? { why: '' };
  const expected = { ...rowOfTable(id), ...differs };
  expect(rowOf(ruleOf(id))).toEqual({ ...expected, categories: sorted(expected.categories.split(',')) });
  const isNotice = reference.table[id]?.endsWith(' notice') ?? false;
  if (isNotice) expect(new Set(Object.values(ruleOf(id).severities))).toEqual(new Set(['info']));
  else expect(ruleOf(id).notice).toBeUndefined();
});

describe('deviations', () => {
  test.each(Object.entries(reference.deviations))('%s has a reason, and differs in what it says', (id, deviation) => {
    const { why, ...differs } = deviation;
    expect(why).toMatch(/^[A-Z].+ .+\.$/);
    expect(Object.keys(differs)).not.toEqual([]);
    const row = rowOfTable(id);
    for (const [key, value] of Object.entries(differs)) expect(row[key as keyof Row]).not.toBe(value);
  });

  test.each(Object.entries(reference.absent))('%s is absent for a reason', (_, why) => {
    expect(why).toMatch(/^[A-Z].+ .+\.$/);
  });
});

describe('severities', () => {
  test.each(Object.entries(reference.severities))('%s: %j', (id, [schema, consumer, full]) => {
    expect(findRule(id)?.severities).toEqual({ schema, consumer, full });
  });

  test('each category has a rule', () => {
    const seen = Object.keys(reference.severities).flatMap((id) => ruleOf(id).categories);
    expect([...new Set(seen)].sort()).toEqual(Object.keys(LETTERS).sort());
  });
});
