import type { Problem } from '../../model/problem.ts';
import type { Leaf } from '../../yaml/schema.ts';

/** A scalar that is read as text, whatever YAML makes of it. */
export function textLeaf(check: (text: string) => Problem | undefined = () => undefined): Leaf {
  return {
    schema: { type: ['string', 'number', 'boolean'] },
    check: ({ source }) => check(source),
  };
}

/** A text of which a regular expression says the shape; the editor schema has it too. */
function shapedLeaf(expected: string, shape: RegExp, hint?: (text: string) => string | undefined): Leaf {
  return {
    schema: { type: 'string', pattern: shape.source },
    check: ({ source }) => (shape.test(source) ? undefined : refusal(source, expected, hint?.(source))),
  };
}

export function refusal(text: string, expected: string, hint?: string): Problem {
  return { message: `"${text}" is not ${expected}`, ...(hint !== undefined && { hint }) };
}

const text = textLeaf();

/** Names of columns, tables and parties may hold anything that can be seen. */
const name = textLeaf((source) => {
  if (source.trim() === '') return { message: 'an empty name', hint: 'write a name' };
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(source))
    return refusal(source, 'a name without control characters');
  return undefined;
});

const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
const CONTRACT_ID = /^[a-z0-9]+([_-][a-z0-9]+)*(\.[a-z0-9]+([_-][a-z0-9]+)*)*(@(0|[1-9][0-9]*))?$/;

function semverHint(source: string): string | undefined {
  const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(source);
  if (!parts) return 'write major.minor.patch, such as 1.0.0';
  const [, major, minor, patch] = parts;
  return `write ${[major, minor ?? '0', patch ?? '0'].map((part) => BigInt(part ?? '0')).join('.')}`;
}

function contractIdHint(source: string): string {
  const suggestion = source
    .toLowerCase()
    .replace(/[^a-z0-9.@_-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return CONTRACT_ID.test(suggestion)
    ? `write ${suggestion}`
    : 'lower-case words with dots and hyphens, such as shop.orders';
}

function dateProblem(source: string): Problem | undefined {
  const date = new Date(`${source}T00:00:00Z`);
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(source) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(source);
  return real ? undefined : refusal(source, 'a date', 'write YYYY-MM-DD, such as 2027-03-01');
}

export const TEXT_LEAVES: Readonly<Record<string, Leaf>> = {
  text,
  name,
  contractId: shapedLeaf('a contract id', CONTRACT_ID, contractIdHint),
  semver: shapedLeaf('a semantic version', SEMVER, semverHint),
  date: { schema: { type: 'string', format: 'date' }, check: textLeaf(dateProblem).check },
  character: textLeaf((source) =>
    [...source].length === 1 ? undefined : refusal(source, 'one character', 'write a tab as "\\t"'),
  ),
  all: shapedLeaf('`all` or a list of columns', /^all$/),
  updateWord: shapedLeaf(
    'hourly, daily or on-demand',
    /^(hourly|daily|on-demand)$/,
    () => 'or say `{ every: 1h }` or `{ cron: "0 6 * * *" }`',
  ),
};
