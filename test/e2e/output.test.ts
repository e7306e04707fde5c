import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildOnce, ROOT, surety } from '../support/cli.ts';
import { gitRepository } from '../support/git-repository.ts';
import { projectFolder } from '../support/project-folder.ts';

beforeAll(buildOnce);

const CONTRACT = `contract: shop.orders
version: 1.0.0
raci: { responsible: sales, accountable: sales }
tables:
  orders:
    location: orders.csv
    key: [id]
    columns:
      id: int64
      note: { type: string, enum: [a, b] }
`;
const PAGE = `<h1>{{summary.headline}}</h1>
{{#each findings}}
<p>{{path}}: {{#each samples.rows}}{{join this " "}}{{/each}}</p>
{{/each}}
`;

async function project(): Promise<string> {
  return projectFolder({
    'orders.yaml': CONTRACT,
    'orders.csv': 'id,note\n1,a\n2,<script>alert(1)</script>\n',
    'page.html.hbs': PAGE,
    'list.csv.hbs': '{{#each findings}}{{csv path}},{{csv message}}\n{{/each}}',
  });
}

describe('a template of the project', () => {
  const HTML = '<h1>1 promise broken</h1>\n<p>orders.note.invalid: 2 &lt;script&gt;alert(1)&lt;/script&gt;</p>\n';

  test('is run over a run, and over a saved one', async () => {
    const cwd = await project();
    const outputs = ['--output', 'template:page.html.hbs=page.html', '--output', 'json=run.json'];
    const first = await surety(cwd, ['verify', '.', ...outputs, '--output', 'template:list.csv.hbs=list.csv']);
    expect(first).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(await readFile(join(cwd, 'page.html'), 'utf8')).toBe(HTML);
    expect(await readFile(join(cwd, 'list.csv'), 'utf8')).toMatch(/^orders\.note\.invalid,"1 of 2 rows/);
    const again = await surety(cwd, ['report', 'run.json', '--output', 'template:page.html.hbs']);
    expect(again).toEqual({ code: 0, stdout: HTML, stderr: '' });
  });

  test('is run over problems and over changes', async () => {
    const cwd = await projectFolder({
      'contracts/orders.yaml': CONTRACT.replace('note:', 'nte:'),
      'old.yaml': CONTRACT,
      'a.txt.hbs': '{{command}}: {{summary.headline}}\n{{#each findings}}{{message}}\n{{/each}}',
    });
    const lint = await surety(cwd, ['lint', 'contracts', '--output', 'template:a.txt.hbs']);
    expect([lint.code, lint.stdout, lint.stderr]).toEqual([0, 'lint: no problems\n', '']);
    const diff = await surety(cwd, ['diff', 'old.yaml', 'contracts/orders.yaml', '--output', 'template:a.txt.hbs']);
    expect([diff.code, diff.stderr]).toEqual([0, '']);
    expect(diff.stdout).toMatch(/^diff: \d+ breaking for readers/);
    expect(diff.stdout).toContain('column `note` is removed');
  });

  test('that is wrong is told before anything is read, and nothing is written', async () => {
    const cwd = await projectFolder({ 'page.html.hbs': '<p>\n{{{now}}}', 'a.txt.hbs': '{{#each findings}}' });
    const told = async (output: string): Promise<string> => {
      const { code, stdout, stderr } = await surety(cwd, ['verify', '--output', output, '--output', 'json=run.json']);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await told('template:page.html.hbs=page.html')).toContain('page.html.hbs:2:1: unescaped, "now"');
    expect(await told('template:a.txt.hbs')).toContain('a.txt.hbs:1: the template ends inside a block');
    expect(await told('template:none.txt.hbs')).toContain('there is no such file');
    expect((await readdir(cwd)).sort()).toEqual(['a.txt.hbs', 'page.html.hbs']);
  });

  test('with a name that is not there costs only itself: exit 2', async () => {
    const cwd = await project();
    const given = ['--output', 'template:odd.txt.hbs=odd.txt', '--output', 'json=run.json'];
    await writeFile(join(cwd, 'odd.txt.hbs'), '{{#each findings}}\n  {{nam}}{{/each}}');
    const { code, stderr } = await surety(cwd, ['verify', '.', ...given]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('error: odd.txt.hbs:2:5: there is no "nam" here')]);
    expect(await readdir(cwd)).not.toContain('odd.txt');
    expect(JSON.parse(await readFile(join(cwd, 'run.json'), 'utf8'))).toMatchObject({ verdict: 'fail' });
  });
});

test('no output writes over what is read', async () => {
  const cwd = await project();
  await surety(cwd, ['verify', '.', '--output', 'json=run.json']);
  await symlink(cwd, join(cwd, 'here'));
  const told = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await surety(cwd, args);
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };
  const run = await readFile(join(cwd, 'run.json'), 'utf8');
  for (const spelling of ['run.json', './run.json', 'here/run.json', join(cwd, 'run.json')])
    expect(await told('report', 'run.json', '--output', `json=${spelling}`)).toContain('what this command reads');
  expect(await told('verify', '.', '--output', 'template:list.csv.hbs=orders.csv')).toContain(
    'among the files of table orders (shop.orders)',
  );
  expect(
    await told('report', 'run.json', '--output', 'json=a.x', '--output', 'template:page.html.hbs=here/a.x'),
  ).toContain('two outputs would write one file');
  expect(await readFile(join(cwd, 'run.json'), 'utf8')).toBe(run);
  expect(await readFile(join(cwd, 'orders.csv'), 'utf8')).toContain('<script>');
});

describe('no output takes the place of data', () => {
  const HEAD = 'contract: shop.files\nversion: 1.0.0\nraci: { responsible: sales, accountable: sales }\n';
  const TABLES = `tables:
  rows: { location: ../data/*.csv, columns: { id: int64 } }
  lines: { location: ../data/j?.json, columns: { id: int64 } }
  days: { location: "../days/**/{a,b}.json", columns: { id: int64 } }
  named: { columns: { id: int64 } }
`;
  const ROW = '{"id":1}\n';

  async function files(contract = HEAD + TABLES): Promise<string> {
    const cwd = await projectFolder({
      'contracts/files.yaml': contract,
      'contracts/named.json': ROW,
      'data/r.csv': 'id\n1\n',
      'data/j1.json': ROW,
      'days/01/a.json': ROW,
      'list.csv.hbs': '{{now}}',
    });
    await symlink(join(cwd, 'data'), join(cwd, 'linked'));
    return cwd;
  }

  const spellings: readonly (readonly [name: string, table: string])[] = [
    ['data/j1.json', 'lines'],
    ['data/j2.json', 'lines'],
    ['linked/j2.json', 'lines'],
    ['data/J2.json', 'lines'],
    ['days/01/a.json', 'days'],
    ['days/b.json', 'days'],
    ['contracts/named.json', 'named'],
  ];

  test.each(spellings)('%s', async (name, table) => {
    const cwd = await files();
    const { code, stdout, stderr } = await surety(cwd, ['verify', '--output', `json=${name}`]);
    const told = expect.stringContaining(`among the files of table ${table} (shop.files)`);
    expect([code, stdout, stderr]).toEqual([2, '', told]);
    expect(await readFile(join(cwd, 'data/j1.json'), 'utf8')).toBe(ROW);
  });

  test('nor of files that a template could make', async () => {
    const cwd = await files();
    for (const name of ['data/r.csv', 'data/new.csv']) {
      const { code, stderr } = await surety(cwd, ['verify', '--output', `template:list.csv.hbs=${name}`]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('among the files of table rows')]);
    }
  });

  test('where no pattern reaches, outputs are written', async () => {
    const cwd = await files();
    await mkdir(join(cwd, 'data/deep'));
    const names = ['data/run.json', 'data/deep/j1.json', 'days/c.json', 'named.json'];
    for (const name of names) {
      const { stderr } = await surety(cwd, ['lint', '--output', `json=${name}`]);
      expect(stderr).toBe('');
    }
  });

  test.each([
    ['lint', HEAD + TABLES, ['lint']],
    ['lint of an invalid contract', `${HEAD}colour: red\n${TABLES}`, ['lint']],
    ['diff', HEAD + TABLES, ['diff', 'contracts', 'contracts']],
    ['report', HEAD + TABLES, ['report', 'run.json']],
    ['breaking', HEAD + TABLES, ['breaking', '--against', 'contracts']],
    ['verify elsewhere', HEAD + TABLES, ['verify', '--warehouse', 'lake']],
  ] as const)('%s knows the files too', async (_, contract, args) => {
    const cwd = await files(contract);
    await writeFile(join(cwd, 'surety.yaml'), 'warehouses: { lake: { type: duckdb, root: lake/a } }\n');
    const { code, stdout, stderr } = await surety(cwd, [...args, '--output', 'json=data/j1.json']);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('among the files of table lines')]);
    expect(await readFile(join(cwd, 'data/j1.json'), 'utf8')).toBe(ROW);
  });

  test('of the warehouse that the command line names', async () => {
    const cwd = await files();
    await mkdir(join(cwd, 'lake/data'), { recursive: true });
    await writeFile(join(cwd, 'surety.yaml'), 'warehouses: { lake: { type: duckdb, root: lake/a } }\n');
    const args = ['verify', '--warehouse', 'lake', '--output', 'json=lake/data/j1.json'];
    const { code, stderr } = await surety(cwd, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining('among the files of table lines')]);
  });
});

describe('standard output that is full', () => {
  const shown = 'error: cannot write to standard output: no space left on device\n';

  test('costs only itself: one line, exit 3', async () => {
    const cwd = await project();
    const args = ['verify', '.', '--output', 'text', '--output', 'json=run.json'];
    const { code, stderr } = await surety(cwd, args, {}, { stdout: '/dev/full' });
    expect([code, stderr]).toEqual([3, shown]);
    expect(JSON.parse(await readFile(join(cwd, 'run.json'), 'utf8'))).toMatchObject({ verdict: 'fail' });
    expect(await surety(cwd, ['report', 'run.json'], {}, { stdout: '/dev/full' })).toMatchObject({
      code: 3,
      stderr: shown,
    });
    const none = await surety(cwd, ['verify', 'none.yaml'], {}, { stdout: '/dev/full' });
    expect(none.code).toBe(2);
  });

  test('of a pipe that nobody reads is silent, and the verdict stands', async () => {
    const cwd = await project();
    const args = ['verify', '.', '--output', 'text', '--output', 'json=run.json'];
    const { code, stderr } = await surety(cwd, args, {}, { stdout: 'closed' });
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(await readFile(join(cwd, 'run.json'), 'utf8'))).toMatchObject({ verdict: 'fail' });
  });
});

test('a second Ctrl-C ends what waits for a file that nobody writes', async () => {
  const cwd = await project();
  execFileSync('mkfifo', [join(cwd, 'run.fifo')]);
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/cli.js'), 'report', 'run.fifo'], {
    cwd,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
  const again = setInterval(() => child.kill('SIGINT'), 700);
  try {
    expect(await ended).toBe('SIGINT');
  } finally {
    clearInterval(again);
    child.kill('SIGKILL');
  }
});

test('a link into a folder that may not be written is refused before the run', async () => {
  const cwd = await project();
  const other = await projectFolder({ 'w.json': '{}' });
  await symlink(join(other, 'w.json'), join(cwd, 'link.json'));
  await Promise.all([chmod(cwd, 0o777), chmod(other, 0o555), chmod(join(other, 'w.json'), 0o666)]);
  // Root may write everywhere.
  const around = process.getuid?.() === 0 ? { uid: 65534 } : {};
  // Where the sources lie in a folder of root's own, nobody else can run them.
  if ((await surety(cwd, ['--version'], {}, around)).code !== 0) return;
  const { code, stderr } = await surety(cwd, ['lint', '--output', 'json=link.json', '--output', 'text'], {}, around);
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot write "link.json": permission denied')]);
});

test('colours are asked for by the option, whatever the variables say', async () => {
  const cwd = await project();
  const isColoured = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> =>
    (await surety(cwd, ['verify', '.', ...args], env)).stdout.includes('\u001b[');
  expect(await isColoured([])).toBe(false);
  expect(await isColoured(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
  expect(await isColoured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  const { code, stderr } = await surety(cwd, ['verify', '--color', 'red']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('expected auto, always or never')]);
});

test('commands without the option follow the variables on standard error', async () => {
  const cwd = await projectFolder({ 'contracts/orders.yaml': CONTRACT.replace('int64', 'in64') });
  const commands = [
    ['generate', 'typescript', '--out', 'gen'],
    ['sample', 'orders'],
  ];
  for (const args of commands) {
    const isColoured = async (env: Readonly<Record<string, string>>): Promise<boolean> =>
      (await surety(cwd, args, env)).stderr.includes('\u001b[');
    expect([args, await isColoured({}), await isColoured({ FORCE_COLOR: '1' })]).toEqual([args, false, true]);
  }
});

describe('the summary of a job', () => {
  test('is written by every command that annotates', async () => {
    const repository = await gitRepository();
    await repository.commit({
      'contracts/orders.yaml': CONTRACT,
      'contracts/orders.csv': 'id,note\n1,c\n',
      'summary.md': '',
    });
    const cwd = repository.folder;
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    for (const [verb, ...args] of [['verify'], ['lint'], ['breaking', '--against', 'HEAD'], ['diff', 'HEAD']] as const)
      expect((await surety(cwd, [verb, ...args, '--output', 'github'], env)).stderr).toBe('');
    const marks = [...(await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')).matchAll(/^<!-- surety:(\w+) /gm)];
    expect(marks.map(([, kind]) => kind)).toEqual(['verify', 'lint', 'gate', 'gate']);
  });

  test('that cannot be written leaves result and exit code as they are', async () => {
    const cwd = await project();
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'no', 'summary.md') };
    const { code, stdout, stderr } = await surety(cwd, ['verify', '.', '--output', 'github'], env);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^::error file=orders\.yaml,/)]);
    expect(stderr).toMatch(/^warning: nothing is appended to ".*" \(GITHUB_STEP_SUMMARY\)/);
  });
});
