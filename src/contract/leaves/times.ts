import type { Problem } from '../../model/problem.ts';
import { parseDuration } from '../../sql/duration.ts';
import { cronProblem } from '../../util/cron.ts';
import type { Leaf } from '../../yaml/schema.ts';
import { refusal, textLeaf } from './text.ts';

function duration(calendar: boolean): Leaf {
  const units = calendar ? '(s|m|h|d|w|mo|y)' : '(s|m|h|d|w)';
  const { check } = textLeaf((source) => {
    const parsed = parseDuration(source, { calendar });
    return 'problem' in parsed ? parsed.problem : undefined;
  });
  return { schema: { type: 'string', pattern: `^[0-9]+${units}$` }, check };
}

/** Offsets are refused: a zone knows its daylight saving time. */
function zoneProblem(source: string): Problem | undefined {
  if (!/^[+-]|^(?:UTC|GMT)[+-]/i.test(source)) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: source });
      return undefined;
    } catch {
      // Falls through: an unknown zone.
    }
  }
  return refusal(source, 'a time zone', 'write a name of the IANA list, such as Europe/Paris or UTC');
}

export const TIME_LEAVES: Readonly<Record<string, Leaf>> = {
  duration: duration(false),
  calendarDuration: duration(true),
  timezone: { schema: { type: 'string' }, check: textLeaf(zoneProblem).check },
  cron: {
    schema: { type: 'string', pattern: '^\\S+ +\\S+ +\\S+ +\\S+ +\\S+$' },
    check: textLeaf((source) => {
      const message = cronProblem(source);
      return message === undefined ? undefined : { message, hint: 'such as "0 6 * * 1-5": at 6:00 on weekdays' };
    }).check,
  },
};
