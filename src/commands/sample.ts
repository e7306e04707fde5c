import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import closest from 'fastest-levenshtein';
import { diagnosticText, excerptsIn } from '../../reports/diagnostics.ts';
import { type Loaded, loadContracts } from '../contract/load.ts';
import { syntaxOf } from '../contract/rules/source-kind.ts';
import type { Contract, Table } from '../model/contract.ts';
import type { Project } from '../project/project.ts';
import { csvText } from '../samples/csv.ts';
import { INSERT_DIALECTS, type InsertDialect, insertText, unnamed } from '../samples/insert.ts';
import { type Ordered, parentsFirst } from '../samples/parents-first.ts';
import type { Sample, SampleNote } from '../samples/sample.ts';
import { sampleTable } from '../samples/sampler.ts';
import type { Instant } from '../sql/dialect.ts';
import { visible } from '../util/visible.ts';
import { instant } from './arguments.ts';
import { writeOrRefuse } from './output-file.ts';
import { wantsColour } from './output-options.ts';
import { type OpenJudge, openJudge } from './sample-judge.ts';
import { type NamedTable, namedTable } from './sample-table.ts';
import { originOf } from './table-origin.ts';
import { type Shell, UsageError, type Verb } from './verb.ts';

/** Of one statement about the rows, in milliseconds. */
const TIMEOUT = 60_000;
/** Most rows that are made at once. */
const MOST_ROWS = 1_000_000;

/** `surety sample`: rows that nobody has, which keep the promises of a contract. */
export const sample: Verb = {
  name: 'sample',
  declare: (command) =>
    command
      .description('make up rows that keep the promises of a contract')
      .argument('<table>', 'a table, contract/table, or a contract that has one table')
      .option('--rows <n>', 'how many; the tables that it refers to have as many', rowCount, 100)
      .option('--seed <text>', 'the same seed, number of rows and instant give the same rows', '1')
      .option(
        '--now <instant>',
        'the instant that times lead up to, such as 2026-11-23T08:00:00Z; absent: now',
        instant,
      )
      .option('--output <format>', 'csv, or sql for INSERT statements', 'csv')
      .option('--dialect <name>', `of the INSERT statements: ${INSERT_DIALECTS.join(', ')}; absent: that of the table`)
      .option('--out <file>', 'file to write to; absent: the terminal')
      .option('--env <name>', 'environment of surety.yaml'),
  async run([name = ''], options, shell) {
    const output = oneOf(options['output'] as string, ['csv', 'sql'] as const, 'output format');
    const given = options['dialect'] as string | undefined;
    const dialect = given === undefined ? undefined : oneOf(given, INSERT_DIALECTS, 'dialect');
    if (dialect && output === 'csv') throw new UsageError('--dialect is one of INSERT statements', 'add --output sql');
    const loaded = await loadContracts([], {
      cwd: shell.cwd,
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const { project } = loaded;
    const { contract, table } = tableOf(name, loaded, shell);
    const now = { microseconds: (options['now'] as bigint | undefined) ?? BigInt(Date.now()) * 1000n };
    const made = await madeUp({ contract, table, project, now, options, shell });
    const { engine, path, name: own } = originOf(contract, table, project);
    const into = dialect ?? (engine === 'files' ? 'duckdb' : engine);
    const ordered = parentsFirst(made);
    const text = whole(() =>
      output === 'csv' ? csvText(made, table) : insertText(made, ordered, [...path, own], into),
    );
    const more = output === 'csv' ? csvNotes(made, table) : insertNotes(made, ordered, table, into);
    for (const { path, message } of [...made.notes, ...more]) {
      shell.stderr.write(`note: ${visible(contract.id)}/${visible(path)}: ${visible(message, 1000)}\n`);
    }
    const file = options['out'] as string | undefined;
    if (file === undefined) shell.stdout.write(text);
    else await writeOrRefuse(resolve(shell.cwd, file), text);
    return 0;
  },
};

function rowCount(text: string): number {
  if (!/^\d{1,7}$/.test(text) || Number(text) > MOST_ROWS || Number(text) < 1)
    throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_ROWS.toLocaleString('en')}.`);
  return Number(text);
}

function oneOf<T extends string>(word: string, words: readonly T[], what: string): T {
  const found = words.find((each) => each === word);
  if (found !== undefined) return found;
  const expected = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  throw new UsageError(
    `"${word}" is no ${what}, expected ${expected}`,
    `did you mean ${closest.closest(word, [...words])}?`,
  );
}

/** Where contracts have errors the table may be one of theirs: then they are told too. */
function tableOf(name: string, loaded: Loaded, shell: Shell): NamedTable {
  try {
    return namedTable(name, loaded.contracts);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
    if (loaded.invalid.length === 0 || errors.length === 0) throw error;
    for (const each of errors)
      shell.stderr.write(`${diagnosticText(each, excerptsIn(loaded.sources), wantsColour({}, shell, shell.stderr))}\n`);
    throw new UsageError(`there is no table "${name}" in the contracts that are valid`, 'mend the others first');
  }
}

/** A text that is longer than the engine of JavaScript can hold is too many rows. */
function whole(text: () => string): string {
  try {
    return text();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('the rows are more text than can be written at once', 'give fewer --rows');
  }
}

interface MakeInput {
  readonly contract: Contract;
  readonly table: Table;
  readonly project: Project;
  readonly now: Instant;
  readonly options: Readonly<Record<string, unknown>>;
  readonly shell: Shell;
}

async function madeUp({ contract, table, project, now, options, shell }: MakeInput): Promise<Sample> {
  const judges = new Map<Table, Promise<OpenJudge>>();
  try {
    return await sampleTable(
      {
        contract,
        rows: options['rows'] as number,
        seed: options['seed'] as string,
        now,
        syntaxOf: (each) => syntaxOf(contract, each, project),
        judgeOf(each) {
          const run = { timeout: TIMEOUT, signal: shell.signal };
          const judge = judges.get(each) ?? openJudge(each, syntaxOf(contract, each, project), now, run);
          judges.set(each, judge);
          return judge;
        },
      },
      table,
    );
  } finally {
    for (const judge of judges.values())
      await judge.then(
        (open) => open.close(),
        () => undefined,
      );
  }
}

/** What CSV cannot hold. */
function csvNotes({ fields }: Sample, table: Table): readonly SampleNote[] {
  const nested = fields.filter(({ shape }) => shape.kind !== 'value');
  const encoding = table.read?.encoding;
  const isOther = encoding !== undefined && !/^utf-?8$/i.test(encoding);
  return [
    ...nested.map(({ name }) => ({
      path: `${table.name}.${name}`,
      message: 'CSV has no nested values: they are written as JSON',
    })),
    ...(isOther ? [{ path: `${table.name}.readable`, message: `the text is UTF-8, not ${encoding}` }] : []),
  ];
}

/** What the engine does not take, while it keeps what the contract says. */
function insertNotes(made: Sample, ordered: Ordered, table: Table, dialect: InsertDialect): readonly SampleNote[] {
  return [
    ...unnamed(made, dialect).map(({ name }) => ({
      path: `${table.name}.${name}`,
      message: `left out: names of ${dialect === 'mysql' ? 'MySQL' : 'MariaDB'} have no characters of four bytes`,
    })),
    ...made.mutual.map((link) => ({
      path: link.path,
      message: `"${link.table}" refers back to "${table.name}": while the database keeps both references, neither can be filled first`,
    })),
    ...[...ordered.circular].map(([path, count]) => ({
      path,
      message: `${count} rows refer to one another in a circle: a database that keeps the reference takes none of them first`,
    })),
    ...(dialect === 'duckdb' ? [...ordered.itself] : []).map(([path, count]) => ({
      path,
      message: `${count} ${count === 1 ? 'row refers to itself' : 'rows refer to themselves'}, which DuckDB refuses while it keeps the reference`,
    })),
  ];
}
