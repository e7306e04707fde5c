import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../support/cli.ts';
import { ACCESSOR_ENGINES, type AccessorEngine, type Place } from './engines.ts';

const run = promisify(execFile);

/** A million rows of 230 characters that nothing stores. */
const VIEWS = {
  postgres: `select i as number, repeat('x', 220) || i as label from generate_series(1, 1000000) i`,
  duckdb: `select i::integer as number, repeat('x', 220) || i as label from range(1, 1000001) t(i)`,
  mysql: `with recursive n as (select 0 as i union all select i + 1 from n where i < 99)
    select a.i * 10000 + b.i * 100 + c.i + 1 as number, concat(repeat('x', 220), a.i, b.i, c.i) as label from n a, n b, n c`,
};

const CHILD = join(ROOT, 'test/accessor/stream-child.mts');

interface Taken {
  readonly count: number;
  /** In MB. */
  readonly grown: number;
}

async function read(engine: AccessorEngine, place: Place, mode: 'stream' | 'all'): Promise<Taken> {
  const address = engine.key === 'duckdb' ? { file: place.address } : { url: place.address };
  const options = JSON.stringify({ dialect: engine.key, ...address });
  const { stdout } = await run(process.execPath, ['--import', 'tsx', CHILD, options, place.schema, mode], {
    cwd: ROOT,
  });
  return JSON.parse(stdout);
}

describe.each(ACCESSOR_ENGINES.filter(({ name }) => name !== 'postgres15'))('on $name', (engine) => {
  let place: Place;
  beforeAll(async () => {
    place = await engine.create([`create view $s.big as ${VIEWS[engine.key]}`]);
  });
  afterAll(() => place?.drop());

  test('a million rows that are streamed never stand in memory together', async () => {
    const { count, grown } = await read(engine, place, 'stream');
    expect(count).toBe(1_000_000);
    expect(grown).toBeLessThan(120);
  });

  // The guard is the same on every engine.
  if (engine.key !== 'duckdb') return;
  test('the guard sees what does stand in memory', async () => {
    expect((await read(engine, place, 'all')).grown).toBeGreaterThan(120);
  });
});
