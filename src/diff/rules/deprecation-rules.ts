import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

const LIFE = { categories: ['life-cycle'] } as const;
const NOTICE = { ...LIFE, direction: 'annotate', effects: affects('none', 'none', 'none', 'none') } as const;
const POLICY = { ...LIFE, effects: affects('breaks', 'none', 'breaks', 'none'), bump: 'none' } as const;

const HEAD = 'tables:\n  orders:\n    columns:\n      sku: string\n';

function code(...deprecated: readonly string[]): string {
  const lines = deprecated.map((line) => `          ${line}\n`).join('');
  return `${HEAD}      code:\n        type: string\n${lines && `        deprecated:\n${lines}`}`;
}

export const DEPRECATION_RULES: readonly ChangeRule[] = [
  {
    ...NOTICE,
    id: 'deprecated',
    purpose: 'something is announced to go',
    why: 'Nothing changes for readers today. They have until the sunset to move, and generated accessors mark it.',
    bump: 'minor',
    remedy: 'tell the readers; see that they are off it by the sunset',
    example: { before: code(), after: code('sunset: 2099-12-31', 'replacedBy: sku') },
    opposite: 'deprecation-withdrawn',
  },
  {
    ...NOTICE,
    id: 'deprecation-withdrawn',
    purpose: 'something that was to go stays',
    why: 'Readers who have not moved need not. Those who have moved did it for nothing.',
    bump: 'patch',
    remedy: 'tell the readers',
    example: { before: code('sunset: 2099-12-31', 'replacedBy: sku'), after: code() },
    opposite: 'deprecated',
  },
  {
    ...POLICY,
    id: 'sunset-missing',
    purpose: 'something is announced to go, without the day',
    why: 'Readers cannot plan for a day that is not named, and the gate cannot tell when the removal is due: it would block it for ever.',
    direction: 'annotate',
    remedy: 'add `sunset: YYYY-MM-DD`',
    example: { before: code(), after: code('replacedBy: sku') },
    opposite: { none: 'the announcement is at fault, not the way back' },
  },
  {
    ...POLICY,
    id: 'sunset-too-soon',
    purpose: 'something is to go sooner than the policy allows',
    why: 'Readers need time to move: `gate: { minSunset: … }` in surety.yaml says how much they get at least.',
    direction: 'annotate',
    remedy: 'set a later sunset',
    example: {
      before: code(),
      after: code('sunset: 2026-12-01', 'replacedBy: sku'),
      around: { minSunset: '90d' },
    },
    opposite: { none: 'the announcement is at fault, not the way back' },
  },
  {
    ...POLICY,
    id: 'sunset-earlier',
    purpose: 'the day on which something goes comes sooner',
    why: 'Readers have planned by the day that was announced.',
    direction: 'loosen',
    remedy: 'keep the day that was announced',
    example: {
      before: code('sunset: 2099-12-31', 'replacedBy: sku'),
      after: code('sunset: 2099-06-30', 'replacedBy: sku'),
    },
    opposite: 'sunset-later',
  },
  {
    ...NOTICE,
    id: 'sunset-later',
    purpose: 'the day on which something goes comes later',
    why: 'Readers have more time.',
    direction: 'tighten',
    bump: 'none',
    remedy: 'tell the readers',
    example: {
      before: code('sunset: 2099-06-30', 'replacedBy: sku'),
      after: code('sunset: 2099-12-31', 'replacedBy: sku'),
    },
    opposite: 'sunset-earlier',
  },
  {
    ...POLICY,
    id: 'sunset-removed',
    purpose: 'something is to go still, and no longer on a named day',
    why: 'Readers have planned by the day that was announced; now they cannot know how long they have.',
    direction: 'loosen',
    remedy: 'name the day, or take back `deprecated` as a whole',
    example: { before: code('sunset: 2099-12-31', 'replacedBy: sku'), after: code('replacedBy: sku') },
    opposite: 'sunset-added',
  },
  {
    ...NOTICE,
    id: 'sunset-added',
    purpose: 'the day is named on which something goes',
    why: 'Readers who knew that it goes can plan now.',
    direction: 'tighten',
    bump: 'none',
    remedy: 'tell the readers',
    example: { before: code('replacedBy: sku'), after: code('sunset: 2099-12-31', 'replacedBy: sku') },
    opposite: 'sunset-removed',
  },
  {
    ...NOTICE,
    id: 'replaced-by-missing',
    purpose: 'something is announced to go, and nothing is named to use instead',
    why: 'Some things go without a successor. Where there is one, readers look for it, and generated accessors can name it.',
    bump: 'none',
    remedy: 'add `replacedBy:` where there is something to use instead',
    example: { before: code(), after: code('sunset: 2099-12-31') },
    opposite: { none: 'a successor that is named is `replaced-by-changed`' },
  },
  {
    ...POLICY,
    id: 'replaced-by-dangling',
    purpose: 'what is to be used instead is not there',
    why: 'Readers who follow the advice find nothing, and move to nowhere.',
    direction: 'annotate',
    remedy: 'name what is in the contract, or explain in words of more than one',
    example: { before: code(), after: code('sunset: 2099-12-31', 'replacedBy: article_number') },
    opposite: { none: 'the announcement is at fault, not the way back' },
  },
  {
    ...NOTICE,
    id: 'replaced-by-changed',
    purpose: 'something else is to be used instead of what goes',
    why: 'Readers who have moved to what was named first may have to move again.',
    bump: 'patch',
    remedy: 'tell the readers',
    example: {
      before: `${code('sunset: 2099-12-31', 'replacedBy: sku')}      ean: string\n`,
      after: `${code('sunset: 2099-12-31', 'replacedBy: ean')}      ean: string\n`,
    },
    opposite: 'replaced-by-changed',
  },
  {
    ...NOTICE,
    id: 'deprecated-since-changed',
    purpose: 'another version is said to have announced that something goes',
    why: 'It only says since when readers could know.',
    bump: 'patch',
    remedy: 'nothing to do',
    example: {
      before: code('since: 0.1.0', 'sunset: 2099-12-31', 'replacedBy: sku'),
      after: code('since: 0.2.0', 'sunset: 2099-12-31', 'replacedBy: sku'),
    },
    opposite: 'deprecated-since-changed',
  },
];
