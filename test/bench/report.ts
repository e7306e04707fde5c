import { cp, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeRun } from '../reports/large-run.ts';
import { inTurns, measure, type Usage } from './measure.ts';

const TABLES = 500;
const COLUMNS = 40;
const RUNS = Number(process.argv[2] ?? 7);
const GOAL = { seconds: 2, megabytes: 5 };
const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');

/** The registry of reports with the text alone: what the start would take without the others. */
const TEXT_ALONE =
  "import { text } from './text.js';\nexport const REPORTS = [text];\nexport const REPORT_MAKERS = [];\n";

/**
 * What a large run takes to become a page, and what the reports add to the start of `verify`: `npm run bench:report [runs]`. The page is
 * made in a process of its own; the time of that process without making it is taken off.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-bench-report-'));
  try {
    console.log(`${RUNS} runs of each in turns, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}\n`);
    await pageOfLargeRun(folder);
    await startOfVerify(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pageOfLargeRun(folder: string): Promise<void> {
  const run = join(folder, 'run.json');
  const page = join(folder, 'page.html');
  await writeFile(run, JSON.stringify(largeRun(TABLES, COLUMNS)));
  const program = (made: string): readonly string[] => [
    '--input-type=module',
    '-e',
    `import { readFileSync, writeFileSync } from 'node:fs';
     const run = JSON.parse(readFileSync(${JSON.stringify(run)}, 'utf8'));
     const { html } = await import(${JSON.stringify(join(DIST, 'reports/html.js'))});
     writeFileSync(${JSON.stringify(page)}, ${made});`,
  ];
  const cli = [join(DIST, 'src/cli.js'), 'report', run, '--output', `html=${page}`];
  const taken = await inTurns(
    {
      reading: () => measure(program("''"), folder),
      rendering: () => measure(program('await html.run(run, {})'), folder),
      command: () => measure(cli, folder),
    },
    RUNS,
  );
  const megabytes = (await stat(page)).size / 1e6;
  const seconds = median(taken.rendering) - median(taken.reading);
  console.log(`A run of ${TABLES} tables × ${COLUMNS} columns as a page:\n`);
  console.log('| rendering | the page | the whole command | its peak |\n| --: | --: | --: | --: |');
  const peak = Math.round(Math.max(...taken.command.map((usage) => usage.peak)) / 1024);
  console.log(
    `| ${seconds.toFixed(2)} s (goal ${GOAL.seconds} s) | ${megabytes.toFixed(2)} MB (goal ${GOAL.megabytes} MB) | ${median(taken.command).toFixed(2)} s | ${peak} MiB |\n`,
  );
}

/** `surety verify` of the contracts of this repository, and the same program that has no other report than the text. */
async function startOfVerify(folder: string): Promise<void> {
  const other = join(folder, 'text-alone');
  for (const name of ['dist', 'contracts', 'package.json', 'contract.schema.json'])
    await cp(join(ROOT, name), join(other, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(other, 'node_modules'));
  await writeFile(join(other, 'dist/reports/index.js'), TEXT_ALONE);
  const verify = (root: string): Promise<Usage> =>
    measure([join(root, 'dist/src/cli.js'), 'verify', 'contracts', '--output', 'text'], root);
  const taken = await inTurns({ all: () => verify(ROOT), alone: () => verify(other) }, RUNS);
  console.log('`surety verify contracts --output text`, with all reports and with the text alone:\n');
  console.log('| all reports | text alone | ratio |\n| --: | --: | --: |');
  const [all, alone] = [median(taken.all), median(taken.alone)];
  console.log(`| ${all.toFixed(3)} s | ${alone.toFixed(3)} s | ${(all / alone).toFixed(3)} |`);
}

function median(usages: readonly Usage[]): number {
  const sorted = usages.map(({ seconds }) => seconds).sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

await main();
