import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DIALECTS } from '../dialects/index.ts';
import { draftContract } from '../engine/draft.ts';
import { profileTable, type TableProfile } from '../engine/profile.ts';
import { findProject } from '../project/load-project.ts';
import { namedTarget, type TableTarget } from '../project/target.ts';
import { EngineError, type TableRequest } from '../sql/dialect.ts';
import { writeWhole } from './output.ts';
import { type ExitCode, type Shell, UsageError, type Verb } from './verb.ts';

/** `surety init`: a first contract from data. */
export const init: Verb = {
  name: 'init',
  declare: (command) =>
    command
      .description('write a first contract from what the data shows')
      .argument('[file or table...]', 'files, globs, or tables of --warehouse; one contract each; absent: asks')
      .option('--warehouse <name>', 'warehouse of surety.yaml that the tables are in')
      .option('--env <name>', 'environment of surety.yaml')
      .option('--contract <id>', 'id of the contract; absent: the name of the file or table')
      .option('--yes', 'ask nothing')
      .option('--force', 'write over an existing contract'),
  async run(given, options, shell): Promise<ExitCode> {
    const args = given.length > 0 ? given : await askedFiles(shell, options['yes'] === true);
    const id = options['contract'] as string | undefined;
    if (id !== undefined && args.length > 1)
      throw new UsageError('--contract names one contract, but several files are given');
    const found = await findProject(shell.cwd, {
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const error = found.diagnostics.find(({ severity }) => severity === 'error');
    if (error) throw new UsageError(error.message, error.hint);
    const { folder } = found.project;
    const warehouse = options['warehouse'] as string | undefined;
    const place = warehouse === undefined ? undefined : targetOf(namedTarget(found.project, warehouse));
    for (const location of args) {
      const name = tableName(location);
      const contract = id ?? (await chosen(shell, options['yes'] === true, `id of the contract for ${location}`, name));
      const file = join(folder, 'contracts', `${contract.replaceAll(/[^\w.@-]/g, '_')}.yaml`);
      if (existsSync(file) && options['force'] !== true) {
        throw new UsageError(
          `"${relative(shell.cwd, file)}" is there already`,
          'give another id with --contract, or --force to write over it',
        );
      }
      if (!place && !/[*?[{]/.test(location) && !existsSync(resolve(shell.cwd, location))) {
        throw new UsageError(`there is no file "${location}"`, 'name a file, or a table with --warehouse');
      }
      const within = relative(dirname(file), resolve(shell.cwd, location));
      const target = place ?? targetOf(namedTarget(found.project, undefined));
      const request = {
        ...(place ? { location } : { location: within }),
        name,
        folder: place?.folder ?? dirname(file),
        boundary: place?.boundary ?? folder,
      };
      await mkdir(dirname(file), { recursive: true });
      const profile = await profileOf(target, request, shell);
      const schema = relative(dirname(file), join(folder, 'node_modules/surety/contract.schema.json'));
      const text = draftContract({
        contract,
        table: name,
        location: request.location,
        ...(warehouse !== undefined && { warehouse }),
        profile,
        now: BigInt(Date.now()) * 1000n,
        schema,
      });
      await writeWhole(file, text);
      shell.stdout.write(
        `wrote ${relative(shell.cwd, file)}: ${profile.rows} rows, ${profile.columns.length} columns${profile.key.length > 0 ? `, key ${profile.key.join(', ')}` : ''}\n`,
      );
    }
    shell.stdout.write(
      'next: surety verify, then read the contract, keep what is meant, and add raci to make it active\n',
    );
    return 0;
  },
};

function targetOf(found: ReturnType<typeof namedTarget>): TableTarget {
  if ('found' in found) return found.found;
  throw new UsageError(found.diagnostics[0]?.message ?? 'no such warehouse', found.diagnostics[0]?.hint);
}

async function profileOf(
  place: TableTarget,
  request: Pick<TableRequest, 'location' | 'name' | 'folder' | 'boundary'>,
  shell: Shell,
): Promise<TableProfile> {
  const entry = DIALECTS.find(({ type }) => type === place.type);
  if (!entry) throw new UsageError(`there is no dialect "${place.type}"`);
  const dialect = await entry.load();
  const run = { timeout: place.target.timeout, signal: shell.signal };
  try {
    const warehouse = await dialect.open(
      place.target,
      [{ ...request, key: 'init', read: { missing: [] }, columns: [] }],
      run,
    );
    try {
      const source = warehouse.tables.get('init');
      if (!source || !('relation' in source)) {
        throw new UsageError(`${request.name}: ${source?.reason ?? 'not found'}`, source?.hint);
      }
      const session = await warehouse.session(run);
      try {
        return await profileTable(source, warehouse.sql, session, run);
      } finally {
        await session.close();
      }
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    if (error instanceof EngineError) throw new UsageError(error.message);
    throw error;
  }
}

/** Files named on the terminal; without one, the data files that are there are the hint. */
async function askedFiles(shell: Shell, silent: boolean): Promise<readonly string[]> {
  const found = readdirSync(shell.cwd).filter((name) => /\.(csv|tsv|json|jsonl|ndjson|parquet)(\.gz)?$/i.test(name));
  const answer = silent || !shell.ask ? '' : await shell.ask(`files, separated by blanks [${found.join(' ')}]: `);
  const files =
    answer.trim() === '' && shell.ask && !silent ? found : answer.split(/\s+/).filter((name) => name !== '');
  if (files.length > 0) return files;
  throw new UsageError(
    'no file is named',
    found.length > 0
      ? `surety init ${found.slice(0, 3).join(' ')}`
      : 'name a Parquet, CSV or JSON file: surety init data/orders.csv',
  );
}

async function chosen(shell: Shell, silent: boolean, question: string, fallback: string): Promise<string> {
  if (silent || !shell.ask) return fallback;
  const answer = (await shell.ask(`${question} [${fallback}]: `)).trim();
  return answer === '' ? fallback : answer;
}

function tableName(location: string): string {
  const name = basename(location).replace(/(\.(csv|tsv|json|jsonl|ndjson|parquet))?(\.gz)?$/i, '');
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `t_${plain}`;
}
