import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWaivers, waiverFolders } from '../../../src/diff/waivers/read-waivers.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { DISK, type Files } from '../../../src/yaml/files.ts';
import { projectFolder } from '../../support/project-folder.ts';

const AS_OF = '2026-11-25';

const entry = (fingerprint: string, expires = '2026-12-31') =>
  `  - fingerprint: ${fingerprint}
    rule: freshness-loosened
    path: orders.legacy_code
    reason: "both readers moved"
    approvedBy: finance
    expires: ${expires}
`;

async function read(files: Readonly<Record<string, string>>, contracts = ['contracts/shop/orders.yaml']) {
  const folder = await projectFolder(files);
  const paths = contracts.map((path) => ({ path: join(folder, path) }));
  const result = await readWaivers(DISK, { folder }, paths, AS_OF);
  const shown = ({ code, message, hint, at }: Diagnostic) => {
    const file = at?.file.slice(at.file.indexOf(folder.slice(1)) + folder.length) ?? '';
    return `${file}:${at?.line}:${at?.column} ${code} ${message} (${hint})`.replaceAll(folder, '');
  };
  return { ...result, folder, problems: result.diagnostics.map(shown) };
}

/** Of one file with this text, in the order of the file. */
async function problemsOf(text: string) {
  const { problems, waivers } = await read({ 'contracts/waivers.yaml': text });
  return {
    problems: problems.map((problem) => problem.replace('contracts/waivers.yaml:', '')),
    waivers: waivers.map(({ fingerprint }) => fingerprint),
  };
}

test('all folders from the contracts up to the project', async () => {
  const { waivers, diagnostics, folder, sources } = await read(
    {
      'waivers.yaml': `waivers:\n${entry('000000000001')}`,
      'contracts/waivers.yaml': `waivers:\n${entry('000000000002')}`,
      'contracts/shop/waivers.yaml': `# ours\nwaivers:\n${entry('00000000e003')}`,
      'contracts/other/waivers.yaml': `waivers:\n${entry('000000000004')}`,
      'elsewhere/waivers.yaml': `waivers:\n${entry('000000000005')}`,
    },
    ['contracts/shop/orders.yaml', 'contracts/shop/deep/er/a.yaml', 'contracts/other/b.yaml'],
  );
  expect(diagnostics).toEqual([]);
  expect(sources).toHaveLength(4);
  const found = waivers.map((waiver) => [waiver.fingerprint, waiver.folder.slice(folder.length)]);
  expect(found.toSorted()).toEqual([
    ['000000000001', ''],
    ['000000000002', '/contracts'],
    ['000000000004', '/contracts/other'],
    ['00000000e003', '/contracts/shop'],
  ]);
  expect(waivers.find(({ fingerprint }) => fingerprint === '00000000e003')).toMatchObject({
    rule: 'freshness-loosened',
    path: 'orders.legacy_code',
    reason: 'both readers moved',
    approvedBy: 'finance',
    expires: '2026-12-31',
    at: { line: 3, column: 5 },
  });
});

test('a contract outside the project has the waivers of its folder', () => {
  expect(waiverFolders('/a/b/c.yaml', '/x')).toEqual(['/a/b']);
  expect(waiverFolders('/a/b/c/d.yaml', '/a')).toEqual(['/a/b/c', '/a/b', '/a']);
  expect(waiverFolders('/d.yaml', '/')).toEqual(['/']);
});

test('another place than the disk', async () => {
  const text = `waivers:\n${entry('000000000001')}`;
  const files = {
    ...DISK,
    kind: (path: string) => (path === '/p/waivers.yaml' ? ('file' as const) : undefined),
    bytes: async () => Buffer.from(text),
    shown: (path: string) => `4f2c1aa:${path.slice(3)}`,
  };
  const { waivers } = await readWaivers(files, { folder: '/p' }, [{ path: '/p/contracts/a.yaml' }], AS_OF);
  expect(waivers).toMatchObject([{ fingerprint: '000000000001', at: { file: '4f2c1aa:waivers.yaml' }, folder: '/p' }]);
});

test.each([['', '# none at the moment', '---\n', 'waivers: []\n']])(
  'an empty file waives nothing',
  async (...texts) => {
    for (const text of texts) expect(await problemsOf(text)).toEqual({ problems: [], waivers: [] });
  },
);

test('what is missing and what is unknown', async () => {
  const text = `waivers:
  - fingerprint: 000000000001
    rule: freshness-loosened
    path: a.b
    approvedBy: finance
    expires: 2026-12-31
  - fingerprint: 000000000002
    rule: freshness-loosened
    reason: fine
    approver: finance
    expires: 2026-12-31
${entry('000000000003')}  - { fingerprint: 000000000004, rule: freshness-tightened, reason: r, approvedBy: x }
  - { fingerprint: 000000000005, rule: freshness-tightened, reason: r, approvedBy: x, expires: 2026-12-31 }
ignore: []
`;
  expect(await problemsOf(text)).toEqual({
    problems: [
      '2:5 schema/missing-key the key "reason" is missing (add it)',
      '7:5 schema/missing-key the key "approvedBy" is missing (add it)',
      '10:5 schema/unknown-key unknown key "approver" (this is "approvedBy" here)',
      '18:5 schema/missing-key the key "expires" is missing (add it)',
      '20:1 schema/unknown-key unknown key "ignore" (this is "waivers" here)',
    ],
    waivers: ['000000000003', '000000000005'],
  });
});

test('what is wrong with values', async () => {
  const text = `waivers:
  - { fingerprint: 3F9A1C04BE72, rule: freshness-loosened, reason: r, approvedBy: x, expires: 2026-12-31 }
  - { fingerprint: 000000000002, rule: freshnes-loosened, reason: r, approvedBy: x, expires: 2026-12-31 }
  - { fingerprint: 000000000003, rule: freshness-loosened, reason: " ", approvedBy: x, expires: 2026-12-31 }
  - { fingerprint: 000000000004, rule: freshness-loosened, reason: r, approvedBy: "", expires: 2026-12-31 }
  - { fingerprint: 000000000005, rule: freshness-loosened, reason: r, approvedBy: x, expires: 2026-02-30 }
  - { fingerprint: 000000000006, rule: freshness-loosened, reason: r, approvedBy: x, expires: 2027-02-24 }
  - { fingerprint: 000000000007, rule: freshness-loosened, reason: r, approvedBy: x, expires: 2027-02-23 }
  - { fingerprint: 000000000008, rule: freshness-loosened, reason: , approvedBy: x, expires: 2026-12-31 }
  - { fingerprint: 000000000009, rule: freshness-loosened, reason: r, approvedBy: x, expires: 2020-01-01 }
  - text
`;
  expect(await problemsOf(text)).toEqual({
    problems: [
      '2:20 schema/bad-value "3F9A1C04BE72" is not a fingerprint (copy the 12 hexadecimal digits that `surety breaking` prints)',
      '3:40 waivers/unknown-rule there is no rule "freshnes-loosened" (did you mean "freshness-loosened"?)',
      '4:68 schema/bad-value an empty reason (say why the change may come although it breaks somebody)',
      '5:83 schema/bad-value an empty name (write a name)',
      '6:95 schema/bad-value "2026-02-30" is not a date (write YYYY-MM-DD, such as 2027-03-01)',
      '7:95 waivers/expires-too-late the waiver holds 91 days, until 2027-02-24; at most 90 days are allowed (write 2027-02-23 or an earlier day, and renew it then)',
      '9:68 schema/bad-value the value is empty (write a value, or leave the key out)',
      '11:5 schema/wrong-type the text "text" stands here, expected a map (write keys below it)',
    ],
    waivers: ['000000000007', '000000000009'],
  });
});

test('digits that YAML takes for a number are read as they stand', async () => {
  const text = `waivers:\n${['012345678901', '12e456789012', '999999999999'].map((each) => entry(each)).join('')}`;
  expect(await problemsOf(text)).toEqual({
    problems: [],
    waivers: ['012345678901', '12e456789012', '999999999999'],
  });
});

test('of two waivers for one finding the first counts', async () => {
  const { problems, waivers } = await read({
    'waivers.yaml': `waivers:\n${entry('000000000001')}`,
    'contracts/waivers.yaml': `waivers:\n${entry('000000000002')}${entry('000000000001')}`,
  });
  expect(waivers.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(['000000000001', '000000000002']);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(
    /contracts\/waivers.yaml:8:5 waivers\/waived-twice 000000000001 is waived twice, first in .*waivers.yaml:2 \(keep one of the two entries\)$/,
  );
});

test('what cannot be read is told', async () => {
  const broken = await problemsOf(`waivers:\n${entry('000000000001')}  - { fingerprint: 000000000002\n`);
  expect(broken.problems).toEqual([expect.stringMatching(/^8:5 yaml\/unclosed /)]);
  expect(broken.waivers).toEqual(['000000000001']);
  expect((await problemsOf('- a\n')).problems).toEqual([expect.stringMatching(/^1:1 yaml\/root-not-a-map /)]);
  expect((await problemsOf('waivers:\n')).problems).toEqual([expect.stringMatching(/^1:9 schema\/wrong-type /)]);

  const folder = await projectFolder({ 'contracts/a.yaml': '' });
  await mkdir(join(folder, 'waivers.yaml'));
  const { diagnostics } = await readWaivers(DISK, { folder }, [], AS_OF);
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/not-a-file']);
});

test('a file that cannot be read is told', async () => {
  const folder = await projectFolder({ 'waivers.yaml': 'waivers: []\n' });
  const files: Files = { ...DISK, bytes: async () => ({ reason: 'failed', why: 'EACCES' }) };
  const { diagnostics } = await readWaivers(files, { folder }, [], AS_OF);
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/unreadable-file']);
});
