import { EngineError } from '../../sql/dialect.ts';
import { systemMessage } from '../../util/system-error.ts';

interface SqliteError {
  readonly message?: string;
  /** Primary result code (sqlite.org/rescode.html). */
  readonly sqliteCode?: number;
  /** Of the system call that failed. */
  readonly systemErrno?: number;
}

/** What an error of SQLite means; `file` is for people. */
export function explain(error: unknown, file: string): EngineError {
  if (error instanceof EngineError) return error;
  const { sqliteCode = 0, systemErrno = 0, message = String(error) } = error as SqliteError;
  const system = systemErrno > 0 ? systemMessage({ name: '', message: '', errno: -systemErrno }) : '';
  const said: readonly [problem: string, hint: string] = SAID[sqliteCode]?.(file, system) ?? [
    `${file}: ${message}`,
    'look at the file',
  ];
  const explained = new EngineError(sqliteCode === BUSY ? 'time-out' : 'unreachable', ...said);
  explained.cause = error;
  return explained;
}

const BUSY = 5;

type Said = (file: string, system: string) => readonly [problem: string, hint: string];

const SAID: Readonly<Record<number, Said>> = {
  3: (file) => [`${file} may not be written`, 'give write permission to the file and to its folder'],
  [BUSY]: (file) => [`another process keeps ${file} locked`, 'try again when it is done'],
  8: (file) => [`${file} may not be written`, 'give write permission to the file and to its folder'],
  10: (file, system) => [`${file} cannot be read or written${behind(system)}`, 'look at the disk'],
  11: (file) => [`${file} is damaged`, 'put a copy back, or move the file away to begin anew'],
  13: (file) => [`there is no space left for ${file}`, 'free some space, or surety store prune what is old'],
  14: (file, system) => [
    `${file} cannot be opened${behind(system)}`,
    'see that the folder exists and may be written, or correct `store:` in surety.yaml',
  ],
  26: (file) => [`${file} is no SQLite database`, 'correct `store:` in surety.yaml, or move the file away'],
};

function behind(system: string): string {
  return system === '' ? '' : `: ${system}`;
}
