import { LEAVES } from '../contract/leaves/index.ts';
import { refusal, textLeaf } from '../contract/leaves/text.ts';
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

/** A text that `${ENV}` may stand in; its problems never quote it, since it may hold a password. */
const filledIn = textLeaf((source) => {
  const problem = substitutionProblem(source);
  return problem === undefined
    ? undefined
    : { message: problem, hint: `write \${NAME} or \${NAME:-default}, in quotes` };
});

/** The scalars of surety.yaml: those of contracts and a few more. */
export const PROJECT_LEAVES: Readonly<Record<string, Leaf>> = {
  ...LEAVES,
  filledIn,
  weekdays: textLeaf((source) =>
    WEEKDAYS.test(source) ? undefined : refusal(source, 'weekdays', 'write mon-fri, or a list such as [sun, mon]'),
  ),
  hours: textLeaf(hoursProblem),
};
