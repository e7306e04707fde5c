import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Socket } from 'node:net';
import { visible } from '../util/visible.ts';
import type { Unreadable } from '../yaml/files.ts';
import { gitWords } from './failure.ts';
import { PATIENCE, type Place, startGit, stopGit, whyNotStarted } from './run.ts';

type Answer = Uint8Array | Unreadable;

interface Request {
  readonly limit: number;
  readonly answer: (answer: Answer) => void;
}

/** A blob that is coming in. */
interface Incoming {
  readonly size: number;
  /** Bytes to come, the line feed behind them included. */
  left: number;
  /** Absent: it is too large, and thrown away. */
  readonly pieces?: Buffer[];
}

/** Reads blobs by one `git cat-file --batch`, which starts with the first of them. It does not keep the process alive, and has to be closed. */
export class BlobReader {
  readonly #place: Place;
  readonly #requests: Request[] = [];
  #child: ChildProcessWithoutNullStreams | undefined;
  #failure: Unreadable | undefined;
  #header = '';
  #incoming: Incoming | undefined;
  #stderr = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  /** The bytes of a blob by its full hash; what is above the limit is not kept. Never throws. */
  read(hash: string, limit: number): Promise<Answer> {
    if (this.#failure) return Promise.resolve(this.#failure);
    this.#child ??= this.#start();
    const { stdin } = this.#child;
    return new Promise((answer) => {
      this.#requests.push({ limit, answer });
      this.#wait();
      stdin.write(`${hash}\n`);
    });
  }

  /** Ends git; what is still being read is answered as failed. */
  close(): void {
    this.#fail({ reason: 'failed', why: 'reading was ended' });
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#place, ['cat-file', '--batch']);
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as Socket).unref();
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = `${this.#stderr}${chunk}`.slice(-10_000);
    });
    child.on('error', (error) => this.#fail(failed(`git cannot be run: ${whyNotStarted(error, this.#place.cwd)}`)));
    child.on('close', () => this.#fail(failed(`git: ${gitWords(this.#stderr)}`)));
    return child;
  }

  /** While somebody waits, this timer is what keeps the process alive. */
  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#requests.length === 0) return;
    const patience = this.#place.patience ?? PATIENCE;
    this.#timer = setTimeout(() => this.#fail(failed(`git has not given it in ${patience / 1000} s`)), patience);
  }

  #take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#incoming) {
        const piece = chunk.subarray(at, at + this.#incoming.left);
        at += piece.length;
        this.#incoming.left -= piece.length;
        this.#incoming.pieces?.push(piece);
        if (this.#incoming.left === 0) this.#finish(this.#incoming);
      } else {
        const end = chunk.indexOf('\n', at);
        this.#header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        at = end < 0 ? chunk.length : end + 1;
        if (end >= 0) this.#begin();
      }
    }
    this.#wait();
  }

  #begin(): void {
    const [, size] = /^\S+ blob (\d+)$/.exec(this.#header) ?? [];
    const header = this.#header;
    this.#header = '';
    if (size === undefined) {
      this.#answer(failed(`git: ${visible(header)}`));
      return;
    }
    const isKept = Number(size) <= (this.#requests[0]?.limit ?? 0);
    this.#incoming = { size: Number(size), left: Number(size) + 1, ...(isKept && { pieces: [] }) };
  }

  #finish({ size, pieces }: Incoming): void {
    this.#incoming = undefined;
    this.#answer(pieces ? Buffer.concat(pieces).subarray(0, size) : { reason: 'too-large', size });
  }

  #answer(answer: Answer): void {
    this.#requests.shift()?.answer(answer);
  }

  /** Once git is gone it stays so: to start it again for each file could take a time-out each. */
  #fail(failure: Unreadable): void {
    this.#failure ??= failure;
    while (this.#requests.length > 0) this.#answer(this.#failure);
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null && child.signalCode === null) stopGit(child);
  }
}

/** What is not in the clone is asked for at its remote, so that most often it is the remote that fails. */
function failed(why: string): Unreadable {
  return {
    reason: 'failed',
    why,
    hint: 'if the clone is partial, see that its remote can be reached, or fetch everything: `git fetch --refetch --no-filter`',
  };
}
