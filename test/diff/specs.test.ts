import { describe, expect, test } from 'vitest';
import { CHANGE_RULES, ruleOf } from '../../src/diff/catalogue.ts';
import {
  changesOf,
  type DiffCase,
  type Expected,
  lineOf,
  mismatches,
  readDiffSpecs,
  shown,
  swap,
} from './compare-spec.ts';

const files = readDiffSpecs();

describe.each(files)('$file', ({ cases }) => {
  test.each(cases)('$name', async (spec) => {
    const changes = await changesOf(spec);
    expect(changes.map(shown).sort()).toEqual(spec.expect.map(lineOf).sort());
    expect(spec.expect.flatMap((each) => mismatches(each, changes))).toEqual([]);
    for (const change of changes) {
      expect(ruleOf(change.rule).id).toBe(change.rule);
      expect(change.message).toMatch(/^[^A-Z].*[^.]$/);
    }
    expect(new Set(changes.map(({ fingerprint }) => fingerprint)).size).toBe(changes.length);
  });

  test.each(cases.filter(({ swapped }) => swapped === undefined || Array.isArray(swapped)))(
    'swapped: $name',
    async (spec) => {
      const changes = await changesOf(swap(spec));
      const expected =
        (spec.swapped as readonly Expected[] | undefined) ?? spec.expect.map((each) => mirrored(lineOf(each)));
      expect(changes.map(shown).sort()).toEqual(expected.map(lineOf).sort());
      expect(expected.flatMap((each) => mismatches(each, changes))).toEqual([]);
    },
  );
});

/** The change back: the opposite rule, with the lines swapped. */
function mirrored(line: string): string {
  const [, rule = '', path, at, was] = /^(\S+) (.+) (\S+) \(was (\S+)\)$/.exec(line) ?? [];
  const { opposite } = ruleOf(rule);
  if (typeof opposite !== 'string') return `${rule} has no opposite: say what the swapped sides give`;
  return `${opposite} ${path} ${was} (was ${at})`;
}

describe('rules', () => {
  const seen = new Set(
    files.flatMap(({ cases }) => cases.flatMap(({ expect: lines }) => lines.map((line) => lineOf(line).split(' ')[0]))),
  );

  test.each(CHANGE_RULES.filter(({ foundBy }) => foundBy === 'comparison').map(({ id }) => id))(
    '%s has a case',
    (id) => {
      expect(seen).toContain(id);
    },
  );

  test('ids are unique', () => {
    const ids = CHANGE_RULES.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test.each(CHANGE_RULES)('$id: its opposite is there and points back', ({ opposite, id, direction }) => {
    if (typeof opposite !== 'string') {
      expect(opposite.none).toMatch(/\w+ \w+/);
      return;
    }
    const other = ruleOf(opposite);
    expect(other.opposite).toBe(id);
    const back = { loosen: 'tighten', tighten: 'loosen', incomparable: 'incomparable', annotate: 'annotate' } as const;
    expect(other.direction).toBe(back[direction]);
  });

  test.each(CHANGE_RULES.filter(({ foundBy }) => foundBy === 'comparison'))(
    '$id: its example is one',
    async ({ id, example }) => {
      const spec: DiffCase = { name: id, before: example.before, after: example.after, expect: [], ...example.around };
      const found = (await changesOf(spec)).map(({ rule }) => rule);
      // What needs no bump of its own judges another change, which has to be there.
      if (ruleOf(id).bump === 'none') expect(found.filter((rule) => rule === id)).toEqual([id]);
      else expect([...new Set(found)]).toEqual([id]);
    },
  );
});
