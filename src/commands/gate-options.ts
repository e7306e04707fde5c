import { type Command, InvalidArgumentError } from 'commander';
import type { GateOptions } from '../diff/options.ts';
import { isFromFork } from '../diff/sides/untrusted.ts';
import { GATE_PROFILES, type GateProfile } from '../model/profile.ts';
import { day } from './arguments.ts';
import type { Shell } from './verb.ts';

/** Options of every command that compares and judges. */
export function declareGateOptions(command: Command): Command {
  return command
    .option('--env <name>', 'environment of surety.yaml')
    .option('--profile <name>', 'which changes count: schema, consumer or full', profile)
    .option('--strict', 'count readers that are not registered, even where `readers: closed` says that there are none')
    .option('--as-of <date>', 'the day that sunsets and waivers are measured against, such as 2026-11-25', day)
    .option(
      '--untrusted',
      'no connection, and policy and waivers of the old side; the default for pull requests from forks',
    );
}

/** Options of the commands that compare with the past. */
export function declareAgainst(command: Command): Command {
  return declareGateOptions(command)
    .option('--against <source>', 'old side: a git ref, folder or file; absent: the merge base with the default branch')
    .option('--ref <ref>', 'take the new side from a git ref instead of the working tree');
}

/** What the options mean to the gate. */
export function gateOptionsOf(
  options: Readonly<Record<string, unknown>>,
  shell: Shell,
): Omit<GateOptions, 'command' | 'paths'> {
  const text = (name: string): string | undefined => options[name] as string | undefined;
  const [environment, before, ref, asOf] = ['env', 'against', 'ref', 'asOf'].map(text);
  return {
    cwd: shell.cwd,
    variables: shell.env,
    strict: options['strict'] === true,
    untrusted: options['untrusted'] === true || isFromFork(shell.env),
    ...(environment !== undefined && { environment }),
    ...(before !== undefined && { before }),
    ...(ref !== undefined && { ref }),
    ...(asOf !== undefined && { asOf }),
    ...(options['profile'] !== undefined && { profile: options['profile'] as GateProfile }),
  };
}

function profile(text: string): GateProfile {
  const found = GATE_PROFILES.find((name) => name === text);
  if (!found) throw new InvalidArgumentError(`expected ${GATE_PROFILES.join(', ')}.`);
  return found;
}
