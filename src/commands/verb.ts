import type { Command } from 'commander';

/** Everything a command may touch outside its arguments. */
export interface Shell {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Asks a question on a terminal; undefined where there is none. */
  readonly ask?: (question: string) => Promise<string>;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Of the terminal, as wide as it is now; absent: there is none, or it does not say. */
  readonly columns?: number | undefined;
}

/** One verb of the command line; `run` gives the exit code (semantics §1). */
export interface Verb {
  readonly name: string;
  declare(command: Command): Command;
  run(args: readonly string[], options: Readonly<Record<string, unknown>>, shell: Shell): Promise<ExitCode>;
}

/** A verb that only has verbs of its own. */
export interface VerbGroup {
  readonly name: string;
  declare(command: Command): Command;
  readonly verbs: readonly Verb[];
}

/** 0 holds, 1 a promise is broken, 2 wrong use, 3 something could not be measured. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Wrong use of the command line: exit 2 with the message and what to do. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
