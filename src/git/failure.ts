import type { Diagnostic } from '../model/diagnostic.ts';
import { visible } from '../util/visible.ts';
import type { GitEnd } from './run.ts';
import { shellWord } from './shell-word.ts';

const OTHER_WAY = 'compare with a folder or a file: `--against FOLDER`';

/** An error of the gate that has no place in a file. */
export function gateError(kebab: string, message: string, hint: string): Diagnostic {
  return { code: `gate/${kebab}`, severity: 'error', message, hint };
}

/** Why git could not be asked about the repository of a folder. */
export function gitFailure(end: GitEnd, folder: string): Diagnostic {
  const quoted = `"${visible(folder)}"`;
  if (end.how === 'not-started') {
    return gateError('git-not-run', `git cannot be run: ${end.why}`, `install git, or ${OTHER_WAY}`);
  }
  if (end.how === 'timed-out') {
    return gateError(
      'git-timed-out',
      `git does not answer in ${quoted}`,
      `see what it waits for there, or ${OTHER_WAY}`,
    );
  }
  const { stderr } = end;
  if (stderr.includes('not a git repository')) {
    return gateError(
      'not-a-repository',
      `${quoted} is not in a git repository`,
      `run it inside a clone, or ${OTHER_WAY}`,
    );
  }
  if (stderr.includes('dubious ownership')) {
    const path = /repository at '(.*)'$/m.exec(stderr)?.[1] ?? folder;
    const message = `git does not trust the repository at "${visible(path)}", since somebody else owns it`;
    const command = `git config --global --add safe.directory ${shellWord(path)}`;
    return gateError('unsafe-repository', message, `if you trust it, run \`${command}\``);
  }
  if (stderr.includes('must be run in a work tree')) {
    return gateError(
      'no-work-tree',
      `there is no working tree at ${quoted}`,
      'run it where the contracts are checked out',
    );
  }
  return gateError('git-failed', `git fails in ${quoted}: ${gitWords(stderr)}`, OTHER_WAY);
}

/** What git says last about why it fails, in one line. */
export function gitWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((each) => /^(?:fatal|error): /.test(each)) ?? lines.at(-1) ?? 'it gives no reason';
  return visible(line.replace(/^(?:fatal|error): /, ''));
}
