#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import { type ListedVerb, VERBS } from './commands/index.ts';
import { type Output, type Shell, UsageError, type Verb, type VerbGroup } from './commands/verb.ts';
import { systemMessage } from './util/system-error.ts';
import { VERSION } from './util/version.ts';
import { visible, withoutCommands } from './util/visible.ts';

const controller = new AbortController();
process.on('SIGINT', () => {
  if (controller.signal.aborted) {
    // `process.exit` waits for threads: of an engine that does not stop, of a pipe that nobody writes.
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  }
  controller.abort();
});
process.stdout.once('error', (error: NodeJS.ErrnoException) => {
  process.stdout.on('error', () => {});
  // Who closes a pipe has read enough.
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: cannot write to standard output: ${systemMessage(error)}\n`);
  process.on('exit', () => {
    if (process.exitCode !== 2) process.exitCode = 3;
  });
});
// Nobody could be told.
process.stderr.on('error', () => {});

const shell: Shell = {
  cwd: process.cwd(),
  env: process.env,
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  signal: controller.signal,
  ...(process.stdin.isTTY && process.stdout.isTTY && { ask }),
};

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
  };
}

/** Arguments come back in messages of the parser. */
function shownLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, 1000))
    .join('\n');
}

/** The verb that is called needs no other one, the version none; the help and whatever is mistyped need them all. */
function neededVerbs(word: string | undefined): readonly ListedVerb[] {
  if (word === '-V' || word === '--version') return [];
  const called = VERBS.filter(({ name }) => name === word);
  return called.length > 0 ? called : VERBS;
}

async function ask(question: string): Promise<string> {
  const readline = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await readline.question(question);
  } finally {
    readline.close();
  }
}

function register(parent: Command, verb: Verb | VerbGroup): void {
  const declared = verb.declare(parent.command(verb.name));
  if ('verbs' in verb) {
    for (const each of verb.verbs) register(declared, each);
    return;
  }
  declared.action(async (...given: unknown[]) => {
    const command = given.at(-1) as Command;
    process.exitCode = await verb.run(command.args, command.opts(), shell);
  });
}

const program = new Command('surety')
  .description('Data contracts: verify tables against what was promised.')
  .version(VERSION)
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ writeErr: (text) => void process.stderr.write(withoutCommands(shownLines(text))) })
  .addHelpText(
    'after',
    '\nExit codes: 0 everything holds, 1 a promise is broken, 2 wrong use or an invalid contract, 3 something could not be measured.',
  );
for (const verb of neededVerbs(process.argv[2])) register(program, await verb.load());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UsageError) {
    process.stderr.write(
      `error: ${visible(error.message)}\n${error.hint === undefined ? '' : `  hint: ${visible(error.hint)}\n`}`,
    );
    process.exitCode = 2;
  } else {
    process.stderr.write(`surety has a defect: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 3;
  }
}

// A statement that the engine cannot interrupt (one huge string function) outlives even process.exit: everything is written by now.
setTimeout(() => {
  process.stderr.write('the engine does not stop; the process ends itself\n');
  process.kill(process.pid, 'SIGKILL');
}, 500).unref();
