import type { Objective } from '../model/contract.ts';
import { parseBound } from '../sql/amount.ts';
import { parseDuration } from '../sql/duration.ts';
import { compareDecimals, decimalOf } from '../util/decimal.ts';

/** Reads `99.5% over 30d` and `99% per month`; undefined where the text is none, or promises nothing or everything. */
export function parseObjective(text: string): Pick<Objective, 'share' | 'window'> | undefined {
  const form = /^(\d+(?:\.\d+)?%) (?:over (\d+[dw])|per (day|week|month|quarter|year))$/.exec(text);
  const share = parseBound(form?.[1] ?? '');
  if (!form || 'problem' in share) return undefined;
  if (compareDecimals(share.value, decimalOf(0n)) <= 0 || compareDecimals(share.value, decimalOf(1n)) >= 0)
    return undefined;
  const over = parseDuration(form[2] ?? '', { calendar: false });
  if ('duration' in over) return { share: share.value, window: over.duration };
  return form[3] === undefined
    ? undefined
    : { share: share.value, window: form[3] as Exclude<Objective['window'], object> };
}
