import { type GateRun, runGate } from '../diff/gate.ts';
import { fileForWaiver, proposeWaiver, waivable } from '../diff/waivers/propose.ts';
import { addWaiver } from '../diff/waivers/write-waiver.ts';
import type { GateFinding } from '../model/gate.ts';
import { visible } from '../util/visible.ts';
import { DISK } from '../yaml/files.ts';
import { day } from './arguments.ts';
import { declareAgainst, gateOptionsOf } from './gate-options.ts';
import { type ExitCode, type Shell, UsageError, type Verb } from './verb.ts';

/** `surety waive`: lets one finding pass for a while, in a file that is reviewed. */
export const waive: Verb = {
  name: 'waive',
  declare: (command) =>
    declareAgainst(command)
      .description('write a waiver for a finding of `surety breaking` that somebody whom it breaks has agreed to')
      .argument('<fingerprint>', 'the 12 digits beside the finding')
      .argument('[path or contract...]', 'contract files, folders or contract ids; absent: the whole project')
      .requiredOption('--reason <text>', 'why the change may come')
      .requiredOption('--expires <date>', 'last day on which it holds, at most 90 days ahead, such as 2026-12-31', day)
      .option('--approved-by <party>', 'party that agrees; absent: the only one that can'),
  async run([fingerprint = '', ...paths], options, shell): Promise<ExitCode> {
    const run = await runGate({ ...gateOptionsOf(options, shell), command: 'breaking', paths });
    const { sides } = run;
    const open = waivable(run.result);
    const finding = open.find((each) => each.fingerprint === fingerprint);
    if (!finding || !sides) return notFound(fingerprint, open, run, shell);
    const { asOf } = run.result;
    const approvedBy = options['approvedBy'] as string | undefined;
    const asked = {
      reason: options['reason'] as string,
      expires: options['expires'] as string,
      ...(approvedBy !== undefined && { approvedBy }),
    };
    const entry = proposeWaiver(finding, asked, sides, asOf);
    if ('message' in entry) throw new UsageError(entry.message, entry.hint);
    const path = await fileForWaiver(finding, sides, DISK, asOf);
    const added = await addWaiver(path, entry, sides.new.project.folder);
    if (!('file' in added)) {
      const [problem] = added;
      throw new UsageError(`${problem?.at?.file}:${problem?.at?.line}: ${problem?.message}`, problem?.hint);
    }
    const done = added.renewed ? 'renewed the waiver' : 'wrote a waiver';
    const line = `${done} of ${named(finding)} until ${entry.expires}, approved by ${entry.approvedBy}: ${added.file}:${added.line}`;
    shell.stdout.write(`${visible(line, 1000)}\n`);
    return 0;
  },
};

/** Whoever mistyped a fingerprint sees the ones that there are. */
function notFound(fingerprint: string, open: readonly GateFinding[], { result }: GateRun, shell: Shell): ExitCode {
  const error = result.diagnostics.find(({ severity }) => severity === 'error');
  if (open.length === 0 && error) throw new UsageError(error.message, error.hint);
  const notice = result.contracts
    .flatMap(({ findings }) => findings)
    .find((finding) => finding.fingerprint === fingerprint);
  const what = `"${visible(fingerprint, 40)}"`;
  if (notice) {
    const why = notice.state === 'safe' ? 'the rows prove it safe' : 'it is only a notice';
    throw new UsageError(`${what} needs no waiver: ${why}`, `it is ${named(notice)}`);
  }
  const lines = open.map((finding) => `    ${visible(`${finding.fingerprint}  ${named(finding)}`, 400)}\n`);
  const hint = lines.length === 0 ? '  hint: nothing is to be waived\n' : `  hint: open are\n${lines.join('')}`;
  shell.stderr.write(`error: no finding has the fingerprint ${what}\n${hint}`);
  return 2;
}

function named({ rule, contract, path }: GateFinding): string {
  return [rule, contract, path].filter((part) => part !== '').join(' ');
}
