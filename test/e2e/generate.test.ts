import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
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
