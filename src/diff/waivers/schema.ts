import { LEAVES } from '../../contract/leaves/index.ts';
import { refusal, textLeaf } from '../../contract/leaves/text.ts';
import { closed, leaf, ref, type Schema } from '../../contract/schema-parts.ts';
import type { Problem } from '../../model/problem.ts';
import type { Leaf } from '../../yaml/schema.ts';
import { MAX_WAIVER_DAYS } from './waiver.ts';

export const FINGERPRINT = /^[0-9a-f]{12}$/;

/** Keys of an entry, in the order in which they are written. */
export const WAIVER_KEYS = ['fingerprint', 'rule', 'path', 'reason', 'approvedBy', 'expires'] as const;

/** `waivers.yaml` as data, in the words of the contract's schema. */
export const waiversSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://surety.dev/waivers.schema.json',
  title: 'Waivers file',
  ...closed(
    'Findings of `surety breaking` that somebody whom they break has agreed to.',
    // The last entry may go without the file.
    { waivers: { type: 'array', items: ref('waiver'), description: 'One entry a finding.' } },
    ['waivers'],
  ),
  $defs: {
    waiver: closed(
      'A finding that does not block for a while.',
      {
        fingerprint: leaf('fingerprint', 'Which finding: the 12 digits that `surety breaking` prints beside it.'),
        rule: leaf('name', 'Rule of the finding, such as column-removed.'),
        path: leaf('text', 'Path of the finding, such as orders.email; absent: the contract as a whole.'),
        reason: leaf('reason', 'Why the change may come.'),
        approvedBy: leaf('name', 'Party that agrees: one that the finding breaks, else who is accountable.'),
        expires: leaf('date', `Last day on which it holds, at most ${MAX_WAIVER_DAYS} days ahead.`),
      },
      WAIVER_KEYS.filter((key) => key !== 'path'),
    ),
  },
};

function fingerprintProblem(source: string): Problem | undefined {
  if (FINGERPRINT.test(source)) return undefined;
  return refusal(source, 'a fingerprint', 'copy the 12 hexadecimal digits that `surety breaking` prints');
}

function reasonProblem(source: string): Problem | undefined {
  return source.trim() === ''
    ? { message: 'an empty reason', hint: 'say why the change may come although it breaks somebody' }
    : undefined;
}

/** The scalars of waivers.yaml: those of contracts and two more. */
export const WAIVER_LEAVES: Readonly<Record<string, Leaf>> = {
  ...LEAVES,
  fingerprint: { schema: { type: 'string', pattern: FINGERPRINT.source }, check: textLeaf(fingerprintProblem).check },
  reason: { schema: { type: 'string', minLength: 1 }, check: textLeaf(reasonProblem).check },
};

/** Words that others use, and the key of ours that is meant. */
export const WAIVER_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    fingerprint: 'id hash finding',
    rule: 'code check',
    path: 'where column table location element',
    reason: 'why because comment description message justification note',
    approvedBy: 'approver approved approval owner party by signedBy',
    expires: 'until expiry expiration expiresOn end validUntil',
    waivers: 'ignore ignores exceptions suppressions exemptions waiver',
  }).flatMap(([ours, theirs]) => theirs.split(' ').map((word) => [word, ours])),
);
