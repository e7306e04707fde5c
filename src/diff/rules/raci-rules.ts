import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

const TABLES = 'tables:\n  orders:\n    columns:\n      id: int64\n';

function owned(...lines: readonly string[]): string {
  return `raci:\n  accountable: sales\n${lines.map((line) => `  ${line}\n`).join('')}${TABLES}`;
}

const GOVERNANCE = { direction: 'annotate', categories: ['governance'], bump: 'patch' } as const;
const HARMLESS = affects('none', 'none', 'none', 'none');

const ROLES = {
  responsible: {
    verb: 'does the work',
    loses: 'Whoever was responsible no longer hears of breaches, and may not know that somebody else is to mend them.',
  },
  consulted: {
    verb: 'is asked before a change',
    loses: 'Whoever was consulted is no longer asked, and learns of changes when they are made.',
  },
  informed: {
    verb: 'is told after a change or a breach',
    loses: 'Whoever was informed no longer hears of breaches, and takes silence for good news.',
  },
} as const;

export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

function roleRules(role: Role): readonly ChangeRule[] {
  const { verb, loses } = ROLES[role];
  const before = owned(`${role}: [growth, finance]`);
  const after = owned(`${role}: [growth]`);
  return [
    {
      ...GOVERNANCE,
      id: `raci-${role}-removed`,
      purpose: `a party that ${verb} is no longer named`,
      why: loses,
      effects: affects('warns', 'none', 'none', 'none'),
      remedy: 'tell the party that was removed',
      example: { before, after },
      opposite: `raci-${role}-added`,
    },
    {
      ...GOVERNANCE,
      id: `raci-${role}-added`,
      purpose: `another party is named that ${verb}`,
      why: 'It is reached from now on, and should know why.',
      effects: HARMLESS,
      remedy: 'tell the party that was added',
      example: { before: after, after: before },
      opposite: `raci-${role}-removed`,
    },
  ];
}

const WITHOUT = `status: draft\n${TABLES}`;
const WITH = `status: draft\n${owned()}`;

export const RACI_RULES: readonly ChangeRule[] = [
  {
    ...GOVERNANCE,
    id: 'accountable-changed',
    purpose: 'another party answers for it',
    why: 'A promise is worth what the party behind it keeps. Who takes it over has to accept it, else nobody does when it is broken.',
    effects: affects('none', 'none', 'none', 'approval'),
    remedy: 'let the new party approve the change',
    example: { before: owned(), after: owned().replace('sales', 'finance') },
    opposite: 'accountable-changed',
  },
  {
    ...GOVERNANCE,
    id: 'accountable-removed',
    purpose: 'nobody answers for it any more',
    why: 'A breach then has no one to go to, and no one can approve a change or a waiver.',
    effects: affects('none', 'none', 'none', 'breaks'),
    remedy: 'name the party that takes it over',
    example: { before: WITH, after: WITHOUT },
    opposite: 'accountable-added',
  },
  {
    ...GOVERNANCE,
    id: 'accountable-added',
    purpose: 'a party answers for it that nobody answered for',
    why: 'Breaches have somebody to go to from now on.',
    effects: HARMLESS,
    remedy: 'nothing to do',
    example: { before: WITHOUT, after: WITH },
    opposite: 'accountable-removed',
  },
  ...ROLE_NAMES.flatMap(roleRules),
];
