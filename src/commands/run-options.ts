import type { Command } from 'commander';
import type { Loaded } from '../contract/load.ts';
import { unmatchedSelectors } from '../engine/select.ts';
import { selectedTables, type VerifyOptions } from '../engine/verify.ts';
import { collect, instant, milliseconds, onlyAll } from './arguments.ts';
import { type Shell, UsageError } from './verb.ts';

/** Options that `verify` and `plan` share. */
export function declareRunOptions(command: Command): Command {
  return command
    .argument('[path or contract...]', 'contract files, folders or contract ids; absent: the whole project')
    .option('--table <name>', 'only this table (again for several)', collect)
    .option('--tag <tag>', 'only checks with this tag (again for several)', collect)
    .option('--check <path>', 'only checks under this path, such as orders.email; * stands for any text', collect)
    .option('--env <name>', 'environment of surety.yaml')
    .option('--schema <name>', 'schema of every location, such as the one of a branch')
    .option('--warehouse <name>', 'warehouse of every table')
    .option('--now <instant>', 'the instant that ages are measured from, such as 2026-11-23T08:00:00Z', instant)
    .option('--scan', 'read the rows even where the catalog already knows the answer')
    .option('--window <all>', 'all: look at all rows, whatever the windows', onlyAll)
    .option('--timeout <duration>', 'time for one statement, such as 30s', milliseconds);
}

/** What the options mean to the engine. */
export function runOptionsOf(options: Readonly<Record<string, unknown>>, shell: Shell): VerifyOptions {
  const list = (name: string): readonly string[] | undefined => options[name] as readonly string[] | undefined;
  const tables = list('table');
  const tags = list('tag');
  const checks = list('check');
  const maskKey = shell.env['SURETY_MASK_KEY'];
  return {
    ...(tables && { tables }),
    ...(tags && { tags }),
    ...(checks && { checks }),
    ...(options['now'] !== undefined && { now: { microseconds: options['now'] as bigint } }),
    ...(options['window'] !== undefined && { ignoreWindows: true }),
    ...(options['warehouse'] !== undefined && { warehouse: options['warehouse'] as string }),
    ...(options['schema'] !== undefined && { schema: options['schema'] as string }),
    ...(options['timeout'] !== undefined && { timeout: options['timeout'] as number }),
    ...(options['samples'] !== undefined && { samples: options['samples'] as number }),
    ...(maskKey !== undefined && { maskKey }),
    signal: shell.signal,
  };
}

/** Refuses a selection of which a part fits no check: a mistyped name would else leave out what it meant. */
export function refuseUnmatched(loaded: Loaded, options: VerifyOptions): void {
  const selected = loaded.contracts.filter((entry) => entry.selected).map(({ contract }) => contract);
  // A contract that is invalid is left out, and what it would have had is told by its diagnostics.
  if (selected.length === 0 || loaded.diagnostics.some(({ severity }) => severity === 'error')) return;
  const hint = 'surety plan lists the paths of all checks';
  const unmatched = unmatchedSelectors(selected, options);
  if (unmatched.length > 0) throw new UsageError(`nothing fits ${unmatched.join(', ')}`, hint);
  if (selectedTables(loaded, options).length === 0) {
    throw new UsageError('nothing is selected: no check fits --table, --tag and --check together', hint);
  }
}
