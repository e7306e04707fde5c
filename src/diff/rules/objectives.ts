import type { Objective } from '../../model/contract.ts';
import {
  compareDecimals,
  decimalOf,
  multiplyDecimals,
  printDecimal,
  roundDecimal,
  subtractDecimals,
} from '../../util/decimal.ts';
import { percent } from '../parts/change-bound.ts';
import { printLength } from '../parts/order.ts';
import { OBJECTIVES_RULES } from './objectives-rules.ts';
import type { ContractSubject, Found } from './rule.ts';

const MINUTES_OF_30_DAYS = decimalOf(43_200n);

/** The share of good slots that is promised over a window. */
export const objectives: ContractSubject = {
  on: 'contract',
  name: 'objectives',
  keys: ['objectives'],
  rules: OBJECTIVES_RULES,
  compare({ old, new: now }) {
    const kinds = [...new Set([...old.objectives, ...now.objectives].map(({ kind }) => kind))];
    const find = (objectives: readonly Objective[], kind: string) => objectives.find((each) => each.kind === kind);
    const found = kinds.flatMap((kind) =>
      compareObjectives(kind, find(old.objectives, kind), find(now.objectives, kind)),
    );
    return found.length === 0 ? 'equal' : found;
  },
};

function compareObjectives(kind: string, old: Objective | undefined, now: Objective | undefined): readonly Found[] {
  const texts = {
    below: `sla.objectives.${kind}`,
    before: old ? printObjective(old) : null,
    after: now ? printObjective(now) : null,
    ...(now && { at: now.at }),
    ...(old && { was: old.at }),
  };
  if (!now) {
    const message = `${kind} is no longer promised, ${told(kind, old)} before`;
    return old ? [{ ...texts, rule: 'objective-removed', message }] : [];
  }
  const message = `${kind} is promised as ${told(kind, now)}, ${old ? told(kind, old) : 'not at all'} before`;
  if (!old) return [{ ...texts, rule: 'objective-added', message }];
  const difference = compareDecimals(now.share, old.share);
  const [before, after] = [printWindow(old), printWindow(now)];
  return [
    ...(difference === 0
      ? []
      : [{ ...texts, rule: difference < 0 ? 'objective-loosened' : 'objective-tightened', message }]),
    ...(before === after
      ? []
      : [
          {
            ...texts,
            rule: 'objective-window-changed',
            before,
            after,
            message: `${kind} is measured ${after}, ${before} before`,
          },
        ]),
  ];
}

function printObjective(objective: Objective): string {
  return `${percent(objective.share)} ${printWindow(objective)}`;
}

function printWindow({ window }: Objective): string {
  return typeof window === 'string' ? `per ${window}` : `over ${printLength(window)}`;
}

/** Of availability, how long the table may be out in 30 days. */
function told(kind: string, objective: Objective | undefined): string {
  if (!objective) return 'nothing';
  const text = printObjective(objective);
  if (kind !== 'availability') return text;
  const out = multiplyDecimals(subtractDecimals(decimalOf(1n), objective.share), MINUTES_OF_30_DAYS);
  return `${text} (${printDecimal(roundDecimal(out, 1))} minutes out in 30 days)`;
}
