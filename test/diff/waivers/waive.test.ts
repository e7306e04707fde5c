import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { UsageError } from '../../../src/commands/verb.ts';
import { waive } from '../../../src/commands/waive.ts';
import { type Contents, GIT_VARIABLES, gitRepository } from '../../support/git-repository.ts';

const contract = (freshness: string, consumers: string) => `contract: shop.orders
version: 1.0.0
raci: { accountable: sales }
consumers: { ${consumers} }
tables: { orders: { freshness: ${freshness}, timeColumn: at, columns: { at: instant } } }
`;
const FINANCE = 'close: { party: finance, uses: [orders.at] }';
const GROWTH = 'churn: { party: growth, uses: [orders.at] }';
const PARTIES = 'parties: { sales: {}, finance: { members: [fiona] }, growth: {} }\n';

/** A clone where orders were promised within 6h and are now within 12h. */
async function loosened(consumers = FINANCE, more: Contents = {}) {
  const { folder, commit, write } = await gitRepository();
  const path = 'contracts/shop/orders.yaml';
  await commit({ 'surety.yaml': PARTIES, [path]: contract('6h', consumers), ...more });
  await write({ [path]: contract('12h', consumers) });
  const run = async (...args: readonly string[]) => {
    const told = { out: '', error: '' };
    const output = (name: keyof typeof told) => ({
      isTerminal: false,
      write: (text: string) => {
        told[name] += text;
      },
    });
    const shell = {
      cwd: folder,
      env: GIT_VARIABLES,
      stdout: output('out'),
      stderr: output('error'),
      signal: new AbortController().signal,
    };
    const command = waive.declare(new Command().exitOverride());
    const given = [...args, '--against', 'HEAD', '--as-of', '2026-11-25'];
    command.configureOutput({ writeErr: () => {} }).parse(given, { from: 'user' });
    const code = await waive.run(command.args, command.opts(), shell).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      told.error += `error: ${error.message}\n  hint: ${error.hint}\n`;
      return 2;
    });
    return { code, out: told.out.replaceAll(folder, ''), error: told.error.replaceAll(folder, '') };
  };
  const listed = await run('000000000000', '--reason', 'r', '--expires', '2026-12-31');
  const fingerprint = /([0-9a-f]{12}) {2}freshness-loosened/.exec(listed.error)?.[1] ?? '';
  const text = (file: string) => readFile(join(folder, file), 'utf8');
  return { run, listed, fingerprint, text, write };
}

const SAID = ['--reason', 'moved, see #12', '--expires', '2026-12-31'] as const;

test('an unknown fingerprint gets the list of the open ones', async () => {
  const { listed, fingerprint } = await loosened();
  expect([listed.code, listed.out]).toEqual([2, '']);
  expect(listed.error).toMatch(/^error: no finding has the fingerprint "000000000000"\n {2}hint: open are\n/);
  expect(listed.error).toContain(`    ${fingerprint}  freshness-loosened shop.orders orders\n`);
});

test('the entry is written beside the contract, approved by the only one who can', async () => {
  const { run, fingerprint, text } = await loosened();
  const { code, out } = await run(fingerprint, ...SAID);
  expect(out).toMatch(
    /^wrote a waiver of freshness-loosened shop.orders orders until 2026-12-31, approved by finance: .*\/contracts\/shop\/waivers.yaml:3\n$/,
  );
  expect(code).toBe(0);
  expect(await text('contracts/shop/waivers.yaml')).toContain(
    `  - fingerprint: ${fingerprint}\n    rule: freshness-loosened\n    path: orders\n    reason: "moved, see #12"\n    approvedBy: finance\n    expires: 2026-12-31\n`,
  );
});

test('the nearest file is taken, and the one that waives it already before that', async () => {
  const { run, fingerprint, text, write } = await loosened(FINANCE, { 'waivers.yaml': '# all\nwaivers: []\n' });
  expect((await run(fingerprint, ...SAID)).out).toMatch(/^wrote .*: \/?[^:]*waivers.yaml:3\n$/);
  await write({ 'contracts/waivers.yaml': 'waivers: []\n' });
  const { out } = await run(fingerprint, '--reason', 'again', '--expires', '2027-02-23', '--approved-by', 'fiona');
  expect(out).toMatch(/^renewed the waiver of .* until 2027-02-23, approved by fiona: .*waivers.yaml:3\n$/);
  expect(await text('contracts/waivers.yaml')).toBe('waivers: []\n');
  expect(await text('waivers.yaml')).toMatch(
    /^# all\nwaivers:\n {2}- fingerprint: .*\n(?:.*\n)* {4}expires: 2027-02-23\n$/,
  );
});

test('a waiver whose day is over is renewed', async () => {
  const { run, fingerprint, text } = await loosened();
  await run(fingerprint, ...SAID);
  const { code, out } = await run(fingerprint, '--reason', 'r', '--expires', '2027-01-31', '--as-of', '2027-01-15');
  expect([code, out.split(' ')[0]]).toEqual([0, 'renewed']);
  expect((await text('contracts/shop/waivers.yaml')).match(/fingerprint/g)).toHaveLength(1);
});

test('who may approve', async () => {
  const { run, fingerprint } = await loosened(`${FINANCE}, ${GROWTH}`);
  expect((await run(fingerprint, ...SAID)).error).toBe(
    'error: several parties can approve this\n  hint: name one that did with --approved-by: "finance" or "growth"\n',
  );
  expect((await run(fingerprint, ...SAID, '--approved-by', 'sales')).error).toBe(
    'error: "sales" cannot approve this\n  hint: have it approved by "finance" or "growth", or by a member of it\n',
  );
  expect((await run(fingerprint, ...SAID, '--approved-by', 'growth')).code).toBe(0);
  const alone = await loosened('');
  expect((await alone.run(alone.fingerprint, ...SAID)).out).toMatch(/approved by sales:/);
});

test.each([
  ['2027-02-24', 'is 91 days ahead; a waiver holds at most 90 days'],
  ['2026-11-24', 'is over already'],
])('a day that is none for a waiver: %s', async (expires, message) => {
  const { run, fingerprint } = await loosened();
  expect((await run(fingerprint, '--reason', 'r', '--expires', expires)).error).toContain(`${expires} ${message}`);
});

test('no reason, no day', async () => {
  const { run, fingerprint } = await loosened();
  expect((await run(fingerprint, '--reason', ' ', '--expires', '2026-12-31')).error).toContain('an empty reason');
  await expect(run(fingerprint, '--reason', 'r')).rejects.toThrow(/--expires/);
  await expect(run(fingerprint, '--reason', 'r', '--expires', '2026-02-30')).rejects.toThrow(/expected a date/);
});

test('a broken file is refused with its line', async () => {
  const broken = 'waivers:\n  - {fingerprint: 1\n';
  const { run, fingerprint, text } = await loosened(FINANCE, { 'contracts/waivers.yaml': broken });
  const { code, error } = await run(fingerprint, ...SAID);
  expect(code).toBe(2);
  expect(error).toMatch(/contracts\/waivers.yaml:2: the bracket "\{" is not closed\n/);
  expect(await text('contracts/waivers.yaml')).toBe(broken);
});
