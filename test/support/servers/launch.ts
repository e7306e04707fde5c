import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { account, removeFolder } from './account.ts';
import { environment } from './command.ts';

/** However this process ends, the watchdog's input is then closed: it ends the server and removes its folder. */
const WATCHDOG = `read -r _ && exit
kill -s "$1" "$2"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -0 "$2" || break; sleep 0.1; done
kill -s KILL "$2"
rm -rf "$3"`;

export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Where the server's own output goes. */
  readonly log: string;
  /** Ends the server at once: what it holds is thrown away. */
  readonly signal: 'SIGQUIT' | 'SIGKILL';
}

export interface Launched {
  /** Gives what `attempt` gives once it succeeds; fails as soon as the server has ended. */
  ready<T>(attempt: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a server out of reach of the terminal's signals, so that Ctrl-C leaves it to us. */
export function launch({ program, args, folder, log, signal }: Launch): Launched {
  const output = openSync(log, 'a');
  const server = spawn(program, args, {
    ...account(),
    cwd: folder,
    env: environment(folder),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let failure: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    server.on('error', (error) => {
      failure = error;
      resolve();
    });
    server.on('exit', (code, by) => {
      failure = new Error(`${program} ended with ${code ?? by}`);
      resolve();
    });
  });
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'sh', signal.slice(3), String(server.pid), folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  return {
    async ready(attempt) {
      const deadline = Date.now() + 30_000;
      while (true) {
        try {
          return await attempt();
        } catch (error) {
          if (failure) throw new Error(`${failure.message}: ${(await readFile(log, 'utf8')).trim().slice(-2000)}`);
          if (Date.now() > deadline) throw error;
        }
        await setTimeout(20);
      }
    },
    async stop() {
      server.kill(signal);
      const patience = new AbortController();
      const impatient = setTimeout(5000, undefined, { signal: patience.signal }).then(
        () => server.kill('SIGKILL'),
        () => {},
      );
      await ended;
      patience.abort();
      await impatient;
      await removeFolder(folder);
      watchdog.stdin.end('done\n');
    },
  };
}
