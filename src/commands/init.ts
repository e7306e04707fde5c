import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DIALECTS } from '../dialects/index.ts';
import { draftContract } from '../engine/draft.ts';
import { profileTable, type TableProfile } from '../engine/profile.ts';
import { findProject } from '../project/load-project.ts';
import { namedTarget, type TableTarget } from '../project/target.ts';
import { EngineError, type TableRequest } from '../sql/dialect.ts';
import { visible } from '../util/visible.ts';
import { writeOrRefuse } from './output-file.ts';
import { tellUnreached } from './unreached.ts';
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
    const project = await findProject(shell.cwd, {
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const error = project.diagnostics.find(({ severity }) => severity === 'error');
    if (error) throw new UsageError(error.message, error.hint);
    const { folder } = project.project;
    const warehouse = options['warehouse'] as string | undefined;
    const place = warehouse === undefined ? undefined : targetOf(namedTarget(project.project, warehouse));
    const remedy = new Set<string>();
    for (const location of args) {
      const name = tableName(location, place !== undefined);
      const suggested = place ? contractId(location) : name;
      const contract =
        id ?? (await chosen(shell, options['yes'] === true, `id of the contract for ${location}`, suggested));
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
      const target = place ?? targetOf(namedTarget(project.project, undefined));
      const request = {
        ...(place ? { location } : { location: within }),
        name,
        folder: place?.folder ?? dirname(file),
        boundary: place?.boundary ?? folder,
      };
      let found: Profiled;
      try {
        found = await profileOf(target, request, shell);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        return tellUnreached(shell, warehouse ?? location, target, error);
      }
      const { profile } = found;
      for (const line of found.readerRole) remedy.add(line);
      await mkdir(dirname(file), { recursive: true });
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
      await writeOrRefuse(file, text);
      shell.stdout.write(
        `wrote ${relative(shell.cwd, file)}: ${profile.rows} rows, ${profile.columns.length} columns${profile.key.length > 0 ? `, key ${profile.key.join(', ')}` : ''}\n`,
      );
    }
    if (remedy.size > 0) {
      const lines = [...remedy].map((line) => `  ${visible(line, 1000)}\n`).join('');
      shell.stdout.write(`a role that can only read is enough to verify; these lines create one:\n${lines}`);
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

interface Profiled {
  readonly profile: TableProfile;
  /** Statements that create a role which can only read; empty where there are no roles. */
  readonly readerRole: readonly string[];
}

async function profileOf(
  place: TableTarget,
  request: Pick<TableRequest, 'location' | 'name' | 'folder' | 'boundary'>,
  shell: Shell,
): Promise<Profiled> {
  const entry = DIALECTS.find(({ type }) => type === place.type);
  if (!entry) throw new UsageError(`there is no dialect "${place.type}"`);
  const dialect = await entry.load();
  const run = { timeout: place.target.timeout, signal: shell.signal };
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
      const profile = await profileTable(source, warehouse.sql, session, run);
      return { profile, readerRole: warehouse.readerRole };
    } finally {
      await session.close();
    }
  } finally {
    await warehouse.close();
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

/** The name of a table in the contract: of a file without its ending, of a table in a warehouse without its schema. */
function tableName(location: string, inWarehouse: boolean): string {
  const last = inWarehouse ? (location.split('.').at(-1) ?? location) : basename(location);
  const name = inWarehouse ? last : last.replace(/(\.(csv|tsv|json|jsonl|ndjson|parquet))?(\.gz)?$/i, '');
  const plain = plainName(name);
  return /^[a-z]/.test(plain) ? plain : `t_${plain}`;
}

/** `sales.orders` of `sales.Orders`. */
function contractId(location: string): string {
  const parts = location.split('.').map(plainName).filter(Boolean);
  const id = parts.join('.');
  return /^[a-z]/.test(id) ? id : `t_${id}`;
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
