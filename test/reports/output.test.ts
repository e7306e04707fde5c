import { chmod, link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { REPORTS } from '../../reports/index.ts';
import type { ResultKind } from '../../reports/report.ts';
import { openOutputs, writeOutputs } from '../../src/commands/output.ts';
import { declareOutputs, wantsColour } from '../../src/commands/output-options.ts';
import { fitting, withProgress } from '../../src/commands/progress.ts';
import type { Output, Shell } from '../../src/commands/verb.ts';
import { projectFolder } from '../support/project-folder.ts';
import { GATE } from './gate-fixture.ts';
import { SOURCES } from './gate-sources.ts';
import { RUN } from './run-fixture.ts';

interface Recorded extends Output {
  readonly written: string[];
}

function recorded(isTerminal = false, columns?: number): Recorded {
  const written: string[] = [];
  return { written, isTerminal, columns, write: (text) => void written.push(text) };
}

function shellIn(cwd: string, env: Shell['env'] = {}): Shell & Readonly<Record<'stdout' | 'stderr', Recorded>> {
  return { cwd, env, stdout: recorded(), stderr: recorded(), signal: new AbortController().signal };
}

async function refused(cwd: string, output: readonly string[], inputs: readonly string[] = []): Promise<string> {
  return openOutputs('run', { output }, shellIn(cwd), inputs).then(
    () => 'taken',
    ({ message }: Error) => message,
  );
}

async function written(shell: Shell, output: readonly string[]): Promise<void> {
  const outputs = await openOutputs('gate', { output }, shell);
  await writeOutputs(outputs, SOURCES, shell, (report, context) => report.gate(GATE, context));
}

test('every report takes every kind of result', async () => {
  const cwd = await projectFolder({});
  for (const kind of ['run', 'gate', 'diagnostics'] as const satisfies readonly ResultKind[]) {
    const known = REPORTS.filter((report) => report[kind] !== undefined).map(({ name }) => `${name}=${name}.out`);
    expect(known.length).toBeGreaterThan(6);
    expect((await openOutputs(kind, { output: known }, shellIn(cwd))).targets).toHaveLength(known.length);
  }
});

describe('what is no output is told', () => {
  test.each([
    ['jsn', '"jsn" is no output format, expected text, json'],
    ['json:a', '"json:a" is no output format'],
    ['', '"" is no output format'],
    ['json=', '"json=" names no file'],
    ['template', '"template" needs a file'],
    ['template=a.html', '"template" needs a file'],
    ['template:', '"template" needs a file'],
    ['template:no.html.hbs', 'the template "no.html.hbs" cannot be read: there is no such file'],
    ['template:folder.txt', 'the template "folder.txt" cannot be read: it is a folder'],
    ['template:latin.txt', 'latin.txt:2: the template is no text in UTF-8'],
    ['template:broken.txt', 'broken.txt:2:1: there is no helper "shout"'],
    ['template:a.csv.hbs=data.parquet', '"data.parquet" is the name of data'],
    ['json=data.csv', '"data.csv" is the name of data'],
    ['template:a.csv.hbs=data.csv', 'taken'],
    ['template:a.csv.hbs=x=y.csv', 'taken'],
    ['template:a.csv.hbs=-', 'taken'],
  ])('%s', async (option, expected) => {
    const cwd = await projectFolder({ 'a.csv.hbs': '{{now}}', 'broken.txt': '\n{{shout now}}', 'folder.txt/a': '' });
    await writeFile(join(cwd, 'latin.txt'), Buffer.from('a\né', 'latin1'));
    expect(await refused(cwd, [option])).toContain(expected);
  });

  test.each([
    ['JSON', 'did you mean json?'],
    ['jsn', 'did you mean json?'],
    ['md', 'did you mean markdown?'],
    ['xml', 'did you mean junit?'],
    ['report.html', 'to write a file: --output html=report.html'],
    ['run.JSON', 'to write a file: --output json=run.JSON'],
    ['notes.md', 'to write a file: --output markdown=notes.md'],
    ['temlate', 'did you mean template:FILE?'],
    ['./-', undefined],
    ['constructor', undefined],
    ['a.b', undefined],
  ])('%s, with a hint that helps', async (option, hint) => {
    await expect(openOutputs('run', { output: [option] }, shellIn('/'))).rejects.toMatchObject({ hint });
  });

  test('a format of other results, with those that there are', async () => {
    const message = '"html" is no output of this command yet, expected text';
    const opened = openOutputs('gate', { output: ['html'] }, shellIn('/'));
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toThrow(' or template:FILE');
  });

  test('two for the terminal', async () => {
    expect(await refused('/', ['text', 'json=-'])).toBe('two outputs cannot both go to the terminal');
  });
});

describe('one file is written once, however it is spelled', () => {
  test.each([
    ['a.x', 'a.x', 'two outputs would write "a.x"'],
    ['a.x', './a.x', 'two outputs would write one file: "a.x" and "./a.x"'],
    ['a.x', 'deep/../a.x', 'two outputs would write one file'],
    ['a.x', 'linked/a.x', 'two outputs would write one file'],
    ['there.x', 'there-linked.x', 'two outputs would write one file'],
    ['a.x', 'A.x', 'two outputs would write one file'],
    ['\u00e9.x', 'e\u0301.x', 'two outputs would write one file'],
    ['a.x', 'b.x', 'taken'],
    ['a.x', 'deep/a.x', 'taken'],
  ])('%s, %s', async (one, other, expected) => {
    const cwd = await projectFolder({ 'deep/z': '', 'there.x': '', 't.x.hbs': '' });
    await symlink(cwd, join(cwd, 'linked'));
    await symlink(join(cwd, 'there.x'), join(cwd, 'there-linked.x'));
    expect(await refused(cwd, [`json=${one}`, `template:t.x.hbs=${other}`])).toContain(expected);
    const absolute = await refused(cwd, [`json=${join(cwd, one)}`, `junit=${other}`]);
    expect(absolute).toContain(expected === 'taken' ? 'taken' : 'two outputs would write');
  });

  test.each([
    ['template:t.txt.hbs=t.txt.hbs', []],
    ['template:t.txt.hbs=linked/t.txt.hbs', []],
    ['json=./run.json', ['run.json']],
    ['json=linked/run.json', ['run.json']],
    ['json=RUN.json', ['run.json']],
  ])('%s is read already', async (option, inputs) => {
    const cwd = await projectFolder({ 't.txt.hbs': '', 'run.json': '' });
    await symlink(cwd, join(cwd, 'linked'));
    expect(await refused(cwd, [option], inputs)).toContain('is what this command reads');
    expect(await refused(cwd, ['template:t.txt.hbs=out.txt', 'json=other.json'], inputs)).toBe('taken');
  });

  test('neither is a file with another name for the same bytes written over', async () => {
    const cwd = await projectFolder({ 'run.json': 'old' });
    await link(join(cwd, 'run.json'), join(cwd, 'hard.json'));
    await written(shellIn(cwd), ['json=hard.json']);
    expect(await readFile(join(cwd, 'run.json'), 'utf8')).toBe('old');
  });

  test('contracts and surety.yaml are refused before anything is written', async () => {
    const cwd = await projectFolder({ 't.yaml.hbs': 'now: {{asOf}}\n', 'contracts/orders.yaml': 'mine' });
    const files = ['json=a.json', 'template:t.yaml.hbs=contracts/orders.yaml'];
    await expect(written(shellIn(cwd), files)).rejects.toThrow('"contracts/orders.yaml" is what this command reads');
    expect(await readFile(join(cwd, 'contracts/orders.yaml'), 'utf8')).toBe('mine');
    await expect(readFile(join(cwd, 'a.json'))).rejects.toThrow('ENOENT');
  });
});

test('an output that cannot be made does not take the others along', async () => {
  const cwd = await projectFolder({ 't.txt.hbs': 'a\n{{nam}}', 't.txt': 'old' });
  const shell = shellIn(cwd);
  const files = ['template:t.txt.hbs=t.txt', 'text', 'json=a.json'];
  await expect(written(shell, files)).rejects.toThrow('t.txt.hbs:2:3: there is no "nam" here');
  expect(await readFile(join(cwd, 't.txt'), 'utf8')).toBe('old');
  expect(shell.stdout.written.join('')).toContain('shop.orders');
  expect(JSON.parse(await readFile(join(cwd, 'a.json'), 'utf8'))).toMatchObject({ format: 1 });
});

async function annotated(cwd: string, env: Shell['env']): Promise<string | undefined> {
  const shell = shellIn(cwd, env);
  await written(shell, ['github']);
  return /file=([^,]*orders\.yaml),/.exec(shell.stdout.written.join(''))?.[1];
}

test('files are named from the root of the clone, else from the folder that the CI system names', async () => {
  const folder = await projectFolder({ 'shop/contracts/orders.yaml': '' });
  const cwd = join(folder, 'shop');
  expect(await annotated(cwd, {})).toBe('contracts/orders.yaml');
  expect(await annotated(cwd, { GITHUB_WORKSPACE: '/elsewhere' })).toBe('contracts/orders.yaml');
  expect(await annotated(cwd, { GITHUB_WORKSPACE: folder })).toBe('shop/contracts/orders.yaml');
  await mkdir(join(folder, '.git'));
  expect(await annotated(cwd, { GITHUB_WORKSPACE: '/' })).toBe('shop/contracts/orders.yaml');
});

test('a file that cannot be written is refused before anything is measured', async () => {
  const cwd = await projectFolder({ 'there/report.json': '{}' });
  const missing = await refused(cwd, ['json=missing/run.json']);
  expect(missing).toBe(`cannot write "missing/run.json": there is no folder "${join(cwd, 'missing')}"`);
  for (const name of ['reports/', 'reports/.', 'there/'])
    expect(await refused(cwd, [`html=${name}`])).toMatch(/^cannot write ".*": (there is no such|it is a) folder$/);
  expect(await refused(cwd, [`json=${'n'.repeat(300)}`])).toContain('": name too long');
  expect(await refused(cwd, ['json=there'])).toContain('it is a folder');
  expect(await refused(cwd, ['json=there/report.json/run.json'])).toContain('is no folder');
  expect(await refused(cwd, ['json=there/report.json'])).toBe('taken');
  expect(await refused(cwd, ['json=there/new.json'])).toBe('taken');
  await chmod(join(cwd, 'there/report.json'), 0o444);
  expect(await refused(cwd, ['json=there/report.json'])).toMatch(/": (it is write-protected|permission denied)$/);
  expect(await refused(cwd, ['json=/dev/null'])).toBe('taken');
});

describe('the summary of a job', () => {
  const MARK = /<!-- surety:gate /g;

  async function summary(output: readonly string[], before = 'first\n') {
    const cwd = await projectFolder({ 'summary.md': before });
    const path = join(cwd, 'summary.md');
    const shell = shellIn(cwd, { GITHUB_STEP_SUMMARY: path });
    await written(shell, output);
    return { text: await readFile(path, 'utf8'), told: shell.stderr.written.join('') };
  }

  test('is appended beside the annotations', async () => {
    const { text, told } = await summary(['github']);
    expect(text).toMatch(/^first\n<!-- surety:gate /);
    expect(text.match(MARK)).toHaveLength(1);
    expect(told).toBe('');
    expect((await summary(['text'])).text).toBe('first\n');
  });

  test('is written once where it is an output too', async () => {
    for (const output of [
      ['github', 'markdown=./summary.md'],
      ['markdown=summary.md', 'github'],
    ])
      expect((await summary(output)).text.match(MARK)).toHaveLength(1);
  });

  test('is written once, however many outputs annotate', async () => {
    expect((await summary(['github', 'github=gh.txt'])).text.match(MARK)).toHaveLength(1);
  });

  test('begins a line of its own', async () => {
    expect((await summary(['github'], '| 1 | 2 |')).text).toMatch(/^\| 1 \| 2 \|\n<!-- surety:gate /);
    expect((await summary(['github'], '')).text).toMatch(/^<!-- surety:gate /);
  });

  test('that is full, or cannot be written, is a warning', async () => {
    const full = 'x'.repeat(1_048_570);
    const { text, told } = await summary(['github'], full);
    expect([text === full, told]).toEqual([true, expect.stringContaining('it would have more than 1048576 bytes')]);
    const cwd = await projectFolder({});
    const shell = shellIn(cwd, { GITHUB_STEP_SUMMARY: join(cwd, 'missing', 'summary.md') });
    await written(shell, ['github']);
    expect(shell.stdout.written.join('')).toContain('::error');
    expect(shell.stderr.written.join('')).toMatch(
      /^warning: nothing is appended to ".*" \(GITHUB_STEP_SUMMARY\): no such file or directory\n$/,
    );
  });

  test('of a step without one is nowhere', async () => {
    const shell = shellIn(await projectFolder({}), { GITHUB_STEP_SUMMARY: '' });
    await written(shell, ['github']);
    expect(shell.stderr.written).toEqual([]);
  });
});

describe('colours', () => {
  const options = (args: readonly string[]) =>
    declareOutputs(new Command().exitOverride().configureOutput({ writeErr: () => {} }), 'run')
      .parse(args, { from: 'user' })
      .opts();

  test.each([
    [[], {}, true, true],
    [[], {}, false, false],
    [[], { NO_COLOR: '1' }, true, false],
    [[], { NO_COLOR: '' }, true, true],
    [[], { FORCE_COLOR: '1' }, false, true],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
    [[], { FORCE_COLOR: '0' }, true, false],
    [[], { FORCE_COLOR: 'false' }, true, false],
    [[], { FORCE_COLOR: '' }, true, true],
    [[], { TERM: 'dumb' }, true, false],
    [[], { TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
    [['--color', 'always'], { FORCE_COLOR: '0', TERM: 'dumb' }, false, true],
    [['--color', 'auto'], { NO_COLOR: '1' }, true, false],
    [['--color', 'auto'], {}, true, true],
    [['--color', 'always'], { NO_COLOR: '1' }, false, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, true, false],
    [['--no-color'], { FORCE_COLOR: '1' }, true, false],
    [['--no-color', '--color', 'always'], {}, false, true],
    [['--color', 'always', '--no-color'], {}, false, false],
  ])('%j with %j, terminal %s: %s', (args, env, isTerminal, expected) => {
    const shell = { ...shellIn('/', env), stdout: recorded(isTerminal) };
    expect(wantsColour(options(args), shell)).toBe(expected);
  });

  test('other words are refused with those that are known', () => {
    expect(() => options(['--color', 'red'])).toThrow('expected auto, always or never');
  });

  test('are never in files', async () => {
    const cwd = await projectFolder({});
    const shell = shellIn(cwd);
    const outputs = await openOutputs('run', { output: ['text=a.txt', 'text'], color: 'always' }, shell);
    await writeOutputs(outputs, SOURCES, shell, (report, context) => report.run(RUN, context));
    expect(shell.stdout.written.join('')).toContain('\u001b[3');
    expect(await readFile(join(cwd, 'a.txt'), 'utf8')).not.toContain('\u001b');
  });
});

describe('progress', () => {
  const progress = { done: 3, total: 12, contract: 'shop.orders', table: 'orders' };

  const WIPE = '\r\u001b[K';
  const work = async ({ onProgress }: { onProgress?: (at: typeof progress) => void }) => onProgress?.(progress);

  test('is one line that is there at once and gone at the end, however it ends', async () => {
    const stderr = recorded(true, 80);
    await withProgress({ stderr, env: {} }, 12, work);
    const lines = ['measuring 12 tables', 'measured 3 of 12 tables: shop.orders orders', ''];
    expect(stderr.written).toEqual(lines.map((line) => `${WIPE}${line}`));
    const failing = withProgress({ stderr, env: {} }, 12, async (listening) => {
      await work(listening);
      throw new Error('cut');
    });
    await expect(failing).rejects.toThrow('cut');
    expect(stderr.written.slice(3)).toEqual(stderr.written.slice(0, 3));
  });

  test('of one table is English', async () => {
    const stderr = recorded(true, 80);
    await withProgress({ stderr, env: {} }, 1, async ({ onProgress }) =>
      onProgress?.({ ...progress, done: 1, total: 1 }),
    );
    const lines = ['measuring 1 table', 'measured 1 of 1 table: shop.orders orders', ''];
    expect(stderr.written).toEqual(lines.map((line) => `${WIPE}${line}`));
  });

  test.each([
    [false, {}],
    [true, { TERM: 'dumb' }],
  ])('is nowhere else: terminal %s with %j', async (isTerminal, env) => {
    const stderr = recorded(isTerminal);
    await withProgress({ stderr, env }, 12, work);
    expect(stderr.written).toEqual([]);
  });

  test.each([
    [40, '3 of 12 tables: shop.orders orders'],
    [35, '3 of 12 tables: shop.orders orders'],
    [34, '3 of 12 tables: shop.orders orde…'],
    [20, '3 of 12 tables: sh…'],
    [2, '…'],
  ])('fits into %d columns', (columns, expected) => {
    expect(fitting('3 of 12 tables: shop.orders orders', columns)).toBe(expected);
  });

  test('fits where names are long, wide or move the cursor', () => {
    const long = 'x'.repeat(500);
    expect(fitting(long)).toHaveLength(79);
    expect(fitting(long, 0)).toHaveLength(79);
    expect(fitting(`3 of 12 tables: 注文 ${'注文'.repeat(50)}`, 30)).toBe('3 of 12 tables: 注文 注文注…');
    expect(fitting('a\u001b[2J\nb', 60)).toBe('a\\x1b[2J\\nb');
  });
});
