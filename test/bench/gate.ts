import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns, measure, type Usage } from './measure.ts';

const CONTRACTS = 100;
const COLUMNS = 50;
const RUNS = Number(process.argv[2] ?? 5);
const CLI = join(import.meta.dirname, '../../dist/src/cli.js');
const PARSE = join(import.meta.dirname, 'parse-both.mjs');
const TYPES = ['int64', 'string', '"decimal(12,2)"', 'instant', 'date', 'boolean'];

/** `surety breaking` against a git ref, as a whole process, beside a script that only reads and parses both sides: `npm run bench:gate`. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-bench-gate-'));
  try {
    const git = (...args: string[]): void => {
      const own = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', '-c', 'init.defaultBranch=main'];
      execFileSync('git', [...own, ...args], { cwd: folder, stdio: 'ignore' });
    };
    git('init');
    await mkdir(join(folder, 'contracts'));
    await writeAll(folder, 0);
    git('add', '.');
    git('commit', '-m', 'contracts');
    console.log(
      `${CONTRACTS} contracts of ${COLUMNS} columns, ${RUNS} runs of each, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}\n`,
    );
    console.log(
      '| changed contracts | gate: seconds | gate: CPU | gate: peak | parse only: seconds | ratio |\n| --- | --- | --- | --- | --- | --- |',
    );
    for (const changed of [10, CONTRACTS]) {
      await writeAll(folder, changed);
      const found = JSON.parse((await measure([CLI, 'breaking', '--output', 'json'], folder)).stdout) as {
        contracts: { findings: unknown[] }[];
      };
      const told = found.contracts.reduce((sum, { findings }) => sum + findings.length, 0);
      if (told !== changed) throw new Error(`${told} findings, expected ${changed}`);
      const { gate, parse } = await inTurns(
        { gate: () => measure([CLI, 'breaking'], folder), parse: () => measure([PARSE], folder) },
        RUNS,
      );
      const [mine, least] = [median(gate), median(parse)];
      const peak = `${Math.round(mine.peak / 1024)} MiB`;
      console.log(
        `| ${changed} | ${mine.seconds.toFixed(2)} | ${mine.cpu.toFixed(2)} s | ${peak} | ${least.seconds.toFixed(2)} | ${(mine.seconds / least.seconds).toFixed(2)} |`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each changed contract has a new description of one column and a patch bump. */
async function writeAll(folder: string, changed: number): Promise<void> {
  for (let index = 0; index < CONTRACTS; index += 1) {
    const isChanged = index < changed;
    const columns = Array.from({ length: COLUMNS }, (_, at) => {
      const text = isChanged && at === 7 ? 'The seventh column told better' : `Column ${at} of table ${index}`;
      return `      col_${at}: { type: ${TYPES[(index + at) % TYPES.length]}, required: ${at % 2 === 1}, description: ${text} }\n`;
    });
    const head = `contract: bench.t${index}\nversion: 1.0.${isChanged ? 1 : 0}\nraci: { accountable: sales }\n`;
    const body = `tables:\n  t${index}:\n    key: [col_1]\n    columns:\n${columns.join('')}`;
    await writeFile(join(folder, 'contracts', `t${index}.yaml`), head + body);
  }
}

function median(usages: readonly Usage[]): Usage {
  const of = (pick: (usage: Usage) => number): number =>
    usages.map(pick).sort((left, right) => left - right)[Math.floor(usages.length / 2)] ?? 0;
  return { seconds: of(({ seconds }) => seconds), cpu: of(({ cpu }) => cpu), peak: of(({ peak }) => peak) };
}

await main();
