import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { verify } from '../src/engine/verify.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { writeProject } from './support/project-folder.ts';

const contract = (location: string): string =>
  `contract: a.b\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  t: { location: "${location}", columns: { id: { type: int64, min: 0 }, more: string } }\n`;

/** Verdict and message of the column check of `id`. */
async function columnOf(folder: string): Promise<readonly [string | undefined, string | undefined]> {
  try {
    const run = await verify(await loadContracts([folder]));
    const check = run.contracts[0]?.tables[0]?.checks.find(({ path }) => path === 't.id.column');
    return [check?.verdict, check?.message];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('one CSV file of a glob without the column fails, and is named', async () => {
  const folder = await writeProject({
    'contracts/d/1.csv': 'id,more\n1,a\n',
    'contracts/d/2.csv': 'other,more\n1,a\n',
    'contracts/c.yaml': contract('d/*.csv'),
  });
  expect(await columnOf(folder)).toEqual(['fail', 'column "id" is not in "d/2.csv"']);
});

test('one Parquet file of a glob without the column fails, and is named; folders are columns of every file', async () => {
  const folder = await writeProject({
    'contracts/d/more=a/x.txt': '',
    'contracts/d/more=b/x.txt': '',
    'contracts/c.yaml': contract('d/*/*.parquet'),
  });
  const at = (key: string): string => join(folder, 'contracts', 'd', `more=${key}`, 'f.parquet');
  await inDuckDB(
    ':memory:',
    `copy (select 1::bigint as id) to '${at('a')}' (format parquet)`,
    `copy (select 1::bigint as other) to '${at('b')}' (format parquet)`,
  );
  expect(await columnOf(folder)).toEqual(['fail', 'column "id" is not in "d/more=b/f.parquet"']);
});
