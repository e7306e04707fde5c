import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { buildOnce, ROOT } from '../support/cli.ts';
import { GIT_VARIABLES, type GitFolder, gitRepository, runLine, temporaryFolder } from '../support/git-repository.ts';

interface Step {
  readonly name: string;
  readonly run: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const step = (name: string): Step => {
  const found = action.runs.steps.find((each) => each.name === name);
  if (!found) throw new Error(`there is no step "${name}"`);
  return found;
};

beforeAll(buildOnce);

interface Runner {
  readonly repository: GitFolder;
  readonly files: Readonly<Record<'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY' | 'RUNNER_TEMP', string>>;
  readonly run: (name: string, env?: Readonly<Record<string, string>>) => Promise<{ code: number; stdout: string }>;
}

const CONTRACT =
  'contract: shop.orders\nversion: 1.0.0\nraci: { accountable: sales }\ntables:\n  orders:\n    columns:\n      id: string\n      email: string\n';
const BROKEN = CONTRACT.replace('1.0.0', '2.0.0').replace('      email: string\n', '');

/** A checkout as a runner has it, with a branch that removes a column. */
async function runner(after = BROKEN): Promise<Runner> {
  const repository = await gitRepository();
  await repository.commit({ 'contracts/orders.yaml': CONTRACT });
  repository.git('switch', '--quiet', '--create', 'feature');
  await repository.commit({ 'contracts/orders.yaml': after });
  const temporary = await temporaryFolder();
  const files = {
    GITHUB_OUTPUT: join(temporary, 'output'),
    GITHUB_STEP_SUMMARY: join(temporary, 'summary.md'),
    RUNNER_TEMP: join(temporary, 'temp'),
  };
  await mkdir(files.RUNNER_TEMP);
  const run: Runner['run'] = async (name, env = {}) => {
    const { run: script, shell } = step(name);
    const [command = '', ...args] =
      shell === 'bash' ? ['bash', '--noprofile', '--norc', '-eo', 'pipefail'] : [process.execPath];
    const file = join(temporary, 'script');
    await writeFile(file, script);
    const child = spawn(command, [...args, file], {
      cwd: repository.folder,
      env: { ...GIT_VARIABLES, ...files, GITHUB_ACTION_PATH: ROOT, GITHUB_WORKSPACE: repository.folder, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const code = await new Promise<number>((resolve) => child.on('close', (each) => resolve(each ?? -1)));
    return { code, stdout };
  };
  return { repository, files, run };
}

const NO_INPUTS = { SURETY_PATHS: '', SURETY_AGAINST: '', SURETY_PROFILE: '' };

describe('the action', () => {
  test('annotates, writes the summary, and ends with the exit code of the gate', async () => {
    const { run, files } = await runner();
    const { code, stdout } = await run('Compare contracts', NO_INPUTS);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^::error file=contracts\/orders\.yaml,line=7,/m);
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toBe('exit-code=1\n');
    const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
    expect(summary).toMatch(/^<!-- surety:gate .*column-removed/s);
    expect(summary.match(/<!-- surety:gate /g)).toHaveLength(1);
    expect((await run('Verdict', { SURETY_EXIT_CODE: '1' })).code).toBe(1);
    expect((await run('Verdict', { SURETY_EXIT_CODE: '0' })).code).toBe(0);
  });

  test('paths, against and profile are handed on, whatever stands in them', async () => {
    const { run, files, repository } = await runner();
    await repository.commit({ 'other folder/people.yaml': CONTRACT.replace('shop.orders', 'crm.people') });
    const given = { SURETY_PATHS: 'other folder/people.yaml\n\n', SURETY_AGAINST: 'main', SURETY_PROFILE: 'full' };
    expect((await run('Compare contracts', given)).stdout).not.toContain('::error');
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toBe('exit-code=0\n');
    await run('Compare contracts', { ...NO_INPUTS, SURETY_PATHS: '--help', SURETY_AGAINST: '$(touch hacked)' });
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toBe('exit-code=0\nexit-code=2\n');
    expect(existsSync(join(repository.folder, 'hacked'))).toBe(false);
  });

  test('finds the built command line, and has no input that no step uses', async () => {
    const { run } = await runner();
    expect((await run('Install Surety')).code).toBe(0);
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    for (const name of Object.keys(action.inputs)) expect(text).toContain(`inputs.${name}`);
  });
});

const BOT = { login: 'github-actions[bot]' };

interface Call {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** The comments of a pull request, as GitHub keeps them. */
async function gitHub(existing: readonly { id: number; body: string; user?: { login: string } }[], status = 200) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      if (request.url !== '/user') calls.push({ method: request.method ?? '', url: request.url ?? '', body });
      // The token of a workflow may not ask who it is.
      const isUser = request.url === '/user';
      response.statusCode = isUser ? 403 : request.method === 'GET' ? 200 : status;
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? '1');
      response.end(JSON.stringify(request.method === 'GET' ? existing.slice((page - 1) * 100, page * 100) : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const env = {
    GITHUB_API_URL: `http://127.0.0.1:${port}`,
    GITHUB_REPOSITORY: 'acme/data',
    SURETY_TOKEN: 'secret-token',
    SURETY_PULL_REQUEST: '7',
  };
  return { calls, env };
}

describe('the comment', () => {
  test('is made once, and edited in place behind a hundred others', async () => {
    const { run, files } = await runner();
    await run('Compare contracts', NO_INPUTS);
    const first = await gitHub([]);
    expect((await run('Comment on the pull request', { ...first.env, SURETY_EXIT_CODE: '1' })).stdout).toBe('');
    expect(first.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /repos/acme/data/issues/7/comments?per_page=100&page=1',
      'POST /repos/acme/data/issues/7/comments',
    ]);
    const { body } = JSON.parse(first.calls[1]?.body ?? '{}') as { body: string };
    expect(body).toBe(readFileSync(join(files.RUNNER_TEMP, 'surety-gate.md'), 'utf8'));
    const others = Array.from({ length: 130 }, (_, id) => ({ id, body: 'looks good' }));
    const next = await gitHub([...others, { id: 499, body, user: { login: 'mallory' } }, { id: 500, body, user: BOT }]);
    await run('Comment on the pull request', { ...next.env, SURETY_EXIT_CODE: '1' });
    expect(next.calls.map(({ method, url }) => `${method} ${url}`).at(-1)).toBe(
      'PATCH /repos/acme/data/issues/comments/500',
    );
  });

  test('of a green gate is edited where there is one, and else not made', async () => {
    const { run } = await runner(CONTRACT.replace('1.0.0', '1.0.1'));
    await run('Compare contracts', NO_INPUTS);
    const none = await gitHub([]);
    await run('Comment on the pull request', { ...none.env, SURETY_EXIT_CODE: '0' });
    expect(none.calls.map(({ method }) => method)).toEqual(['GET']);
    const red = await gitHub([{ id: 3, body: '<!-- surety:gate key="." -->\nrefused', user: BOT }]);
    await run('Comment on the pull request', { ...red.env, SURETY_EXIT_CODE: '0' });
    expect(red.calls.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  test('that may not be written is a notice, and the token is not told', async () => {
    const { run } = await runner();
    await run('Compare contracts', NO_INPUTS);
    const { env } = await gitHub([], 403);
    const { code, stdout } = await run('Comment on the pull request', { ...env, SURETY_EXIT_CODE: '1' });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^::notice title=surety::the pull request got no comment: POST gives 403/),
    ]);
    expect(stdout).not.toContain('secret-token');
  });
});

describe('lines of the docs', () => {
  const docs = readFileSync(join(ROOT, 'docs/gate.md'), 'utf8');
  const surety = `node ${join(ROOT, 'dist/src/cli.js')}`;

  test('the hooks run what there is', async () => {
    const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string; entry: string }[];
    const { repository } = await runner();
    const code = (line: string): number => {
      try {
        runLine(line.replace(/^(?:npx )?surety/, surety), repository.folder);
        return 0;
      } catch (error) {
        return (error as { status: number }).status;
      }
    };
    expect(hooks.map(({ id, entry }) => [id, code(entry)])).toEqual([
      ['surety-lint', 0],
      ['surety-breaking', 1],
    ]);
    for (const { id } of hooks) expect(docs).toContain(`id: ${id}`);
  });

  test('the script of GitLab CI writes the reports that it keeps', async () => {
    const [, block = ''] = /### GitLab CI\n\n```yaml\n(.*?)```/s.exec(docs) ?? [];
    const job = (parse(block) as Record<string, { script: string[]; artifacts: { reports: Record<string, string> } }>)[
      'contract-gate'
    ];
    const { repository } = await runner();
    const line = (job?.script[0] ?? '').replace(/^npx surety/, surety);
    expect(() => runLine(line, repository.folder)).toThrow();
    const { codequality = '', junit = '' } = job?.artifacts.reports ?? {};
    expect(JSON.parse(readFileSync(join(repository.folder, codequality), 'utf8'))).toHaveLength(1);
    expect(readFileSync(join(repository.folder, junit), 'utf8')).toContain('<failure');
  });

  test('the action in the docs has the inputs of action.yml', () => {
    const [, block = ''] = /### GitHub Actions\n.*?```yaml\n(.*?)```/s.exec(docs) ?? [];
    const { jobs } = parse(block) as {
      jobs: { contracts: { steps: { uses: string; with: Record<string, string> }[] } };
    };
    const own = jobs.contracts.steps.find(({ uses }) => uses.startsWith('surety/'));
    expect(Object.keys(own?.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([]);
  });
});
