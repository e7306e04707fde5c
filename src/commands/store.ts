import { findProject } from '../project/load-project.ts';
import { exportLines } from '../store/export.ts';
import { migrate as migrateStore } from '../store/migrate.ts';
import type { Store } from '../store/open.ts';
import { prune as pruneStore } from '../store/prune.ts';
import { type StoreStatus, statusOf } from '../store/status.ts';
import type { StoreTarget } from '../store/target.ts';
import { printInstant } from '../util/instant.ts';
import { visible } from '../util/visible.ts';
import { instant, milliseconds } from './arguments.ts';
import { identityOf, outputFile, refuseUnwritable, writeOrRefuse } from './output-file.ts';
import { oneFormat } from './output-target.ts';
import { type ExitCode, type Shell, UsageError, type Verb, type VerbGroup } from './verb.ts';
import { targetOf, withStore } from './with-store.ts';

const migrate: Verb = {
  name: 'migrate',
  declare: (command) => command.description('make the store, or bring it to the version of this Surety'),
  async run(_args, _options, shell) {
    return inStore(shell, { makes: true, cannot: 'the store cannot be migrated' }, async (store) => {
      const { from, to, applied } = await migrateStore(store);
      const done = applied.length === 0 ? 'has' : from === 0 ? 'was made with' : `went from version ${from} to`;
      shell.stdout.write(`${visible(store.place)} ${done} version ${to}\n`);
    });
  },
};

const status: Verb = {
  name: 'status',
  declare: (command) =>
    command
      .description('say where the store is, its version and what is in it')
      .option('--output <format>', 'text or json', 'text'),
  async run(_args, options, shell) {
    const format = oneFormat(options['output']);
    return inStore(shell, { cannot: 'the store cannot be read' }, async (store) => {
      const found = await statusOf(store);
      shell.stdout.write(format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusText(found));
    });
  },
};

const exporting: Verb = {
  name: 'export',
  declare: (command) =>
    command
      .description('give all runs and measurements as lines of JSON')
      .option('--to <file>', 'file to write; absent: standard output'),
  async run(_args, options, shell) {
    const to = options['to'] === undefined ? undefined : await outputFile(options['to'] as string, shell.cwd);
    if (to) await refuseUnwritable(to);
    return inStore(shell, { cannot: 'the store cannot be exported' }, async (store, target) => {
      if (to && 'path' in target && (await identityOf(target.path)) === to.identity)
        throw new UsageError(`"${to.name}" is the store itself`, 'name another file');
      const lines = exportLines(store);
      if (to) await writeOrRefuse(to.path, lines, to.name);
      else for await (const line of lines) shell.stdout.write(line);
    });
  },
};

const prune: Verb = {
  name: 'prune',
  declare: (command) =>
    command
      .description('remove old runs, but the last one of every check')
      .requiredOption('--older-than <duration>', 'how long ago they measured at least, such as 90d', milliseconds)
      .option('--now <instant>', 'the instant that it is counted from, such as 2026-11-23T08:00:00Z', instant),
  async run(_args, options, shell) {
    const now = (options['now'] as bigint | undefined) ?? BigInt(Date.now()) * 1000n;
    const before = printInstant(now - BigInt(options['olderThan'] as number) * 1000n);
    return inStore(shell, { cannot: 'the store cannot be pruned' }, async (store) => {
      const { removed, kept } = await pruneStore(store, before);
      const stay =
        kept === 0 ? '' : `; ${runsText(kept)} before it ${kept === 1 ? 'stays' : 'stay'} as the last of some check`;
      shell.stdout.write(`removed ${runsText(removed)} before ${before}${stay}\n`);
    });
  },
};

/** `surety store`: what is kept of runs. */
export const store: VerbGroup = {
  name: 'store',
  declare: (command) => command.description('look after what is kept of runs'),
  verbs: [migrate, status, exporting, prune],
};

/** Opens the store of the project that the working folder is in. */
async function inStore(
  shell: Shell,
  options: { readonly makes?: boolean; readonly cannot: string },
  work: (store: Store, target: StoreTarget) => Promise<void>,
): Promise<ExitCode> {
  const { project, diagnostics } = await findProject(shell.cwd, { variables: shell.env });
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) throw new UsageError(error.message, error.hint);
  const target = targetOf(project, shell);
  return withStore(target, options, shell, (opened) => work(opened, target));
}

function statusText({ place, state, version, latest, runs, size }: StoreStatus): string {
  const head = {
    older: `version ${version}, and this Surety needs ${latest}: run surety store migrate`,
    current: `version ${version}`,
    newer: `version ${version}, and this Surety knows up to ${latest}: update Surety`,
  }[state];
  const span = runs && runs.first !== null ? `, the first of ${runs.first}, the last of ${runs.last}` : '';
  const lines = [
    head,
    ...(runs ? [`${runsText(runs.runs)}${span}`] : []),
    ...(runs
      ? [`${counted(runs.measurements, 'measurement')} against ${counted(runs.contracts, 'contract version')}`]
      : []),
    ...(size === undefined ? [] : [`${Math.ceil(size / 1024).toLocaleString('en')} KiB`]),
  ];
  return `${visible(place)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function runsText(count: number): string {
  return counted(count, 'run');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
