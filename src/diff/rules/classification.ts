import type { Contract } from '../../model/contract.ts';
import { instead } from '../parts/wording.ts';
import { CLASSIFICATION_RULES } from './classification-rules.ts';
import type { ColumnSubject, ComparedColumn, Found, World } from './rule.ts';

const PII = 'pii';
const STRENGTH = { show: 0, hash: 1, mask: 2 } as const;

/** How confidential the values of a column are: classes are as strong as what samples hide of them. */
export const classification: ColumnSubject = {
  on: 'column',
  name: 'classification',
  keys: ['classification'],
  rules: CLASSIFICATION_RULES,
  compare({ old, new: now }, { world }) {
    const [before, after] = [old.classification?.text ?? null, now.classification?.text ?? null];
    return [
      {
        ...judge(before, after, strengthOf(before, world.old), strengthOf(after, world.new)),
        before,
        after,
        message: `the class of the values is ${instead(after, before)}`,
        ...(now.classification && { at: now.classification.at }),
        ...(old.classification && { was: old.classification.at }),
      },
    ];
  },
  /** What surety.yaml hides of a class: told once for all columns of it. */
  conclude({ contract, world }): readonly Found[] {
    const [old, now] = [firstOfClass(contract.old), firstOfClass(contract.new)];
    return [...now].flatMap(([name, at]) => {
      const was = old.get(name);
      const [before, after] = [world.old.showingOf(name), world.new.showingOf(name)];
      if (!was || before === after) return [];
      return [
        {
          rule: STRENGTH[after] > STRENGTH[before] ? 'classification-raised' : 'classification-lowered',
          below: `classifications.${name}`,
          before,
          after,
          message: `values of the class ${name} are treated as "${after}" in samples, as "${before}" before`,
          at,
          was,
        },
      ];
    });
  },
};

function strengthOf(name: string | null, world: World): number {
  return name === null ? 0 : STRENGTH[world.showingOf(name)];
}

function judge(before: string | null, after: string | null, was: number, is: number): Pick<Found, 'rule' | 'notice'> {
  if (after === PII) return { rule: 'pii-added' };
  if (before === PII) return { rule: 'pii-removed' };
  if (is !== was) return { rule: is > was ? 'classification-raised' : 'classification-lowered' };
  // To say that values are open, or no longer to say it, changes nothing for anybody.
  return { rule: 'classification-changed', ...((before === null || after === null) && { notice: true }) };
}

/** Where each class comes first. */
function firstOfClass({ tables }: Contract): ReadonlyMap<string, ComparedColumn['at']> {
  const found = new Map<string, ComparedColumn['at']>();
  for (const column of tables.flatMap(({ columns, features }) => [...columns, ...features])) {
    const { classification: written } = column;
    if (written && !found.has(written.text)) found.set(written.text, written.at);
  }
  return found;
}
