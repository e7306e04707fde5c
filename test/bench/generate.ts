import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, type Usage } from './measure.ts';

const CONTRACTS = 100;
const COLUMNS = 50;
const RUNS = Number(process.argv[2] ?? 5);
const GOAL = 3;
const CLI = join(import.meta.dirname, '../../dist/src/cli.js');
const TYPES = [
  'int64, min: 1',
  'string, minLength: 1, maxLength: 80',
  '"decimal(12,2)", unit: EUR, min: 0',
  'instant',
  'string, enum: [new, open, done]',
  'date',
  'string, pattern: "^[A-Z]{2}-[0-9]+$"',
  'boolean, default: false',
  'array<string>',
  'float64, min: 0, max: 1',
];

/** `surety generate typescript` as a whole process over contracts of 50 columns: `npx tsx test/bench/generate.ts [runs]`, after a build. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-bench-generate-'));
  try {
    await mkdir(join(folder, 'contracts'));
    for (let index = 0; index < CONTRACTS; index += 1) {
      await writeFile(join(folder, 'contracts', `t${index}.yaml`), contractText(index));
    }
    console.log(
      `${CONTRACTS} contracts of ${COLUMNS} columns, ${RUNS} runs, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}\n`,
    );
    const usages: Usage[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const out = join(folder, `out-${run}`);
      usages.push(await measure([CLI, 'generate', 'typescript', '--out', out], folder));
      const files = await readdir(out);
      if (files.length !== CONTRACTS + 1) throw new Error(`${files.length} files, expected ${CONTRACTS + 1}`);
    }
    const middle = (pick: (usage: Usage) => number): number =>
      usages.map(pick).sort((left, right) => left - right)[Math.floor(RUNS / 2)] ?? 0;
    const seconds = middle((usage) => usage.seconds);
    const cpu = middle((usage) => usage.cpu);
    const peak = Math.round(middle((usage) => usage.peak) / 1024);
    console.log('| seconds | CPU | peak | goal |\n| --- | --- | --- | --- |');
    console.log(`| ${seconds.toFixed(2)} | ${cpu.toFixed(2)} s | ${peak} MiB | under ${GOAL} s |`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function contractText(index: number): string {
  const columns = Array.from({ length: COLUMNS - 1 }, (_, at) => {
    const type = TYPES[(index + at) % TYPES.length];
    return `      col_${at}: { type: ${type}, required: ${at % 2 === 0}, description: Column ${at} of table ${index} }\n`;
  });
  const head = `contract: bench.t${index}\nversion: 1.0.0\nraci: { responsible: data, accountable: sales }\n`;
  return `${head}tables:\n  t${index}:\n    key: [id]\n    columns:\n      id: int64\n${columns.join('')}`;
}

await main();
