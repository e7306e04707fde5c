import type { Read } from '../../model/contract.ts';
import { sameMeaning } from '../../util/same.ts';
import { listed } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { TableSubject } from './rule.ts';

type Key = Exclude<keyof Read, 'at'>;

const KEYS = [
  'format',
  'delimiter',
  'quote',
  'decimal',
  'encoding',
  'header',
  'missing',
  'newest',
] as const satisfies readonly Key[];

/** How files are read. */
export const read: TableSubject = {
  on: 'table',
  name: 'read',
  keys: ['read'],
  rules: [
    {
      id: 'read-changed',
      purpose: 'files are read in another way',
      why: 'The same bytes give other values: a comma that was a decimal point now splits numbers, a text that was missing is now a value. A writer who goes on as before writes what is read wrongly.',
      direction: 'incomparable',
      categories: ['schema'],
      effects: affects('none', 'none', 'none', 'warns'),
      bump: 'patch',
      remedy: 'change the files and how they are read together, and verify the table before the merge',
      example: {
        before:
          'tables:\n  tariffs:\n    location: tariffs.csv\n    read: { delimiter: ";" }\n    columns:\n      zone: string\n',
        after:
          'tables:\n  tariffs:\n    location: tariffs.csv\n    read: { delimiter: "," }\n    columns:\n      zone: string\n',
      },
      opposite: 'read-changed',
    },
  ],
  compare({ old, new: now }) {
    const [before, after] = [normal(old.read), normal(now.read)];
    const keys = KEYS.filter((key) => !sameMeaning(before[key], after[key]));
    if (keys.length === 0) return 'equal';
    const print = (of: Omit<Read, 'at'>) => {
      const set = keys
        .filter((key) => key !== 'missing' && key !== 'newest')
        .flatMap((key) => (isSet(of[key]) ? [`${key}: ${JSON.stringify(of[key])}`] : []));
      return set.length > 0 ? `{ ${set.join(', ')} }` : null;
    };
    const places = { ...(now.read && { at: now.read.at }), ...(old.read && { was: old.read.at }) };
    const populations = keys
      .filter((key) => key === 'missing' || key === 'newest')
      .map((key) => ({
        ...(key === 'missing'
          ? { rule: 'missing-definition-changed', message: 'other texts of the files count as missing' }
          : { rule: 'where-changed', message: 'other files are the table' }),
        below: `read.${key}`,
        before: isSet(before[key]) ? JSON.stringify(before[key]) : null,
        after: isSet(after[key]) ? JSON.stringify(after[key]) : null,
        ...places,
      }));
    const texts = populations.map((found) => ({
      ...found,
      message: `${found.message}: ${found.after ?? 'none named'}, ${found.before ?? 'none named'} before`,
    }));
    const others = keys.filter((key) => key !== 'missing' && key !== 'newest');
    if (others.length === 0) return texts;
    const [was, is] = [print(before), print(after)];
    const unsaid = `what the files show`;
    return [
      ...texts,
      {
        rule: 'read-changed',
        below: 'read',
        before: was,
        after: is,
        message: `the files are read with another ${listed(others)}: ${is ?? unsaid}, ${was ?? unsaid} before`,
        ...(now.read && { at: now.read.at }),
        ...(old.read && { was: old.read.at }),
      },
    ];
  },
};

/** The quote is `"` unless another is given; the order of the texts for missing values does not matter. */
function normal(settings: Read | undefined): Omit<Read, 'at'> {
  const { at: _, ...given } = settings ?? { missing: [], at: undefined };
  return { quote: '"', ...given, missing: [...new Set(given.missing)].sort() };
}

function isSet(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
