import { describe, expect, test } from 'vitest';
import { type EditedWaivers, editWaivers } from '../../../src/diff/waivers/edit-waivers.ts';
import type { WaiverEntry } from '../../../src/diff/waivers/waiver.ts';

const ENTRY: WaiverEntry = {
  fingerprint: '3f9a1c04be72',
  rule: 'column-removed',
  path: 'orders.legacy_code',
  reason: 'both readers moved: see #12',
  approvedBy: 'finance',
  expires: '2027-01-31',
};

const BLOCK = `  - fingerprint: 3f9a1c04be72
    rule: column-removed
    path: orders.legacy_code
    reason: "both readers moved: see #12"
    approvedBy: finance
    expires: 2027-01-31
`;
const FLOW =
  '{fingerprint: 3f9a1c04be72, rule: column-removed, path: orders.legacy_code, reason: "both readers moved: see #12", approvedBy: finance, expires: 2027-01-31}';
const OTHER =
  '{fingerprint: 000000000012, rule: type-changed, path: "a.b[]", reason: r, approvedBy: x, expires: 2027-01-01}';

const edit = (text: string, entry = ENTRY) => editWaivers({ name: 'waivers.yaml', text }, entry);

function edited(text: string, entry = ENTRY): EditedWaivers {
  const result = edit(text, entry);
  if (!('text' in result)) throw new Error(JSON.stringify(result));
  return result;
}

describe('a further entry', () => {
  test.each<readonly [string, string, string]>([
    ['an empty file', '', `waivers:\n${BLOCK}`],
    ['nothing but comments, without a newline', '# ours', `# ours\nwaivers:\n${BLOCK}`],
    ['a document begun', '---\n# ours\n', `---\n# ours\nwaivers:\n${BLOCK}`],
    ['other keys only', 'x-team: a # b\n\n# end\n', `x-team: a # b\nwaivers:\n${BLOCK}\n# end\n`],
    ['a key without a value', 'waivers: # none\n# end\n', `waivers: # none\n${BLOCK}# end\n`],
    ['an empty list', 'waivers: [] # none\n# end', `waivers: # none\n${BLOCK}# end`],
    ['an empty list without a newline', 'waivers: [ ]', `waivers:\n${BLOCK}`],
    ['an empty list with a comment in it', 'waivers: [ # none\n]\n', `waivers: [${FLOW} # none\n]\n`],
    ['an empty list in braces', '{waivers: []}\n', `{waivers: [${FLOW}]}\n`],
    ['a flow list on one line', `waivers: [ ${OTHER}, ]\n`, `waivers: [ ${OTHER}, ${FLOW}, ]\n`],
    [
      'a flow list with an entry a line',
      `waivers: [\n  ${OTHER} # first, of two\n]\n`,
      `waivers: [\n  ${OTHER}, # first, of two\n  ${FLOW}\n]\n`,
    ],
    [
      'a flow list that ends with a comma',
      `waivers: [\n\t${OTHER} , # first\n  # end\n]`.replace('\t', '    '),
      `waivers: [\n    ${OTHER} , # first\n    ${FLOW},\n  # end\n]`,
    ],
    [
      'comments everywhere',
      `# head\n\nwaivers: # list\n      # before\n      -   fingerprint:   000000000012   # odd\n          rule: 'type-changed'\n          reason: >-  # long\n            folded\n            text\n\n          expires: "2027-01-01"     # tail\n          # of the entry\n      # below\n\n# end\n`,
      `# head\n\nwaivers: # list\n      # before\n      -   fingerprint:   000000000012   # odd\n          rule: 'type-changed'\n          reason: >-  # long\n            folded\n            text\n\n          expires: "2027-01-01"     # tail\n          # of the entry\n${BLOCK.replaceAll(/^/gm, '    ').trimEnd()}\n      # below\n\n# end\n`,
    ],
    [
      'dashes that are not indented, no newline at the end',
      `waivers:\n- ${OTHER}`,
      `waivers:\n- ${OTHER}\n${BLOCK.replaceAll(/^ {2}/gm, '')}`,
    ],
    ['keys behind the list', `waivers:\n  - ${OTHER}\nx-a: 1`, `waivers:\n  - ${OTHER}\n${BLOCK}x-a: 1`],
    [
      'a text that ends a block',
      `waivers:\n  - fingerprint: 000000000012\n    reason: |+\n      long\n\n\nx-a: 1\n`,
      `waivers:\n  - fingerprint: 000000000012\n    reason: |+\n      long\n\n\n${BLOCK}x-a: 1\n`,
    ],
    ['documents begun and ended', `---\nwaivers:\n  - ${OTHER}\n...\n`, `---\nwaivers:\n  - ${OTHER}\n${BLOCK}...\n`],
  ])('%s', (_, before, after) => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(edited(before)).toEqual({
      text: after,
      line: after.slice(0, after.indexOf('3f9a1c04be72')).split('\n').length,
      renewed: false,
    });
    expect(edited(crlf(before)).text).toBe(before.includes('\n') ? crlf(after) : after);
  });

  test('texts are quoted where YAML would read something else', () => {
    const hostile = {
      ...ENTRY,
      fingerprint: '123456789012',
      path: 'orders.lines[].a#b: c',
      reason: 'one\ntwo "three" \\ # four',
      approvedBy: '@team: *x, {y}',
    };
    for (const before of ['', `waivers: [${OTHER}]\n`]) {
      const { text } = edited(before, hostile);
      expect(text).toContain('fingerprint: "123456789012"');
      expect(text).toContain('reason: "one\\ntwo \\"three\\" \\\\ # four"');
      expect(text).toContain('approvedBy: "@team: *x, {y}"');
      expect(edited(text, hostile)).toEqual({ text, line: before ? 1 : 2, renewed: true });
    }
  });

  test('the contract as a whole has no path', () => {
    expect(edited('', { ...ENTRY, path: '' }).text).not.toContain('path');
  });
});

describe('a renewed entry', () => {
  test('keeps comments, order, quotes and all else', () => {
    const before = `# head\nwaivers:\n  - ${OTHER}\n  # of ours\n  - expires: '2026-12-31' # soon\n    "reason": >-  # why\n      old\n      words\n    approvedBy:   # who\n    # rule and path\n    rule: column-removed\n    path: "orders.legacy_code"\n    fingerprint: 3f9a1c04be72\n# end\n`;
    const after = `# head\nwaivers:\n  - ${OTHER}\n  # of ours\n  - expires: '2027-01-31' # soon\n    "reason": "both readers moved: see #12"  # why\n    approvedBy: finance   # who\n    # rule and path\n    rule: column-removed\n    path: "orders.legacy_code"\n    fingerprint: 3f9a1c04be72\n# end\n`;
    expect(edited(before)).toEqual({ text: after, line: 5, renewed: true });
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(edited(crlf(before)).text).toBe(crlf(after));
  });

  test('in braces', () => {
    const before = `waivers: [${OTHER}, {fingerprint: 3f9a1c04be72, rule: column-removed, path: orders.legacy_code, reason: old, approvedBy: 'x', expires: 2026-12-31,}] # all\n`;
    const after = `waivers: [${OTHER}, {fingerprint: 3f9a1c04be72, rule: column-removed, path: orders.legacy_code, reason: "both readers moved: see #12", approvedBy: 'finance', expires: 2027-01-31,}] # all\n`;
    expect(edited(before)).toEqual({ text: after, line: 1, renewed: true });
  });

  test('gets the keys that it lacks', () => {
    expect(edited('waivers:\n  - fingerprint: 3f9a1c04be72 # x').text).toBe(
      `waivers:\n${BLOCK.replace('72\n', '72 # x\n')}`,
    );
    expect(edited('waivers: [{ fingerprint: 3f9a1c04be72 }]').text).toBe(
      `waivers: [${FLOW.replace('{', '{ ').replace('}', ' }')}]`,
    );
  });

  test('says the same: nothing changes', () => {
    const text = `waivers: [${OTHER}]\n`;
    const [, fingerprint = ''] = /(\d{12})/.exec(OTHER) ?? [];
    const same = {
      fingerprint,
      rule: 'type-changed',
      path: 'a.b[]',
      reason: 'r',
      approvedBy: 'x',
      expires: '2027-01-01',
    };
    expect(edited(text, same)).toEqual({ text, line: 1, renewed: true });
  });

  test('loses the path where the finding has none', () => {
    expect(edited(`waivers:\n${BLOCK}`, { ...ENTRY, path: '' }).text).toContain('path: ""\n');
  });
});

describe('what is refused', () => {
  test.each([
    ['broken syntax', 'waivers:\n  - {fingerprint: 1\n', 'yaml/unclosed'],
    ['a text', 'waivers: none\n', 'waivers/not-editable'],
    ['a map', 'waivers: {a: 1}\n', 'waivers/not-editable'],
    ['a list at the root', '- a\n', 'yaml/root-not-a-map'],
    ['an alias', 'x-all: &all []\nwaivers: *all\n', 'waivers/not-editable'],
    [
      'an entry that stands twice',
      'waivers:\n  - &a {fingerprint: 3f9a1c04be72, reason: r}\n  - *a\n',
      'waivers/not-editable',
    ],
    ['two documents', 'waivers: []\n---\nwaivers: []\n', 'yaml/several-documents'],
  ])('%s', (_, text, code) => {
    expect(edit(text)).toMatchObject([{ code, severity: 'error', at: { file: 'waivers.yaml' } }]);
  });
});
