import { EngineError, type EngineFailure } from '../../sql/dialect.ts';
import { systemMessage } from '../../util/system-error.ts';

interface SqliteError {
  readonly message?: string;
  /** Result code (sqlite.org/rescode.html), whose lowest byte is the primary one; some errors of the driver have none. */
  readonly sqliteCode?: number;
  /** Of the system call that failed. */
  readonly systemErrno?: number;
}

/** A sort of error, by its primary result code or, where the driver says none, by the text that SQLite has for it. */
interface Sort {
  readonly code: number;
  readonly text: RegExp;
  readonly failure?: EngineFailure;
  /** Behind the name of the file. */
  readonly problem: string;
  readonly hint: string;
}

const RIGHTS = { problem: 'may not be written', hint: 'give write permission to the file and to its folder' };

const BUSY: Sort = {
  code: 5,
  text: /^database is locked$/,
  failure: 'time-out',
  problem: 'is kept locked by another process',
  hint: 'try again when it is done',
};

const SORTS: readonly Sort[] = [
  BUSY,
  { code: 3, text: /^access permission denied$/, ...RIGHTS },
  { code: 8, text: /^attempt to write a readonly database$/, ...RIGHTS },
  {
    code: 10,
    text: /^disk I\/O error$/,
    problem: 'cannot be read or written',
    hint: 'see whether the disk is full or broken',
  },
  {
    code: 11,
    text: /^database disk image is malformed$/,
    problem: 'is damaged',
    hint: 'put a copy back, or move the file away to begin anew',
  },
  {
    code: 13,
    text: /^database or disk is full$/,
    problem: 'has no space left',
    hint: 'free some space, or remove old runs: surety store prune',
  },
  {
    code: 14,
    text: /unable to open database file$/,
    problem: 'cannot be opened',
    hint: 'see that the folder exists and may be written, or correct `store:` in surety.yaml',
  },
  {
    code: 26,
    text: /^file is not a database$/,
    problem: 'is no SQLite database',
    hint: 'correct `store:` in surety.yaml, or move the file away',
  },
];

/** Whether another connection keeps the database locked. */
export function isBusy(error: unknown): boolean {
  return sortOf(error) === BUSY;
}

/** What an error of SQLite means; `file` is for people. */
export function explain(error: unknown, file: string): EngineError {
  if (error instanceof EngineError) return error;
  const { systemErrno = 0, message = String(error) } = error as SqliteError;
  const system = systemErrno > 0 ? `: ${systemMessage({ name: '', message: '', errno: -systemErrno })}` : '';
  const sort = sortOf(error);
  const explained = sort
    ? new EngineError(sort.failure ?? 'unreachable', `${file} ${sort.problem}${system}`, sort.hint)
    : new EngineError('failed', `${file}: ${message}`);
  explained.cause = error;
  return explained;
}

function sortOf(error: unknown): Sort | undefined {
  const { sqliteCode, message = '' } = error as SqliteError;
  return SORTS.find(({ code, text }) => (sqliteCode === undefined ? text.test(message) : sqliteCode % 256 === code));
}
