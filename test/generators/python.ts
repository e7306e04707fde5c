import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from 'vitest';

const run = promisify(execFile);

/** The version that the tests are written for. */
const PYDANTIC = '2.14.4';
const interpreter = process.env['SURETY_TEST_PYTHON'] ?? 'python3';
const REMEDY = `${interpreter} has no pydantic 2: python3 -m venv .venv && .venv/bin/pip install pydantic==${PYDANTIC}, then set SURETY_TEST_PYTHON=.venv/bin/python`;

const isThere = await run(interpreter, ['-c', 'import pydantic; assert pydantic.VERSION.startswith("2.")']).then(
  () => true,
  () => false,
);
if (!isThere) {
  if (process.env['SURETY_TEST_REQUIRE_SERVERS'] === '1') throw new Error(REMEDY);
  process.stderr.write(`skipped: tests of pydantic: ${REMEDY}\n`);
}

/** A test that runs Python with pydantic; skipped, and told, where there is none. */
export const pydanticTest: (name: string, run: () => Promise<void>) => void = isThere ? test : test.skip;

/** What a program prints as JSON; warnings are errors. */
export async function pythonJson(folder: string, program: string, input: unknown): Promise<unknown> {
  const child = run(interpreter, ['-W', 'error', '-c', program], { cwd: folder, maxBuffer: 2 ** 26 });
  child.child.stdin?.end(exactJson(input));
  return JSON.parse((await child).stdout);
}

/** JSON whose whole numbers have all their digits, also where they are no safe integers. */
function exactJson(input: unknown): string {
  const marked = JSON.stringify(input, (_, value: unknown) =>
    Number.isInteger(value) && !Number.isSafeInteger(value) ? `exactly ${BigInt(value as number)}` : value,
  );
  return marked.replace(/"exactly (-?\d+)"/g, '$1');
}
