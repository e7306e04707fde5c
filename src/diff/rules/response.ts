import type { Response } from '../../model/contract.ts';
import { compareLimits, durationDifference, type Order, printLength } from '../parts/order.ts';
import { instead } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { ContractSubject, Found } from './rule.ts';

const GUARANTEE = { categories: ['guarantee'], bump: 'minor' } as const;

function shop(response: string): string {
  return `tables:\n  orders:\n    columns:\n      amount: int64\nsla:\n  response: ${response}\n`;
}

/** How fast a breach is answered. */
export const response: ContractSubject = {
  on: 'contract',
  name: 'response',
  keys: ['response'],
  rules: [
    {
      ...GUARANTEE,
      id: 'incident-response-loosened',
      purpose: 'a breach may stay unanswered or unmended for longer',
      why: 'Readers who planned to wait for a repair wait longer, or without an end.',
      direction: 'loosen',
      effects: affects('warns', 'none', 'none', 'none'),
      remedy: 'tell the readers how long they may have to wait now',
      example: { before: shop('{ resolve: 1d }'), after: shop('{ resolve: 2d }') },
      opposite: 'incident-response-tightened',
    },
    {
      ...GUARANTEE,
      id: 'incident-response-tightened',
      purpose: 'a breach has to be answered or mended faster',
      why: 'Readers get more than they had. Whoever is responsible has less time.',
      direction: 'tighten',
      effects: affects('none', 'none', 'none', 'data'),
      remedy: 'have the responsible party agree, and see who answers at night',
      example: { before: shop('{ resolve: 2d }'), after: shop('{ resolve: 1d }') },
      opposite: 'incident-response-loosened',
    },
  ],
  compare({ old: { response: old }, new: { response: now } }) {
    const places = { ...(now && { at: now.at }), ...(old && { was: old.at }) };
    if (!old || !now) {
      const [before, after] = [printResponse(old), printResponse(now)];
      if (before === after) return 'equal';
      const message = `a breach is answered within ${instead(after, before, 'no promised time')}`;
      return [{ ...places, rule: ruleOf(now ? 'tighter' : 'looser'), below: 'sla.response', before, after, message }];
    }
    const found = [...time('acknowledge', old, now), ...time('resolve', old, now), ...clock(old, now)];
    return found.length === 0 ? 'equal' : found.map((each) => ({ ...places, ...each }));
  },
};

function ruleOf(order: Order): string {
  return order === 'looser' ? 'incident-response-loosened' : 'incident-response-tightened';
}

function time(key: 'acknowledge' | 'resolve', old: Response, now: Response): readonly Found[] {
  const order = compareLimits(old[key], now[key], durationDifference);
  if (order === 'equal') return [];
  const [before, after] = [old[key], now[key]].map((duration) => (duration ? printLength(duration) : null));
  const words = { acknowledge: 'acknowledged', resolve: 'resolved' }[key];
  const message = `a breach is ${words} within ${instead(after ?? null, before ?? null, 'no promised time')}`;
  return [{ rule: ruleOf(order), below: `sla.response.${key}`, before: before ?? null, after: after ?? null, message }];
}

/** Business hours are never more than all hours. */
function clock(old: Response, now: Response): readonly Found[] {
  if (old.clock === now.clock) return [];
  const words = { wall: 'all hours', business: 'only business hours' };
  return [
    {
      rule: ruleOf(now.clock === 'business' ? 'looser' : 'tighter'),
      below: 'sla.response.clock',
      before: old.clock,
      after: now.clock,
      message: `the time to answer a breach counts ${instead(words[now.clock], words[old.clock])}`,
    },
  ];
}

function printResponse(promise: Response | undefined): string | null {
  const { acknowledge, resolve, clock: counted } = promise ?? {};
  const parts = [
    acknowledge && `${printLength(acknowledge)} (acknowledged)`,
    resolve && `${printLength(resolve)} (resolved)`,
  ];
  const words = parts.filter(Boolean).join(' and ');
  return words === '' ? null : `${words}${counted === 'business' ? ' of business hours' : ''}`;
}
