import { bench } from './bench.ts';
import type { BenchCase } from './cases/bench-case.ts';
import { large } from './cases/large.ts';
import { small } from './cases/small.ts';
import { openEngine } from './engines/index.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { type Line, printTable } from './print.ts';

/** Surety as a whole process against a plain script with hand-written SQL: `npm run bench`. */
async function main({ rows, tables, engines, runs }: Options): Promise<void> {
  const cases: readonly BenchCase[] = [...(rows > 0 ? [large(rows)] : []), ...(tables > 0 ? [small(tables)] : [])];
  const lines = new Map<BenchCase, Line[]>(cases.map((each) => [each, []]));
  for (const name of engines) {
    const engine = await openEngine(name);
    if ('missing' in engine) {
      console.log(`skipped: ${name}: ${engine.missing}`);
      continue;
    }
    try {
      for (const each of cases) {
        process.stderr.write(`${engine.title}: ${each.title}\n`);
        lines.get(each)?.push(await bench(each, engine, runs));
      }
    } finally {
      await engine.stop();
    }
  }
  for (const [each, own] of lines) console.log(`\n${each.title}; ${runs} runs of each\n\n${printTable(own)}`);
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${USAGE}`);
  process.exitCode = 2;
}
if (options) await main(options);
