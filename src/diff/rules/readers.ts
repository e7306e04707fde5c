import { affects } from './affects.ts';
import type { ContractSubject } from './rule.ts';

const TABLES = 'tables:\n  orders:\n    columns:\n      id: int64\n';
const GOVERNANCE = { direction: 'annotate', categories: ['governance'], bump: 'patch' } as const;

/** Whether every reader is registered. */
export const readers: ContractSubject = {
  on: 'contract',
  name: 'readers',
  keys: ['readers'],
  rules: [
    {
      ...GOVERNANCE,
      id: 'readers-closed',
      purpose: 'only registered readers count from now on',
      why: 'What no registered reader uses may be removed with a warning only. Whoever reads without being registered is not protected any more. This comparison itself is still judged as if anybody could read.',
      effects: affects('warns', 'none', 'none', 'none'),
      remedy: 'see that `consumers` and the `upstream` of other contracts name every reader first',
      example: { before: TABLES, after: `readers: closed\n${TABLES}` },
      opposite: 'readers-opened',
    },
    {
      ...GOVERNANCE,
      id: 'readers-opened',
      purpose: 'anybody may read, registered or not',
      why: 'From now on a removal counts as breaking readers whether or not one is registered.',
      effects: affects('none', 'none', 'none', 'none'),
      remedy: 'nothing to do',
      example: { before: `readers: closed\n${TABLES}`, after: TABLES },
      opposite: 'readers-closed',
    },
  ],
  compare: ({ old, new: now }) => [
    {
      rule: now.readers === 'closed' ? 'readers-closed' : 'readers-opened',
      below: 'readers',
      before: old.readers,
      after: now.readers,
      message:
        now.readers === 'closed'
          ? 'every reader has to be registered, anybody could read before'
          : 'anybody may read, every reader had to be registered before',
    },
  ],
};
