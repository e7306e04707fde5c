import type { Change } from '../../model/change.ts';
import type { LiveEvidence } from '../../model/gate.ts';
import type { CheckResult } from '../../model/run.ts';

/** Evidence, and whether it is for want of a look that there is none: what does not apply is no such want. */
export type Judged = LiveEvidence & { readonly isMissed: boolean };

export function unmeasured(why: string, isMissed: boolean): Judged {
  return { holds: null, message: `not measured: ${why}`, samples: null, isMissed };
}

/** What a check that decides about a change found. */
export function judge(change: Change, result: CheckResult | undefined): Judged {
  if (!result) return unmeasured('the source has nothing that it is about', false);
  const message = result.message.replace(/^none of (?=\d)/, '0 of ');
  const found = (holds: boolean, text: string): Judged => ({
    holds,
    message: text,
    samples: holds ? null : result.samples,
    isMissed: false,
  });
  switch (result.verdict) {
    case 'pass':
      return found(true, message);
    case 'fail':
      return found(false, message);
    case 'warn':
      // The bound that warns was broken, the one that fails was not.
      return isSameWarning(change)
        ? found(true, `${message}: only beyond the bound that warns, which is as before`)
        : found(false, `${message}: beyond the bound that warns`);
    case 'error':
      return unmeasured(message, true);
    case 'skipped':
      return unmeasured(message, false);
  }
}

/** Whether both versions have the same bound that warns. */
function isSameWarning({ before, after }: Change): boolean {
  const [was, is] = [before, after].map((text) => /\bwarn: ([^,}]+)/.exec(text ?? '')?.[1]?.trim());
  return was !== undefined && was === is;
}

/** Of several checks all have to hold. */
export function together(judged: readonly Judged[]): Judged {
  const broken = judged.filter(({ holds }) => holds === false);
  const open = judged.filter(({ holds }) => holds === null);
  const [first, ...others] = broken.length > 0 ? broken : open.length > 0 ? open : judged;
  if (!first) return unmeasured('no check of a table says whether it is kept', false);
  return {
    holds: first.holds,
    message: [...new Set([first, ...others].map(({ message }) => message))].join('; '),
    samples: [first, ...others].find(({ samples }) => samples !== null)?.samples ?? null,
    // What is broken is broken, whatever else could not be seen.
    isMissed: broken.length === 0 && judged.some(({ isMissed }) => isMissed),
  };
}
