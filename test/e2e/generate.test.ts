import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { GENERATORS } from '../../generators/index.ts';
import { buildOnce, type Ended, surety } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';

beforeAll(buildOnce);

const orders = (more = '', columns = 'id: int64, note: string'): string =>
  `contract: shop.orders\nversion: 1.0.0\nraci: { accountable: sales }\n${more}tables: { orders: { key: [id], columns: { ${columns} } } }\n`;
const CONTRACT = 'contracts/orders.yaml';
const TYPESCRIPT = ['generate', 'typescript', '--out', 'gen'];

async function project(files: Readonly<Record<string, string>> = { [CONTRACT]: orders() }) {
  const folder = await projectFolder(files);
  return {
    folder,
    run: (...args: readonly string[]): Promise<Ended> => surety(folder, args),
    write: (path: string, text: string): Promise<void> => writeFile(join(folder, path), text),
    read: (path: string): Promise<string> => readFile(join(folder, path), 'utf8'),
    list: async (path: string): Promise<readonly string[]> => (await readdir(join(folder, path))).sort(),
  };
}

describe('surety generate', () => {
  test('writes, leaves what is the same, and removes what is not generated any more', async () => {
    const { run, list, write } = await project({
      [CONTRACT]: orders(),
      'contracts/returns.yaml': orders().replace('shop.orders', 'shop.returns'),
    });
    expect(await run(...TYPESCRIPT)).toMatchObject({ code: 0, stdout: '3 written in gen\n' });
    expect(await run(...TYPESCRIPT)).toMatchObject({ code: 0, stdout: '3 unchanged in gen\n' });
    expect(await list('gen')).toEqual(['index.ts', 'shop.orders.v1.ts', 'shop.returns.v1.ts']);
    await write('contracts/returns.yaml', orders().replace('shop.orders', 'shop.returns@2').replace('1.0.0', '2.0.0'));
    expect(await run(...TYPESCRIPT)).toMatchObject({ code: 0, stdout: '2 written, 1 unchanged, 1 removed in gen\n' });
    expect(await list('gen')).toEqual(['index.ts', 'shop.orders.v1.ts', 'shop.returns.v2.ts']);
  });

  test('a comment and another layout of the contract change no byte, a description does', async () => {
    const { run, write } = await project();
    await run(...TYPESCRIPT);
    await write(CONTRACT, `# for the shop\n${orders().replace('{ orders: {', '{\n  orders: {')}`);
    expect(await run(...TYPESCRIPT)).toMatchObject({ stdout: '2 unchanged in gen\n' });
    await write(CONTRACT, orders('description: Orders.\n'));
    expect(await run(...TYPESCRIPT)).toMatchObject({ stdout: '1 written, 1 unchanged in gen\n' });
  });

  test('--check: 0 where all is as generated, 1 with a list where it is not; nothing is written', async () => {
    const { run, write, list } = await project();
    const check = [...TYPESCRIPT, '--check'];
    expect(await run(...check)).toMatchObject({
      code: 1,
      stdout: 'missing    shop.orders.v1.ts\nmissing    index.ts\n',
    });
    await run(...TYPESCRIPT);
    expect(await run(...check)).toMatchObject({ code: 0, stdout: '2 files are up to date in gen\n', stderr: '' });
    await write(CONTRACT, orders('', 'id: int64, note: string, more: string'));
    const ended = await run(...check);
    expect(ended).toMatchObject({ code: 1, stdout: 'different  shop.orders.v1.ts\n' });
    expect(ended.stderr).toBe('gen does not hold what the contracts say: run surety generate typescript --out gen\n');
    await write(CONTRACT, orders().replace('shop.orders', 'shop.sales'));
    expect((await run(...check)).stdout).toContain('stale      shop.orders.v1.ts\n');
    expect(await list('gen')).toEqual(['index.ts', 'shop.orders.v1.ts']);
  });

  test('a file of others under a wanted name is left alone, and nothing is written', async () => {
    const { run, folder, list, read } = await project();
    await mkdir(join(folder, 'gen'));
    await writeFile(join(folder, 'gen', 'index.ts'), 'export {};\n');
    const ended = await run(...TYPESCRIPT);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('"index.ts" is in');
    expect(await list('gen')).toEqual(['index.ts']);
    expect(await read('gen/index.ts')).toBe('export {};\n');
    expect((await run(...TYPESCRIPT, '--check')).stdout).toContain('foreign    index.ts\n');
  });

  test('a folder that cannot be written is told', async () => {
    const { run, folder, write } = await project();
    await write('file', 'text');
    const ended = await run('generate', 'typescript', '--out', 'file');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/^error: .*file/);
    await mkdir(join(folder, 'locked'));
    await chmod(join(folder, 'locked'), 0o555);
    // The superuser writes everywhere.
    if (process.getuid?.() !== 0) expect((await run('generate', 'typescript', '--out', 'locked/gen')).code).toBe(2);
  });

  test('names that differ only in case are an error that names both', async () => {
    const { run, list } = await project({ [CONTRACT]: orders('', 'id: int64, Note: string, note: string') });
    const ended = await run(...TYPESCRIPT);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('"Note"');
    expect(ended.stderr).toContain('"note"');
    expect(await list('.')).toEqual(['contracts']);
  });

  test('nothing is generated while a contract is invalid', async () => {
    const { run, list } = await project({
      [CONTRACT]: orders(),
      'contracts/bad.yaml': orders().replace('int64', 'int65'),
    });
    const ended = await run(...TYPESCRIPT);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('contracts/bad.yaml:4');
    expect(ended.stderr).toContain('nothing is generated');
    expect(await list('.')).toEqual(['contracts']);
    expect(await run(...TYPESCRIPT, 'shop.orders')).toMatchObject({ code: 2 });
  });

  test('retired contracts are left out, drafts are not', async () => {
    const { run, list } = await project({
      [CONTRACT]: orders('status: draft\n'),
      'contracts/old.yaml': orders('status: retired\n').replace('shop.orders', 'shop.old'),
    });
    await run(...TYPESCRIPT);
    expect(await list('gen')).toEqual(['index.ts', 'shop.orders.v1.ts']);
  });

  test.each([
    ...GENERATORS.map(({ name }) => (name === 'template' ? `${name} --template a.txt.hbs` : name)),
    'sql --dialect mysql',
    'template --template a.txt.hbs --name {contract}/{version}.md',
  ])('where all contracts are retired, what they gave is stale: %s', async (given) => {
    const call = ['generate', ...given.split(' '), '--out', 'gen'];
    const { run, write, list } = await project({ [CONTRACT]: orders(), 'a.txt.hbs': '# {{header}}\n' });
    expect((await run(...call)).code).toBe(0);
    await write(CONTRACT, orders('status: retired\n'));
    const check = await run(...call, '--check');
    expect(check).toMatchObject({ code: 1 });
    expect(check.stdout).toMatch(/^(stale {6}\S+\n)+$/);
    const ended = await run(...call);
    expect(ended).toMatchObject({ code: 0, stderr: 'note: contracts: none is left to generate from\n' });
    expect(ended.stdout).toMatch(/^\d removed in gen\n$/);
    expect(await list('gen')).toEqual([]);
    expect((await run(...call, '--check')).code).toBe(0);
  });

  test('where the last contract of a project is gone, too; without surety.yaml it may be the wrong folder', async () => {
    const { run, list, folder } = await project({ [CONTRACT]: orders(), 'surety.yaml': 'parties: { sales: {} }\n' });
    await run(...TYPESCRIPT);
    await rm(join(folder, 'contracts'), { recursive: true });
    expect(await run(...TYPESCRIPT, '--check')).toMatchObject({
      code: 1,
      stdout: 'stale      index.ts\nstale      shop.orders.v1.ts\n',
    });
    await rename(join(folder, 'surety.yaml'), join(folder, 'other.yml'));
    expect((await run(...TYPESCRIPT)).code).toBe(2);
    expect(await list('gen')).toHaveLength(2);
    await rename(join(folder, 'other.yml'), join(folder, 'surety.yaml'));
    expect(await run(...TYPESCRIPT)).toMatchObject({ code: 0, stdout: '2 removed in gen\n' });
    const ended = await run(...TYPESCRIPT);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('there is no contract here');
  });

  test('a folder below that another call writes into is left alone, and a README that quotes the header', async () => {
    const { run, list, read, write } = await project({
      [CONTRACT]: orders(),
      'contracts/ops.yaml': orders().replace('shop.orders', 'ops.jobs'),
    });
    await run('generate', 'typescript', 'ops.jobs', '--out', 'gen/ops');
    await run('generate', 'typescript', 'shop.orders', '--out', 'gen');
    const [header = ''] = (await read('gen/index.ts')).split('\n');
    await write('gen/README.md', `# Generated code\n\n    ${header}\n`);
    await run('generate', 'typescript', 'shop.orders', '--out', 'gen');
    expect(await list('gen')).toEqual(['README.md', 'index.ts', 'ops', 'shop.orders.v1.ts']);
    expect(await list('gen/ops')).toEqual(['index.ts', 'ops.jobs.v1.ts']);
  });

  test('--check names the whole call', async () => {
    const { run } = await project({ [CONTRACT]: orders(), "it's.txt.hbs": '# {{header}}\n' });
    const calls: readonly (readonly [readonly string[], string])[] = [
      [
        ['typescript', 'shop.orders', '--no-brands', '--out', 'my gen', '--instants', 'date'],
        "typescript shop.orders --out 'my gen' --instants date --no-brands",
      ],
      [['sql', CONTRACT, '--dialect', 'mysql', '--out', 'gen'], `sql ${CONTRACT} --out gen --dialect mysql`],
      [['dbt', '--as', 'sources', '--out', 'gen'], 'dbt --out gen --as sources'],
      [
        ['template', '--template', "it's.txt.hbs", '--name', '{contract}.md', '--out', 'gen'],
        "template --out gen --template 'it'\\''s.txt.hbs' --name '{contract}.md'",
      ],
    ];
    for (const [args, told] of calls) {
      const { code, stderr } = await run('generate', ...args, '--check');
      expect(code).toBe(1);
      expect(stderr).toContain(` does not hold what the contracts say: run surety generate ${told}\n`);
    }
  });

  test('a checkout with other line ends is up to date, and is not written again', async () => {
    const { run, read, write } = await project();
    await run(...TYPESCRIPT);
    for (const name of ['gen/index.ts', 'gen/shop.orders.v1.ts'])
      await write(name, (await read(name)).replaceAll('\n', '\r\n'));
    expect(await run(...TYPESCRIPT, '--check')).toMatchObject({ code: 0, stdout: '2 files are up to date in gen\n' });
    expect(await run(...TYPESCRIPT)).toMatchObject({ code: 0, stdout: '2 unchanged in gen\n' });
    expect(await read('gen/index.ts')).toContain('\r\n');
  });

  test('templates share a folder, called from wherever, and never replace what another wrote', async () => {
    const { folder, run, list, read } = await project({
      [CONTRACT]: orders(),
      'surety.yaml': 'parties: { sales: {} }\n',
      'a/t.txt.hbs': '# {{header}}\na\n',
      'b/t.txt.hbs': '# {{header}}\nb\n',
    });
    const call = ['generate', 'template', '--template', 'a/t.txt.hbs', '--out', 'gen'];
    await run(...call, '--name', '{contract}.md');
    await run(...call, '--name', '{contract}.txt');
    await run('generate', 'template', '--template', 'b/t.txt.hbs', '--out', 'gen', '--name', '{contract}.b.txt');
    await run(...call);
    const all = ['shop.orders.b.txt', 'shop.orders.md', 'shop.orders.txt', 'shop.orders.v1.txt'];
    expect(await list('gen')).toEqual(all);
    expect(await read('gen/shop.orders.v1.txt')).toContain('`surety generate template --template a/t.txt.hbs`');
    const below = await surety(join(folder, 'b'), [
      ...call.slice(0, 2),
      '--template',
      '../a/t.txt.hbs',
      '--out',
      '../gen',
    ]);
    expect(below).toMatchObject({ code: 0, stdout: '1 unchanged in ../gen\n' });
    const other = await run('generate', 'template', '--template', 'b/t.txt.hbs', '--out', 'gen');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('was generated by `surety generate template --template a/t.txt.hbs`');
    expect(await list('gen')).toEqual(all);
  });

  test('a single file goes to the terminal, several do not', async () => {
    const { run } = await project();
    const schema = await run('generate', 'json-schema');
    expect(schema.code).toBe(0);
    expect(JSON.parse(schema.stdout)).toMatchObject({ type: 'object' });
    const ended = await run('generate', 'typescript');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('--out');
  });

  test('notes go to standard error, one line a message', async () => {
    const columns =
      'id: int64, a: { type: string, enum: [x], invalid: 5% }, b: { type: string, enum: [y], invalid: 5% }';
    const { run } = await project({ [CONTRACT]: orders('', columns) });
    const { code, stderr } = await run('generate', 'json-schema');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: shop\.orders\/orders\.a, shop\.orders\/orders\.b: .*some may break/m);
  });

  test('slips are told', async () => {
    const { run } = await project();
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['generate', 'typscript'], 'did you mean typescript?'],
      [['generate', 'markdown', '--instants', 'date'], '--instants is an option of typescript, not of markdown'],
      [['generate', 'markdown', '--no-brands'], '--no-brands is an option of typescript, not of markdown'],
      [['generate', 'typescript', '--check'], 'name the folder with --out'],
      [['generate', 'typescript', '--out', ''], '--out is empty, expected a folder'],
      [['generate', 'template', '--template', 'x.hbs', '--name', '.git/hooks/x', '--out', 'gen'], '".git"'],
      [['generate', 'typescript', '--instants', 'never', '--out', 'gen'], 'expected text or date'],
      [['generate', 'typescript', 'nowhere.yaml', '--out', 'gen'], 'nowhere.yaml'],
      [['generate'], "missing required argument 'generator'"],
    ];
    for (const [args, message] of cases) {
      const ended = await run(...args);
      expect(ended.code, args.join(' ')).toBe(2);
      expect(ended.stderr, args.join(' ')).toContain(message);
    }
  });

  test('the help lists all generators', async () => {
    const { run } = await project();
    const { stdout } = await run('generate', '--help');
    for (const { name, description } of GENERATORS) expect(stdout).toContain(`  ${name.padEnd(11)}  ${description}`);
  });
});
