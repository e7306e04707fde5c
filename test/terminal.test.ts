import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildOnce, surety } from './support/cli.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { projectFolder } from './support/project-folder.ts';

const ESC = '\u001b';
/** What a terminal or a CI log would act on, as DuckDB writes it. */
const HOSTILE = [
  `chr(27) || '[31mred' || chr(27) || ']0;title' || chr(7)`,
  `'rtl' || chr(8238) || 'exe.txt'`,
  `'zero' || chr(8203) || 'width' || chr(65279)`,
  `'line' || chr(10) || '::error::planted' || chr(10) || '::add-mask::x'`,
  `'::error file=a.js::planted'`,
  `chr(13) || '::warning::planted'`,
  `'over' || chr(8) || chr(8) || 'written' || chr(0)`,
  `repeat('x', 10000000)`,
  `chr(155) || '31m c1 ' || chr(133) || '::notice::planted'`,
  `'line' || chr(8232) || '::debug::planted'`,
];
const NAME = `na${ESC}[31mme\u202e::error::x`;

/** Characters that move the cursor, change colours or direction, or are not seen. */
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

function quiet(text: string, what: string): void {
  for (const line of text.split('\n')) {
    expect(
      ACTING.exec(line)?.[0]?.codePointAt(0)?.toString(16),
      `${what}: ${JSON.stringify(line.slice(0, 200))}`,
    ).toBeUndefined();
    expect(/^\s*::/.test(line), `${what}: ${JSON.stringify(line.slice(0, 200))}`).toBe(false);
  }
}

const quoted = (text: string): string => JSON.stringify(text).replaceAll('\u202e', '\\u202e');

async function project(): Promise<string> {
  const folder = await projectFolder({
    'contracts/hostile.yaml': `contract: shop.hostile
version: 1.0.0
title: "t\\u202e"
description: "::error::planted"
raci: { responsible: ann, accountable: ann }
tables:
  values:
    location: values.parquet
    key: [v]
    extraColumns: forbid
    columns:
      v: { type: string, enum: ["a\\e[31m", "b\\u202e", "::error::planted"], unique: true, references: other.v, missing: { values: ["\\x9b31m", "\\u200b"] } }
    checks:
      grouped: { expect: v = 'x', by: [v] }
      converts: cast(v as int) > 0
      says: "case when v is not null then error(v) end"
      cuts: "v = 'c\\e[31m\\u202e'"
      lines: { failingRows: "select v, v as \\"::error::alias\\", v as \\"e\\e[31m\\" from {values}\\n::error::planted" }
      every: { failingRows: "select v, v as \\"::error::alias\\", v as \\"e\\e[31m\\"\\n/*\\n::error::planted\\n*/ from {values}" }
  other: { location: other.parquet, columns: { v: string } }
  texts: { location: texts.csv, columns: { a: int64, b: int64 } }
`,
    'contracts/texts.csv': `a,b\n1,${ESC}[31m\n2,3,4 ::error::planted\n"::error::planted\n`,
    'contracts/syntax.yaml': `contract: ${ESC}[31m\nversion: "1.0.0\u202e"\n"::error::key": 1\ntables:\n  t:\n    columns: { a: int64, ${quoted(NAME)}: int64 }\n    checks: { ${quoted(`id${ESC}[31m`)}: "::error::x ;" }\n`,
  });
  const select = HOSTILE.map((value) => `select ${value} as v, 1 as "${NAME}"`).join(' union all ');
  await inDuckDB(
    ':memory:',
    `copy (${select}) to '${join(folder, 'contracts', 'values.parquet')}' (format parquet)`,
    `copy (select 'x' as v) to '${join(folder, 'contracts', 'other.parquet')}' (format parquet)`,
  );
  return folder;
}

beforeAll(buildOnce);

describe('hostile values and names', () => {
  it.each<readonly [verb: string, args: readonly string[]]>([
    ['verify', ['verify', '--samples', '20']],
    ['lint', ['lint']],
    ['plan', ['plan']],
    ['a selection', ['verify', `${ESC}[31m::error::`, '--output', `${ESC}[31m`]],
    ['an unknown path', ['verify', `::error::${ESC}[31m`]],
    ['an unknown verb', [`::error::${ESC}[31m`]],
    ['init', ['init', '--yes', 'contracts/values.parquet']],
  ])('never reach the terminal raw: %s', async (verb, args) => {
    const ended = await surety(await project(), args);
    quiet(ended.stdout, `${verb} stdout`);
    quiet(ended.stderr, `${verb} stderr`);
    if (verb === 'verify') expect(ended.stdout, 'the values were shown').toContain('values.every');
    if (verb === 'plan') expect(ended.stdout).toContain('one scan');
    expect(ended.stdout.length + ended.stderr.length).toBeLessThan(200_000);
    expect(ended.stderr).not.toContain('defect');
  });

  it('are shown with visible escapes, cut at 256 characters', async () => {
    const { stdout } = await surety(await project(), ['verify', '--samples', '20', '--check', 'values.v']);
    expect(stdout).toContain('\\u202e');
    expect(stdout).toContain('\\x1b[31mred');
    expect(stdout).toContain(`${'x'.repeat(256)}…`);
    expect(stdout).not.toContain('x'.repeat(257));
  });
});
