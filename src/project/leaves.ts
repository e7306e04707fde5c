import { LEAVES } from '../contract/leaves/index.ts';
import { refusal, textLeaf } from '../contract/leaves/text.ts';
import { portOf } from '../dialects/server/port.ts';
import type { Problem } from '../model/problem.ts';
import type { Leaf } from '../yaml/schema.ts';
import { substitutionProblem } from './secret.ts';

const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
const WEEKDAYS = new RegExp(`^${DAY}(?:-${DAY})?$`);

function hoursProblem(source: string): Problem | undefined {
  const form = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(source);
  if (form?.[1] !== undefined && form[2] !== undefined && form[1] < form[2]) return undefined;
  return refusal(source, 'a span of hours in one day', 'write 09:00-18:00');
}

/** Its problems never quote the text, since it may hold a password. */
function filledInProblem(source: string): Problem | undefined {
  const message = substitutionProblem(source);
  return message === undefined ? undefined : { message, hint: `write \${NAME} or \${NAME:-default}, in quotes` };
}

function portProblem(source: string): Problem | undefined {
  if (source.includes('${')) return filledInProblem(source);
  return portOf(source) === undefined ? refusal(source, 'a port', 'write a number from 1 to 65535') : undefined;
}

/** The scalars of surety.yaml: those of contracts and a few more. */
export const PROJECT_LEAVES: Readonly<Record<string, Leaf>> = {
  ...LEAVES,
  /** A text that `${ENV}` may stand in. */
  filledIn: textLeaf(filledInProblem),
  port: textLeaf(portProblem),
  weekdays: textLeaf((source) =>
    WEEKDAYS.test(source) ? undefined : refusal(source, 'weekdays', 'write mon-fri, or a list such as [sun, mon]'),
  ),
  hours: textLeaf(hoursProblem),
};
