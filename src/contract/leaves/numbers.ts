import type { Problem } from '../../model/problem.ts';
import { parseAmount, parseBound, parseDifference } from '../../sql/amount.ts';
import { parseDecimal } from '../../util/decimal.ts';
import type { Leaf } from '../../yaml/schema.ts';
import { parseObjective } from '../objective.ts';
import { refusal, textLeaf } from './text.ts';

function problemOf(parsed: object & { readonly problem?: Problem }): Problem | undefined {
  return parsed.problem;
}

const MAX_COUNT = 2_147_483_647;

function countProblem(source: string): Problem | undefined {
  if (!/^\d+$/.test(source)) return refusal(source, 'a whole number');
  return Number(source) <= MAX_COUNT ? undefined : refusal(source, `a number of at most ${MAX_COUNT}`);
}

/** Fractions of a year's slots can hardly be promised whole: 100% leaves no budget to spend. */
function objectiveProblem(source: string): Problem | undefined {
  if (parseObjective(source)) return undefined;
  return /^\d+(?:\.\d+)?% (?:over \d+[dw]|per (?:day|week|month|quarter|year))$/.test(source)
    ? refusal(source, 'an objective between 0% and 100%', 'promise what leaves some room, such as 99.9%')
    : refusal(source, 'an objective', 'write 99.5% over 30d, or 99% per month');
}

const DECIMAL = { type: ['number', 'string'] };

export const NUMBER_LEAVES: Readonly<Record<string, Leaf>> = {
  count: { schema: { type: 'integer', minimum: 0 }, check: textLeaf(countProblem).check },
  ordinal: {
    schema: { type: 'integer', minimum: 1 },
    check: textLeaf((source) =>
      /^0+$/.test(source) ? refusal(source, 'a number of at least 1', 'count from 1') : countProblem(source),
    ).check,
  },
  amount: {
    schema: {
      anyOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?%$' },
      ],
    },
    check: textLeaf((source) => problemOf(parseAmount(source))).check,
  },
  difference: {
    schema: {
      anyOf: [
        { type: 'number', minimum: 0 },
        { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?%?$' },
      ],
    },
    check: textLeaf((source) => problemOf(parseDifference(source))).check,
  },
  bound: {
    schema: { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^[+-]?[0-9.]+([eE][+-]?[0-9]+)?%?$' }] },
    check: textLeaf((source) => problemOf(parseBound(source))).check,
  },
  number: {
    schema: DECIMAL,
    check: textLeaf((source) =>
      parseDecimal(source) ? undefined : refusal(source, 'a number', 'write digits, such as 1000 or 0.5'),
    ).check,
  },
  share: {
    schema: { type: 'string', pattern: '^[+-]?[0-9]+(\\.[0-9]+)?%$' },
    check: textLeaf((source) =>
      /^[+-]?\d+(\.\d+)?%$/.test(source) ? undefined : refusal(source, 'a share', 'write 40% or -20%'),
    ).check,
  },
  objective: { schema: { type: 'string' }, check: textLeaf(objectiveProblem).check },
};
