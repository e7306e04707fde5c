import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildOnce, surety } from '../support/cli.ts';
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
      amount: { type: int64, min: 0 }
      note: { type: string, missing: { warn: 0, fail: 90% } }
      gone: string
`;
const FORMATS = ['text', 'json', 'html', 'github', 'gitlab', 'junit', 'markdown', 'sarif'] as const;

async function saved(): Promise<string> {
  const folder = await projectFolder({
    'orders.yaml': CONTRACT,
    'orders.csv': 'id,amount,note\n1,5,a\n2,-7,\n3,x,b\n',
  });
  const outputs = FORMATS.flatMap((format) => ['--output', `${format}=first.${format}`]);
  const { code } = await surety(folder, ['verify', '.', ...outputs]);
  expect(code).toBe(1);
  return folder;
}

test('a saved run is rendered again byte for byte, without its contracts and data', async () => {
  const folder = await saved();
  await rm(join(folder, 'orders.yaml'));
  await rm(join(folder, 'orders.csv'));
  const outputs = FORMATS.flatMap((format) => ['--output', `${format}=second.${format}`]);
  expect(await surety(folder, ['report', 'first.json', ...outputs])).toMatchObject({ code: 0, stderr: '' });
  for (const format of FORMATS) {
    const [first, second] = await Promise.all(
      ['first', 'second'].map((name) => readFile(join(folder, `${name}.${format}`), 'utf8')),
    );
    expect(second, format).toBe(first);
  }
  const { stdout } = await surety(folder, ['report', 'first.json']);
  expect(stdout).toBe(await readFile(join(folder, 'first.text'), 'utf8'));
  expect(stdout).toContain('10 |       amount: { type: int64, min: 0 }\n');
});

test('from any folder, of another clone or of none', async () => {
  const repository = await projectFolder({
    '.git/HEAD': '',
    'sub/deep/contracts/orders.yaml': CONTRACT,
    'sub/deep/contracts/orders.csv': 'id,amount,note\n1,5,a\n2,-7,\n3,x,b\n',
    'other/a.txt': '',
  });
  const outputs = (name: string) => FORMATS.flatMap((format) => ['--output', `${format}=${name}.${format}`]);
  const made = join(repository, 'sub/deep');
  await surety(made, ['verify', ...outputs('first')]);
  const clone = await projectFolder({ '.git/HEAD': '', 'a.txt': '' });
  const nowhere = await projectFolder({ 'a.txt': '' });
  for (const folder of [join(repository, 'other'), clone, nowhere]) {
    await surety(folder, ['report', join(made, 'first.json'), ...outputs('second')]);
    for (const format of FORMATS) {
      const second = await readFile(join(folder, `second.${format}`), 'utf8');
      expect(second, format).toBe(await readFile(join(made, `first.${format}`), 'utf8'));
    }
  }
  expect(await readFile(join(nowhere, 'second.github'), 'utf8')).toContain('file=sub/deep/contracts/orders.yaml,');
  expect(await readFile(join(nowhere, 'second.markdown'), 'utf8')).toContain('key="sub/deep"');
});

test('a file that is no run says where and why', async () => {
  const folder = await saved();
  const text = await readFile(join(folder, 'first.json'), 'utf8');
  const told = async (content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, 'odd.json'), content);
    const { code, stdout, stderr } = await surety(folder, ['report', 'odd.json']);
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };
  expect(await told('')).toContain('odd.json:1:1: the file is empty');
  expect(await told(text.slice(0, text.indexOf('"coverage"')))).toMatch(/odd\.json:\d+:\d+: the file ends too early/);
  expect(await told(text.replace('"environment": null,', '"environment": null, x'))).toContain(
    'odd.json:5:24: this is no JSON',
  );
  expect(await told(text.replace('"environment": null', '"environment": nope'))).toContain(
    'odd.json:5:18: this is no JSON',
  );
  expect(await told(text.replace(/"seconds": [\d.]+/, '"seconds": NaN'))).toContain('odd.json:7:14: this is no JSON');
  expect(await told(`<<<<<<< HEAD\n${text}`)).toContain('odd.json:1:1: this is no JSON');
  expect(await told(`{\n // by hand\n${text.slice(1)}`)).toContain('odd.json:2:2: this is no JSON');
  expect(await told('[1,\n ,2]')).toContain('odd.json:2:2: this is no JSON');
  expect(await told(`${text.trimEnd()}}\n`)).toMatch(/odd\.json:\d+:2: this is no JSON/);
  expect(await told('hello')).toContain('odd.json:1:1: this is no JSON');
  expect(await told('\0'.repeat(1000))).toContain('odd.json:1:1: a NUL character');
  expect(await told('{"format": 1, "surety": "0.1')).toContain('odd.json:1:29: the file ends too early');
  expect(await told('{"format": tru')).toContain('odd.json:1:15: the file ends too early');
  expect(await told(Buffer.from(`\ufeff${text}`, 'utf16le'))).toContain(
    'odd.json:1:1: byte 0xff at offset 0 is not UTF-8',
  );
  expect(await told(Buffer.from('{\n  "surety": "\xe9"}', 'latin1'))).toContain(
    'odd.json:2:14: byte 0xe9 at offset 15 is not UTF-8',
  );
  expect(await told('{"format": 1}')).toContain('is no run of surety verify');
  expect(await told('[1]')).toContain('is no run of surety verify');
  expect(await told(text.replace('"format": 1', '"format": 2'))).toContain(
    'is a run in format 2, this version of Surety reads 1',
  );
  expect(await told(text.replace('"format": 1', '"format": 2'))).toContain('update Surety');
  expect(await told(text.replace('"verdict": "pass"', '"verdict": "good"'))).toMatch(
    /checks\[\d\]\.verdict must be equal to one of/,
  );
  expect(await told(text.replace('"seconds"', '"more": 1, "seconds"'))).toContain(
    'must NOT have additional properties: more',
  );
  const { code, stderr } = await surety(folder, ['report', 'none.json']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot read "none.json": no such file or directory\n')]);
});

test('an output that cannot be written is told before the run', async () => {
  const folder = await saved();
  await rm(join(folder, 'orders.csv'));
  const { code, stderr } = await surety(folder, ['verify', '.', '--output', 'junit=nowhere/a.xml']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot write')]);
  const twice = await surety(folder, ['report', 'first.json', '--output', 'json=a.x', '--output', 'junit=./a.x']);
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('two outputs would write')]);
});
