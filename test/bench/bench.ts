import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadContracts } from '../../src/contract/load.ts';
import { plan } from '../../src/engine/describe.ts';
import type { Run } from '../../src/model/run.ts';
import { ROOT } from '../support/cli.ts';
import type { BenchCase } from './cases/bench-case.ts';
import { differences, type HandOutput } from './compare.ts';
import type { BenchEngine, Place } from './engines/engine.ts';
import { NOW } from './flavour.ts';
import { inTurns, measure } from './measure.ts';
import type { Line } from './print.ts';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');
const SCRIPT = join(import.meta.dirname, 'hand-written.mjs');
/** Tables side by side: as many as Surety takes where nothing is said. */
const CONNECTIONS = 4;

/** Makes the data of a case on an engine, compares both sides once, and times them. Throws where they differ. */
export async function bench(of: BenchCase, engine: BenchEngine, runs: number): Promise<Line> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-bench-'));
  let place: Place | undefined;
  try {
    place = await engine.make(of.tables, folder);
    const written = of.handWritten(engine.flavour, place.relation);
    await writeProject(of, place, folder);
    const job = {
      address: place.address,
      connections: CONNECTIONS,
      catalog: place.catalog,
      types: typesOf(of, engine),
      tables: written,
    };
    await writeFile(join(folder, 'job.json'), JSON.stringify(job));
    const verify = [CLI, 'verify', '--now', `${NOW.replace(' ', 'T')}Z`];
    const script = [SCRIPT, join(folder, 'job.json')];
    await measure([...verify, '--output', 'json=run.json'], folder);
    const run = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Run;
    const hand = JSON.parse((await measure(script, folder)).stdout) as HandOutput;
    const found = differences(run, hand, of);
    if (found.length > 0) throw new Error(`${engine.title}: not the same:\n${found.slice(0, 50).join('\n')}`);
    const { ours, theirs } = await inTurns(
      { ours: () => measure(verify, folder), theirs: () => measure(script, folder) },
      runs,
    );
    const theirStatements = place.catalog.length + written.flatMap(({ statements }) => statements).length;
    const statements = { ours: await statementsOf(folder), theirs: theirStatements };
    return { engine: engine.title, ours, theirs, statements };
  } finally {
    await place?.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeProject(of: BenchCase, place: Place, folder: string): Promise<void> {
  const files = { 'surety.yaml': `${place.surety}parties: { ann: { name: Ann } }\n` };
  const contracts = Object.entries(of.contracts(place.location)).map(([name, text]) => [`contracts/${name}`, text]);
  for (const [path, text] of [...Object.entries(files), ...contracts] as [string, string][]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function typesOf({ tables }: BenchCase, { flavour }: BenchEngine): Readonly<Record<string, string>> {
  return Object.fromEntries(
    tables.flatMap(({ name, columns }) =>
      columns.map((column) => [`${name}.${column.name}`, flavour.catalogued(column.type)]),
    ),
  );
}

/** What verifying sends to look tables up (of a server also who we are) and to read them; settings and transactions are left out. */
async function statementsOf(folder: string): Promise<number> {
  const { prepared, tables } = await plan(await loadContracts([folder]));
  const lookUps = [...prepared.values()].flat().filter((text) => /^\s*(?:describe|select|with)/i.test(text));
  return lookUps.length + tables.flatMap(({ statements }) => statements).length;
}
