import type { Problem } from '../../model/problem.ts';
import { FORMATS } from '../../sql/formats.ts';
import { parseLogicalType } from '../../sql/logical-type.ts';
import { parsePattern } from '../../sql/pattern.ts';
import type { Leaf } from '../../yaml/schema.ts';
import { isDateFormat } from '../date-format.ts';
import { didYouMean } from '../did-you-mean.ts';
import { parseReference } from '../reference.ts';
import { refusal, textLeaf } from './text.ts';

function problemOf(parsed: object & { readonly problem?: Problem }): Problem | undefined {
  return parsed.problem;
}

function formatProblem(source: string): Problem | undefined {
  if (isDateFormat(source) || FORMATS.some(({ name }) => name === source)) return undefined;
  const names = FORMATS.map(({ name }) => name);
  const remedy = `write one of ${names.join(', ')}; on a date column of a text file a form such as dd.MM.yyyy`;
  return { message: `"${source}" is not a known format`, hint: didYouMean(source, names, remedy) };
}

function filled(expected: string): Leaf {
  return textLeaf((source) => (source.trim() === '' ? { message: `an empty text, expected ${expected}` } : undefined));
}

export const SQL_LEAVES: Readonly<Record<string, Leaf>> = {
  type: { ...textLeaf((source) => problemOf(parseLogicalType(source))), schema: { type: 'string' } },
  literal: textLeaf(),
  pattern: { ...textLeaf((source) => problemOf(parsePattern(source))), schema: { type: 'string' } },
  format: {
    schema: { anyOf: [{ enum: FORMATS.map(({ name }) => name) }, { type: 'string' }] },
    check: textLeaf(formatProblem).check,
  },
  sql: filled('a condition or an expression in SQL'),
  query: filled('a query'),
  metric: filled('a metric, such as avg(amount)'),
  reference: {
    schema: { type: 'string' },
    check: textLeaf((source) =>
      parseReference(source)
        ? undefined
        : refusal(source, 'a reference', 'write table.column, or contract/table.column; odd names in double quotes'),
    ).check,
  },
};
