import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

const TABLES = 'tables:\n  orders:\n    columns:\n      id: int64\n';

const FOR_PEOPLE = {
  direction: 'annotate',
  categories: ['meaning'],
  effects: affects('none', 'none', 'none', 'none'),
  bump: 'patch',
} as const;

export const DESCRIPTION_RULES: readonly ChangeRule[] = [
  {
    ...FOR_PEOPLE,
    id: 'description-changed',
    purpose: 'a description says something else',
    why: 'No query notices. People who read it may understand something new, so a change of what the data means should not hide here.',
    remedy: 'nothing to do, unless the meaning changed: then give it a new name',
    example: {
      before: `description: Every order of the shop.\n${TABLES}`,
      after: `description: Every paid order of the shop.\n${TABLES}`,
    },
    opposite: 'description-changed',
  },
  {
    ...FOR_PEOPLE,
    id: 'title-changed',
    purpose: 'the contract has another title',
    why: 'It is shown in reports. Nothing finds the contract by it.',
    remedy: 'nothing to do',
    example: { before: `title: Orders\n${TABLES}`, after: `title: Sales orders\n${TABLES}` },
    opposite: 'title-changed',
  },
  {
    ...FOR_PEOPLE,
    id: 'domain-changed',
    purpose: 'the contract belongs to another domain',
    why: 'It is shown elsewhere in catalogs and reports. Nothing finds the contract by it.',
    remedy: 'nothing to do',
    example: { before: `domain: sales\n${TABLES}`, after: `domain: finance\n${TABLES}` },
    opposite: 'domain-changed',
  },
  {
    ...FOR_PEOPLE,
    id: 'tags-changed',
    purpose: 'there are other tags',
    why: 'People and catalogs find things by tags. The data does not change.',
    remedy: 'see that nothing is driven by a tag that was removed',
    example: { before: `tags: [finance]\n${TABLES}`, after: `tags: [finance, daily]\n${TABLES}` },
    opposite: 'tags-changed',
  },
  {
    ...FOR_PEOPLE,
    id: 'links-changed',
    purpose: 'there are other links',
    why: 'People follow them to learn more. The data does not change.',
    remedy: 'nothing to do',
    example: {
      before: `links:\n  docs: https://acme.example/orders\n${TABLES}`,
      after: `links:\n  docs: https://acme.example/sales\n${TABLES}`,
    },
    opposite: 'links-changed',
  },
  {
    ...FOR_PEOPLE,
    id: 'extension-changed',
    purpose: 'a key that begins with x- says something else',
    why: 'Surety keeps such keys for other tools and does not know what they mean. Those tools may act on them.',
    remedy: 'see which tools read the key',
    example: { before: `x-cost-center: 7\n${TABLES}`, after: `x-cost-center: 8\n${TABLES}` },
    opposite: 'extension-changed',
  },
];
