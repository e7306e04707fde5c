import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GateFinding, GateResult } from '../../src/model/gate.ts';
import { buildOnce, surety } from '../support/cli.ts';
import { type Contents, GIT_VARIABLES, gitRepository, temporaryFolder } from '../support/git-repository.ts';

beforeAll(buildOnce);

const TODAY = '2026-06-01';
const FILE = 'contracts/waivers.yaml';
const CONTRACT = 'contracts/orders.yaml';

interface Parts {
  readonly version?: string;
  readonly accountable?: string;
  readonly freshness?: string;
  readonly columns?: readonly string[];
  readonly consumers?: string;
}

/** Orders that finance reads, once a day at the latest. */
function contract(parts: Parts = {}): string {
  const { version = '1.0.0', accountable = 'sales', freshness = '6h', consumers, columns = ['id', 'email'] } = parts;
  const lines = columns.map((name) => `      ${name}: string\n`).join('');
  return [
    `contract: shop.orders\nversion: ${version}\nraci: { accountable: ${accountable} }\n`,
    consumers === undefined ? '' : `consumers: { ${consumers} }\n`,
    `tables:\n  orders:\n    freshness: ${freshness}\n    timeColumn: at\n    columns:\n      at: instant\n${lines}`,
  ].join('');
}

const FINANCE = 'close: { party: finance, uses: [orders] }';
const SCIENCE = 'churn: { party: science, uses: [orders] }';

type Variables = Readonly<Record<string, string>>;

/** A branch on which the contract is another one. */
async function branch(before: Parts, after: Parts, more: Contents = {}, added: Contents = {}) {
  const repository = await gitRepository();
  const { folder, write, commit, git } = repository;
  await commit({ [CONTRACT]: contract(before), ...more });
  git('switch', '--quiet', '--create', 'feature');
  await write({ [CONTRACT]: contract({ version: '2.0.0', ...after }), ...added });
  const gate = async (args: readonly string[] = [], env: Variables = {}) => {
    const all = ['breaking', '--output', 'json', '--as-of', TODAY, ...args];
    const ended = await surety(folder, all, { ...GIT_VARIABLES, ...env });
    if (!ended.stdout.startsWith('{')) throw new Error(ended.stderr);
    const result = JSON.parse(ended.stdout) as GateResult;
    return { ...ended, result, findings: result.contracts.flatMap((each) => each.findings) };
  };
  const run = (verb: string, ...args: readonly string[]) =>
    surety(folder, [verb, '--as-of', TODAY, ...args], GIT_VARIABLES);
  const waive = (fingerprint: string, ...args: readonly string[]) => run('waive', fingerprint, ...args);
  const text = (): string => readFileSync(join(folder, FILE), 'utf8');
  const hasFile = (): boolean => existsSync(join(folder, FILE));
  const { findings } = await gate();
  const fingerprint = fingerprintOf(findings, 'column-removed') ?? fingerprintOf(findings, 'freshness-loosened') ?? '';
  return { ...repository, gate, run, waive, text, hasFile, findings, fingerprint };
}

function fingerprintOf(findings: readonly GateFinding[], rule: string): string | undefined {
  return findings.find((finding) => finding.rule === rule)?.fingerprint;
}

const REMOVED: Parts = { columns: ['id'] };
/** The address is gone, and those who read it are still there. */
function removedWith(consumers: string): Parts {
  return { ...REMOVED, consumers };
}

const SAID = ['--reason', 'both readers moved to "code": DATA-1432', '--expires', '2026-06-30'] as const;

/** `column-removed orders.email error waived` */
const short = (findings: readonly GateFinding[]) =>
  findings.map(({ rule, path, severity, state }) => `${rule} ${path} ${severity} ${state}`);

/** An entry as somebody writes it by hand. */
function entry(fingerprint: string, approvedBy: string, expires = '2026-06-30'): string {
  return `  - fingerprint: ${fingerprint}\n    rule: column-removed\n    path: orders.email\n    reason: "agreed"\n    approvedBy: ${approvedBy}\n    expires: ${expires}\n`;
}

describe('red and then green', () => {
  test('a finding is waived, passes and stays listed with the days left', async () => {
    const { fingerprint, gate, run, waive, text } = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    const red = await gate();
    expect([red.code, short(red.findings)]).toEqual([1, ['column-removed orders.email error open']]);
    const written = await waive(fingerprint, ...SAID, '--approved-by', 'finance');
    expect(written).toEqual({
      code: 0,
      stdout: `wrote a waiver of column-removed shop.orders orders.email until 2026-06-30, approved by finance: ${FILE}:3\n`,
      stderr: '',
    });
    expect(text()).toBe(`# yaml-language-server: $schema=../node_modules/surety/src/diff/waivers/waivers.schema.json
waivers:
  - fingerprint: ${fingerprint}
    rule: column-removed
    path: orders.email
    reason: "both readers moved to \\"code\\": DATA-1432"
    approvedBy: finance
    expires: 2026-06-30
`);
    const green = await gate();
    expect([green.code, green.result.passed, short(green.findings)]).toEqual([
      0,
      true,
      ['column-removed orders.email error waived'],
    ]);
    expect(green.findings[0]?.waiver).toEqual({
      reason: 'both readers moved to "code": DATA-1432',
      approvedBy: 'finance',
      expires: '2026-06-30',
      days: 29,
      at: expect.objectContaining({ file: FILE, line: 3 }),
    });
    // It is still a major change.
    expect(green.result.contracts[0]).toMatchObject({ bump: 'major', needs: '2.0.0' });
    const { code, stdout } = await run('breaking');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}· waived {2}column-removed orders\.email: /m);
    expect(stdout).toContain('(approved by finance, until 2026-06-30: 29 days left)');
    expect(stdout).toMatch(/^passes: .* · 1 waived \(expires in 29 days\)$/m);
    const last = await gate(['--as-of', '2026-06-30']);
    expect([last.code, last.findings[0]?.waiver?.days]).toEqual([0, 0]);
  });

  test('a waiver on the branch survives a rebase, and lands with the change', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    await here.waive(here.fingerprint, ...SAID);
    await here.commit({});
    here.git('switch', '--quiet', 'main');
    await here.commit({ 'contracts/people.yaml': contract().replace('shop.orders', 'crm.people') });
    here.git('switch', '--quiet', 'feature');
    here.git('rebase', '--quiet', 'main');
    const rebased = await here.gate();
    expect([rebased.code, short(rebased.findings)]).toEqual([0, ['column-removed orders.email error waived']]);
  });

  test('a waiver that is over is red again and says so', async () => {
    const { fingerprint, gate, run, waive } = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    await waive(fingerprint, ...SAID);
    const { code, findings } = await gate(['--as-of', '2026-07-02']);
    expect([code, short(findings).toSorted()]).toEqual([
      1,
      ['column-removed orders.email error open', 'waiver-expired orders.email error open'],
    ]);
    expect(findings.find(({ rule }) => rule === 'waiver-expired')).toMatchObject({
      message: 'the waiver of column-removed at orders.email expired 2 days ago, on 2026-06-30',
      at: { file: FILE, line: 3 },
    });
    const { stdout } = await run('breaking', '--as-of', '2026-07-02');
    expect(stdout).toContain('expired 2 days ago, on 2026-06-30');
  });

  test('one that nothing needs is a warning', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    await here.waive(here.fingerprint, ...SAID);
    await here.write({ [CONTRACT]: contract({ consumers: FINANCE }) });
    const { code, findings } = await here.gate();
    expect([code, short(findings)]).toEqual([0, ['waiver-unused orders.email warning open']]);
    expect(findings[0]).toMatchObject({
      message: 'the waiver of column-removed at orders.email waives nothing: there is no such finding',
      at: { file: FILE, line: 3 },
    });
    const { stdout } = await here.run('breaking');
    expect(stdout).toMatch(/^ {2}! warning {2}waiver-unused orders\.email: /m);
    // The project as a whole has neither a version nor readers.
    expect(stdout).not.toMatch(/^ *new |no registered readers/m);
    // A part of the project says nothing about waivers of the rest.
    expect(short((await here.gate([CONTRACT])).findings)).toEqual([]);
  });

  test('a change that is edited further is another one', async () => {
    const loosened = (freshness: string) => ({ freshness, consumers: FINANCE });
    const here = await branch(loosened('6h'), loosened('12h'));
    expect((await here.waive(here.fingerprint, ...SAID)).code).toBe(0);
    const waived = await here.gate();
    expect([waived.code, short(waived.findings)]).toEqual([0, ['freshness-loosened orders error waived']]);
    // Another spelling of the same promise is the same change.
    await here.write({ [CONTRACT]: contract({ version: '2.0.0', ...loosened('720m') }) });
    expect((await here.gate()).code).toBe(0);
    await here.write({ [CONTRACT]: contract({ version: '2.0.0', ...loosened('2d') }) });
    const { code, findings } = await here.gate();
    expect([code, short(findings).toSorted()]).toEqual([
      1,
      ['freshness-loosened orders error open', 'waiver-unused orders warning open'],
    ]);
    const unused = findings.find(({ rule }) => rule === 'waiver-unused');
    expect(unused?.message).toContain('the change is another one now');
    expect(unused?.remedy).toContain(fingerprintOf(findings, 'freshness-loosened'));
  });
});

describe('the file', () => {
  const OTHER = entry('000000000001', 'finance').replace('column-removed', 'table-removed');
  const COMMENTED = `# Waivers of the shop.\r\n# Ask #data first.\r\n\r\nwaivers:   # newest last\r\n\r\n  # The old one.\r\n${OTHER.replaceAll('\n', '\r\n').replace('"agreed"', "'agreed'   # by mail")}  # until here\r\n\r\n# The end.\r\n`;

  test('comments, blank lines and line ends of an existing one stay byte for byte', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE), { [FILE]: COMMENTED });
    const { code, stdout } = await here.waive(here.fingerprint, ...SAID);
    expect(code).toBe(0);
    const text = here.text();
    const line = Number(/:(\d+)\n$/.exec(stdout)?.[1]);
    const lines = text.split('\r\n');
    const start = line - 1;
    expect(lines[start]).toBe(`  - fingerprint: ${here.fingerprint}`);
    expect(lines.slice(start, start + 6).map((each) => each.trim().split(':')[0])).toEqual([
      '- fingerprint',
      'rule',
      'path',
      'reason',
      'approvedBy',
      'expires',
    ]);
    expect(lines.toSpliced(start, 6).join('\r\n')).toBe(COMMENTED);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(short((await here.gate()).findings)).toContain('column-removed orders.email error waived');
  });

  test('a renewal changes what was said and nothing beside it', async () => {
    const here = await branch({ consumers: `${FINANCE}, ${SCIENCE}` }, removedWith(`${FINANCE}, ${SCIENCE}`));
    const old = `# head\nwaivers:\n${OTHER}  # about the address\n  - expires: "2026-06-15"   # soon\n    fingerprint: '${here.fingerprint}'\n    rule: column-removed # the rule\n    path: orders.email\n    reason: >-  # folded\n      so it was\n      said\n    approvedBy: finance   # by phone\n\n# tail\n`;
    await here.write({ [FILE]: old });
    expect((await here.gate()).findings.find(({ state }) => state === 'waived')?.waiver?.days).toBe(14);
    const renewed = await here.waive(
      here.fingerprint,
      '--reason',
      'one more month',
      '--expires',
      '2026-07-15',
      '--approved-by',
      'science',
    );
    expect([renewed.code, renewed.stdout]).toEqual([
      0,
      `renewed the waiver of column-removed shop.orders orders.email until 2026-07-15, approved by science: ${FILE}:10\n`,
    ]);
    const text = here.text();
    const comments = (of: string) => of.match(/ *# .*/g);
    expect(comments(text)).toEqual(comments(old));
    const [, head, , tail] = /^([\s\S]*?)( {2}- expires[\s\S]*?)(\n\n# tail\n)$/.exec(old) ?? [];
    expect(text.startsWith(head ?? 'nothing')).toBe(true);
    expect(text.endsWith(tail ?? 'nothing')).toBe(true);
    expect(text).toContain(`  - expires: "2026-07-15"   # soon\n    fingerprint: '${here.fingerprint}'\n`);
    expect(text.match(/fingerprint/g)).toHaveLength(2);
    const waiver = (await here.gate()).findings.find(({ state }) => state === 'waived')?.waiver;
    expect(waiver).toMatchObject({ reason: 'one more month', approvedBy: 'science', days: 44 });
  });

  test('one that is over is renewed too', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    await here.write({ [FILE]: `waivers:\n${entry(here.fingerprint, 'finance', '2026-05-01')}` });
    expect((await here.gate()).code).toBe(1);
    const { code, stdout } = await here.waive(here.fingerprint, ...SAID);
    expect([code, stdout.split(' ')[0]]).toEqual([0, 'renewed']);
    expect(here.text()).toContain('expires: 2026-06-30\n');
    expect((await here.gate()).code).toBe(0);
  });

  test('an entry without reason or end, or for too long, is an error at its line', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    const whole = entry(here.fingerprint, 'finance');
    for (const [text, line] of [
      [whole.replace(/ {4}reason.*\n/, ''), 2],
      [whole.replace('"agreed"', '" "'), 5],
      [whole.replace(/ {4}expires.*\n/, ''), 2],
      [whole.replace('2026-06-30', '2026-08-31'), 7],
    ] as const) {
      await here.write({ [FILE]: `waivers:\n${text}` });
      const { code, result, findings } = await here.gate();
      expect([code, short(findings)], text).toEqual([2, ['column-removed orders.email error open']]);
      expect(result.diagnostics.map(({ severity, at }) => `${severity} ${at?.file}:${at?.line}`)).toEqual([
        `error ${FILE}:${line}`,
      ]);
    }
  });
});

describe('what is refused', () => {
  test('an unknown fingerprint, with the open ones listed', async () => {
    const here = await branch({ consumers: FINANCE }, { ...removedWith(FINANCE), freshness: '12h' });
    const { code, stdout, stderr } = await here.waive('000000000000', ...SAID);
    expect([code, stdout]).toEqual([2, '']);
    const open = here.findings.map(
      ({ fingerprint, rule, path }) => `    ${fingerprint}  ${rule} shop.orders ${path}\n`,
    );
    expect(open).toHaveLength(2);
    expect(stderr).toBe(`error: no finding has the fingerprint "000000000000"\n  hint: open are\n${open.join('')}`);
    expect(here.hasFile()).toBe(false);
  });

  test.each([
    ['more than 90 days', ['--reason', 'r', '--expires', '2026-08-31'], /2026-08-31 is 91 days ahead.*90 days/],
    ['a day that is over', ['--reason', 'r', '--expires', '2026-05-31'], /2026-05-31 is over already/],
    ['a day that is none', ['--reason', 'r', '--expires', '2026-02-30'], /2026-02-30/],
    ['no day', ['--reason', 'r'], /--expires/],
    ['no reason', ['--expires', '2026-06-30'], /--reason/],
    ['an empty reason', ['--reason', ' ', '--expires', '2026-06-30'], /an empty reason/],
  ])('%s', async (_, args, message) => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    const { code, stdout, stderr } = await here.waive(here.fingerprint, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(here.hasFile()).toBe(false);
  });

  test('today and the ninetieth day are not too near and not too far', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    for (const [expires, days] of [
      ['2026-06-01', 0],
      ['2026-08-30', 90],
    ] as const) {
      expect((await here.waive(here.fingerprint, '--reason', 'r', '--expires', expires)).code).toBe(0);
      const { code, findings } = await here.gate();
      expect([code, findings[0]?.waiver?.days]).toEqual([0, days]);
    }
  });

  test('a party that it does not break, and who could approve', async () => {
    const consumers = `${FINANCE}, ${SCIENCE}, crm: { party: support, uses: [orders.id] }`;
    const here = await branch({ consumers }, removedWith(consumers));
    // Neither a reader of something else nor whoever makes the table speaks for those that break.
    for (const party of ['support', 'sales', 'nobody']) {
      const { code, stdout, stderr } = await here.waive(here.fingerprint, ...SAID, '--approved-by', party);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`error: "${party}" cannot approve this\n`);
      expect(stderr).toContain('"finance" or "science"');
      await here.write({ [FILE]: `waivers:\n${entry(here.fingerprint, party)}` });
      const { code: gated, findings } = await here.gate();
      expect([gated, short(findings).toSorted()], party).toEqual([
        1,
        ['column-removed orders.email error open', 'waiver-unapproved orders.email error open'],
      ]);
      expect(findings.find(({ rule }) => rule === 'waiver-unapproved')?.remedy).toBe(
        'have it approved by "finance" or "science"',
      );
      await here.write({ [FILE]: null });
    }
    const which = await here.waive(here.fingerprint, ...SAID);
    expect([which.code, which.stderr]).toEqual([2, expect.stringContaining('"finance" or "science"')]);
    expect((await here.waive(here.fingerprint, ...SAID, '--approved-by', 'science')).code).toBe(0);
    expect((await here.gate()).code).toBe(0);
  });
});

describe('a pull request from a fork', () => {
  async function forkEvent(): Promise<Variables> {
    const path = join(await temporaryFolder(), 'event.json');
    const repositories = { head: { repo: { full_name: 'a/fork' } }, base: { repo: { full_name: 'b/it' } } };
    await writeFile(path, JSON.stringify({ pull_request: repositories }));
    return { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path };
  }

  test('does not bring its own waiver', async () => {
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    await here.waive(here.fingerprint, ...SAID);
    expect((await here.gate()).code).toBe(0);
    for (const [args, env] of [
      [[], await forkEvent()],
      [['--untrusted'], {}],
    ] as const) {
      const { code, findings } = await here.gate(args, env);
      expect([code, short(findings)]).toEqual([1, ['column-removed orders.email error open']]);
    }
  });

  test('is let through by one that was there before, which it cannot make last longer', async () => {
    const { fingerprint } = await branch({ consumers: FINANCE }, removedWith(FINANCE));
    const agreed = { [FILE]: `waivers:\n${entry(fingerprint, 'finance', '2026-06-10')}` };
    const here = await branch({ consumers: FINANCE }, removedWith(FINANCE), agreed);
    await here.waive(here.fingerprint, ...SAID);
    const { code, findings } = await here.gate([], await forkEvent());
    expect([code, short(findings)]).toEqual([0, ['column-removed orders.email error waived']]);
    expect(findings[0]?.waiver).toMatchObject({ days: 9, expires: '2026-06-10' });
    expect((await here.gate(['--as-of', '2026-06-11'], await forkEvent())).code).toBe(1);
    expect((await here.gate(['--as-of', '2026-06-11'])).code).toBe(0);
  });
});

describe('nobody is appointed by the change that he approves', () => {
  const ME = 'me-team';
  const MINE = `mine: { party: ${ME}, uses: [orders] }`;
  const REPORT = (accountable: string, uses = 'upstream: { shop.orders: all }') =>
    `contract: shop.report\nversion: 1.0.0\nraci: { accountable: ${accountable} }\n${uses}\ntables: { report: { columns: { id: string } } }\n`;
  const PARTIES = (members: string) => `parties: { sales: { members: [${members}] }, ${ME}: {} }\n`;

  const removed = (parts: Parts = {}): Parts => ({ ...REMOVED, ...parts });

  /** What the change does, what is beside it, and who could approve. */
  const APPOINTMENTS: readonly (readonly [string, Parts, Parts, Contents, Contents, string])[] = [
    ['a reader that is new', {}, removed({ consumers: MINE }), {}, {}, 'sales'],
    [
      'a reader that is new beside others',
      { consumers: FINANCE },
      removed({ consumers: `${FINANCE}, ${MINE}` }),
      {},
      {},
      'finance',
    ],
    [
      'a reader with another party',
      { consumers: FINANCE },
      removed({ consumers: FINANCE.replace('finance', ME) }),
      {},
      {},
      'finance',
    ],
    [
      'a reader of another name',
      { consumers: FINANCE },
      removed({ consumers: FINANCE.replace('finance', ME).replace('close', 'closing') }),
      {},
      {},
      'finance',
    ],
    [
      'a reader that uses more than before',
      { consumers: `mine: { party: ${ME}, uses: [orders.id] }` },
      removed({ consumers: MINE }),
      {},
      {},
      'sales',
    ],
    ['somebody else who answers for it', {}, removed({ accountable: ME }), {}, {}, 'sales'],
    ['a contract downstream that is new', {}, removed(), {}, { 'contracts/report.yaml': REPORT(ME) }, 'sales'],
    [
      'a contract downstream with somebody else who answers for it',
      {},
      removed(),
      { 'contracts/report.yaml': REPORT('finance') },
      { 'contracts/report.yaml': REPORT(ME) },
      'finance',
    ],
    [
      'a contract downstream that did not read it',
      {},
      removed(),
      { 'contracts/report.yaml': REPORT(ME, 'upstream: { external:till: all }') },
      { 'contracts/report.yaml': REPORT(ME) },
      'sales',
    ],
    [
      'a member more of a party',
      {},
      removed(),
      { 'surety.yaml': PARTIES('sue') },
      { 'surety.yaml': PARTIES(`sue, ${ME}`) },
      'sales',
    ],
    ['members of a party that was not described', {}, removed(), {}, { 'surety.yaml': PARTIES(ME) }, 'sales'],
  ];

  test.each(APPOINTMENTS)('%s', async (_, before, after, more, added, approver) => {
    const here = await branch(before, after, more, added);
    expect(short(here.findings)).toContain('column-removed orders.email error open');
    const { code, stderr } = await here.waive(here.fingerprint, ...SAID, '--approved-by', ME);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`error: "${ME}" cannot approve this\n`)]);
    expect(stderr).toContain(`have it approved by "${approver}"`);
    expect(here.hasFile()).toBe(false);
    // Nor by hand.
    await here.write({ [FILE]: `waivers:\n${entry(here.fingerprint, ME)}` });
    const gated = await here.gate();
    expect(gated.code).toBe(1);
    expect(short(gated.findings)).toEqual(
      expect.arrayContaining(['column-removed orders.email error open', 'waiver-unapproved orders.email error open']),
    );
    expect(gated.findings.find(({ rule }) => rule === 'waiver-unapproved')?.remedy).toBe(
      `have it approved by "${approver}"`,
    );
    await here.write({ [FILE]: null });
    expect((await here.waive(here.fingerprint, ...SAID)).stdout).toContain(`approved by ${approver}: `);
    const waived = (await here.gate()).findings.find(({ rule }) => rule === 'column-removed');
    expect([waived?.state, waived?.waiver?.approvedBy]).toEqual(['waived', approver]);
  });

  test('whoever was appointed before may', async () => {
    const here = await branch({ consumers: MINE }, removed({ consumers: MINE }), { 'surety.yaml': '{}\n' });
    const { code, stdout } = await here.waive(here.fingerprint, ...SAID, '--approved-by', ME);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`approved by ${ME}: `)]);
    expect((await here.gate()).code).toBe(0);
  });
});
