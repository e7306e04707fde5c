import type { ChangeRule } from '../../model/change.ts';
import type { Contract } from '../../model/contract.ts';
import { renamedUse } from '../parts/renamed-use.ts';
import { textChange } from '../parts/text-change.ts';
import { usesChange } from '../parts/uses-change.ts';
import { affects } from './affects.ts';
import type { ContractSubject, Found, Pair } from './rule.ts';

type Consumer = Contract['consumers'][number];

const TABLES = 'tables:\n  orders:\n    columns:\n      id: int64\n      amount: int64\n';

function read(uses: string, party = 'science'): string {
  return `${TABLES}consumers:\n  forecast:\n    party: ${party}\n    uses: [${uses}]\n`;
}

const GOVERNANCE = { direction: 'annotate', categories: ['governance'], bump: 'patch' } as const;
const LOSS = { ...GOVERNANCE, effects: affects('warns', 'none', 'none', 'none') } as const;
const GAIN = { ...GOVERNANCE, effects: affects('none', 'none', 'none', 'none') } as const;

const RULES: readonly ChangeRule[] = [
  {
    ...LOSS,
    id: 'consumer-removed',
    purpose: 'a registered reader is struck off',
    why: 'Findings no longer name it, and its party is no longer told or asked. This comparison still counts it: the next one does not.',
    remedy: 'see with its party that it no longer reads',
    example: { before: read('orders'), after: TABLES },
    opposite: 'consumer-added',
  },
  {
    ...GAIN,
    id: 'consumer-added',
    purpose: 'a reader is registered',
    why: 'Findings name it from now on, and its party is told and asked.',
    remedy: 'nothing to do',
    example: { before: TABLES, after: read('orders') },
    opposite: 'consumer-removed',
  },
  {
    ...LOSS,
    id: 'consumer-uses-removed',
    purpose: 'a registered reader is said to use less',
    why: 'A change of what it no longer names does not count as breaking it. If it reads on, nobody will warn it.',
    remedy: 'see with its party that it no longer reads them',
    example: { before: read('orders.id, orders.amount'), after: read('orders.id') },
    opposite: 'consumer-uses-added',
  },
  {
    ...GAIN,
    id: 'consumer-uses-added',
    purpose: 'a registered reader is said to use more',
    why: 'Changes of what it names count as breaking it from now on.',
    remedy: 'nothing to do',
    example: { before: read('orders.id'), after: read('orders.id, orders.amount') },
    opposite: 'consumer-uses-removed',
  },
  {
    ...GAIN,
    id: 'consumer-party-changed',
    purpose: 'another party answers for a registered reader',
    why: 'It is told and asked from now on, and may approve waivers for what breaks the reader.',
    remedy: 'tell both parties',
    example: { before: read('orders'), after: read('orders', 'finance') },
    opposite: 'consumer-party-changed',
  },
];

/** Who reads the tables, and what of them. */
export const consumers: ContractSubject = {
  on: 'contract',
  name: 'consumers',
  keys: ['consumers'],
  rules: RULES,
  compare(contract) {
    const [old, now] = [contract.old.consumers, contract.new.consumers];
    const found = [
      ...old.filter(({ name }) => !now.some((each) => each.name === name)).map(struckOff),
      ...now.flatMap((after) => {
        const before = old.find(({ name }) => name === after.name);
        return before ? changes({ old: before, new: after }, contract) : [registered(after)];
      }),
    ];
    return found.length > 0 ? found : 'equal';
  },
};

function struckOff({ name, party, at }: Consumer): Found {
  const message = `reader ${name} of ${party.text} is no longer registered`;
  return { rule: 'consumer-removed', below: `consumers.${name}`, before: name, after: null, message, was: at };
}

function registered({ name, party, at }: Consumer): Found {
  const message = `reader ${name} of ${party.text} is registered`;
  return { rule: 'consumer-added', below: `consumers.${name}`, before: null, after: name, message, at };
}

function changes({ old, new: now }: Pair<Consumer>, contract: Pair<Contract>): readonly Found[] {
  const around = { below: `consumers.${now.name}`, at: now.at, was: old.at };
  const found: Found[] = [...uses({ old, new: now }, contract)];
  if (old.party.text !== now.party.text) {
    const values = { before: old.party.text, after: now.party.text };
    const message = `${values.after} answers for reader ${now.name}, ${values.before} before`;
    found.push({ ...around, rule: 'consumer-party-changed', ...values, message, at: now.party.at, was: old.party.at });
  }
  const description = textChange('description-changed', 'description', old.description, now.description);
  if (description) found.push({ ...around, ...description });
  return found;
}

function uses({ old, new: now }: Pair<Consumer>, contract: Pair<Contract>): readonly Found[] {
  const before = old.uses.map(({ text }) => renamedUse(text, contract));
  const change = usesChange(
    before,
    now.uses.map(({ text }) => text),
  );
  if (!change) return [];
  return [
    {
      rule: change.removed.length > 0 ? 'consumer-uses-removed' : 'consumer-uses-added',
      below: `consumers.${now.name}`,
      before: change.before,
      after: change.after,
      message: `reader ${now.name} ${change.said}`,
      at: now.uses[0]?.at ?? now.at,
      was: old.uses[0]?.at ?? old.at,
    },
  ];
}
