import { listed } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { ColumnSubject } from './rule.ts';

/** The name of a column in the source. */
export const physicalName: ColumnSubject = {
  on: 'column',
  name: 'physical-name',
  keys: ['physicalNames'],
  rules: [
    {
      id: 'physical-name-changed',
      purpose: 'a column is read under another name in its source',
      why: 'The contract and its accessors keep the name. Writers have to fill the column that is read now, and whoever reads the source past the contract sees another one.',
      direction: 'incomparable',
      categories: ['schema'],
      effects: affects('none', 'none', 'none', 'warns'),
      bump: 'patch',
      remedy: 'list both names while the source moves: `physicalName: [old, new]`',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      channel:\n        type: string\n        physicalName: chan\n',
        after:
          'tables:\n  orders:\n    columns:\n      channel:\n        type: string\n        physicalName: sales_channel\n',
      },
      opposite: 'physical-name-changed',
    },
    {
      id: 'source-column-changed',
      purpose: 'the column is read from what another column was read from',
      why: 'The name stays and the values are those of another column: no query fails, and every one of them says something else.',
      direction: 'incomparable',
      categories: ['meaning'],
      effects: affects('breaks', 'none', 'breaks', 'breaks'),
      bump: 'major',
      remedy: 'give the other values a column of their own name, and deprecate this one',
      example: {
        before:
          'tables:\n  orders:\n    columns:\n      net:\n        type: int64\n        physicalName: amount_a\n      gross:\n        type: int64\n        physicalName: amount_b\n',
        after:
          'tables:\n  orders:\n    columns:\n      net:\n        type: int64\n        physicalName: amount_b\n      gross:\n        type: int64\n        physicalName: amount_a\n',
      },
      opposite: 'source-column-changed',
    },
  ],
  compare({ old, new: now }, { table }) {
    const [before, after] = [namesOf(old.physicalNames), namesOf(now.physicalNames)];
    // Where nothing is written, the source has the column's own name, and goes with it.
    const moved = namesOf(old.physicalNames.map((name) => (name === old.name ? now.name : name)));
    if (sameNames(before, after) || sameNames(moved, after)) return 'equal';
    const others = table.old.columns.filter((column) => column.name !== old.name);
    const taken = others.find(({ physicalNames }) =>
      physicalNames.some((name) => after.includes(name) && !before.includes(name)),
    );
    if (taken) {
      return [
        {
          rule: 'source-column-changed',
          before: before.join(', '),
          after: after.join(', '),
          message: `the source has it as ${shown(after)}, which column \`${taken.name}\` was read from, ${shown(before)} before`,
        },
      ];
    }
    return [
      {
        rule: 'physical-name-changed',
        before: before.join(', '),
        after: after.join(', '),
        message: `the source has it as ${shown(after)}, ${shown(before)} before`,
      },
    ];
  },
};

function namesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function shown(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return names.length > 1 ? `one of ${listed(quoted)}` : quoted.join('');
}
