import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildOnce, surety } from '../support/cli.ts';
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
    'what this command reads',
  );
  expect(
    await told('report', 'run.json', '--output', 'json=a.x', '--output', 'template:page.html.hbs=here/a.x'),
  ).toContain('two outputs would write one file');
  expect(await readFile(join(cwd, 'run.json'), 'utf8')).toBe(run);
  expect(await readFile(join(cwd, 'orders.csv'), 'utf8')).toContain('<script>');
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
