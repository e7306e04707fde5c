import type { Row } from '../../model/value.ts';
import { EngineError, type Session, type Statement, type StatementOptions } from '../../sql/dialect.ts';
import type { Link } from './link.ts';

/** How long after its time a statement is left to the server's own limit, in milliseconds. */
const GRACE = 250;
/** How long the server may take to stop a statement that we cancelled, in milliseconds. */
const PATIENCE = 1500;
/** How long it may take to begin or end a snapshot, which reads nothing, in milliseconds. */
const PROMPT = 10_000;

/** A read-only snapshot on one connection. Statements run one after the other. */
export class ServerSession implements Session {
  readonly #link: Link;
  readonly #release: (link: Link, reusable: boolean) => Promise<void>;
  #running = false;
  #closing: Promise<void> | undefined;
  /** A cancellation that is on its way: it must not hit the next statement. */
  #cancelling: Promise<void> = Promise.resolve();
  /** Text of a contract has been sent: nobody else gets this connection. */
  #tainted = false;
  #lost = false;

  private constructor(link: Link, release: (link: Link, reusable: boolean) => Promise<void>) {
    this.#link = link;
    this.#release = release;
  }

  /** Throws `EngineError`; the link is then not released. */
  static async begin(
    link: Link,
    timeout: number,
    release: (link: Link, reusable: boolean) => Promise<void>,
  ): Promise<ServerSession> {
    try {
      await promptly(link.begin(timeout));
    } catch (error) {
      throw error instanceof EngineError ? error : link.explain(error);
    }
    return new ServerSession(link, release);
  }

  async run(statement: Statement, options: StatementOptions): Promise<readonly Row[]> {
    return this.#send(statement, options, () => this.#link.query(statement));
  }

  /** What the columns of a query are, a row each. Throws `EngineError`. */
  async describe(query: Statement, options: StatementOptions): Promise<readonly Row[]> {
    return this.#send(query, options, () => this.#link.describe(query));
  }

  async #send(
    statement: Statement,
    options: StatementOptions,
    send: () => Promise<readonly Row[]>,
  ): Promise<readonly Row[]> {
    if (this.#closing || options.signal?.aborted) throw new EngineError('cancelled', 'cancelled');
    if (this.#lost) throw new EngineError('lost', 'the connection was lost');
    // SQL of a contract always stands inside a query of ours; whatever else comes here would be a defect.
    if (!/^\s*(?:select|with|show)\b/i.test(statement.sql)) throw new EngineError('failed', 'only queries may run');
    if (options.contractSql) this.#tainted = true;
    this.#running = true;
    try {
      const rows = await this.#limited(send, options);
      if (options.contractSql) await this.#recover();
      return rows;
    } catch (error) {
      const explained = error instanceof EngineError ? error : this.#link.explain(error);
      if (explained.failure === 'lost') this.#lost = true;
      await this.#cancelling;
      if (!this.#lost) await this.#recover();
      throw explained;
    } finally {
      this.#running = false;
    }
  }

  get lost(): boolean {
    return this.#lost;
  }

  #cancel(): void {
    this.#cancelling = promptly(this.#link.cancel(PATIENCE), 2 * PATIENCE).catch(() => undefined);
  }

  async #recover(): Promise<void> {
    try {
      await promptly(this.#link.recover());
    } catch {
      this.#lost = true;
    }
  }

  /** The server's own limit comes first; where it does not hold we cancel, and where that does not help the connection is given up. */
  async #limited(send: () => Promise<readonly Row[]>, options: StatementOptions): Promise<readonly Row[]> {
    const began = performance.now();
    const timers: NodeJS.Timeout[] = [];
    let stopped: 'time-out' | 'cancelled' | undefined;
    let giveUp: (error: EngineError) => void = () => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    givenUp.catch(() => undefined);
    const late = (): EngineError => new EngineError('time-out', `no result after ${options.timeout} ms`);
    const cancelled = (): EngineError => new EngineError('cancelled', 'cancelled');
    const stop = (why: 'time-out' | 'cancelled'): void => {
      if (stopped) return;
      stopped = why;
      this.#cancel();
      timers.push(
        setTimeout(() => {
          this.#lost = true;
          void this.#link.close();
          giveUp(why === 'time-out' ? late() : cancelled());
        }, PATIENCE),
      );
    };
    const abort = (): void => stop('cancelled');
    options.signal?.addEventListener('abort', abort, { once: true });
    timers.push(setTimeout(() => stop('time-out'), options.timeout + GRACE));
    try {
      const work = send();
      work.catch(() => undefined);
      const rows = await Promise.race([work, givenUp]);
      if (stopped === 'cancelled') throw cancelled();
      // MySQL and MariaDB end some functions early and give a value as if they were done.
      if (stopped || performance.now() - began >= options.timeout) throw late();
      return rows;
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const explained = this.#link.explain(error);
      if (explained.failure === 'lost' && !stopped) throw explained;
      if (stopped === 'cancelled') throw cancelled();
      if (stopped === 'time-out' || performance.now() - began >= options.timeout) throw late();
      // Somebody there did not want it to go on: it is not tried again in pieces.
      throw explained.failure === 'time-out'
        ? new EngineError('cancelled', 'the statement was cancelled on the server')
        : explained;
    } finally {
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#running) this.#cancel();
    await this.#cancelling;
    let reusable = !this.#running && !this.#tainted && !this.#lost;
    if (reusable) {
      try {
        await promptly(this.#link.end());
      } catch {
        reusable = false;
      }
    }
    await this.#release(this.#link, reusable);
  }
}

/** A server that does not answer to what costs nothing is gone. */
async function promptly(work: Promise<void>, limit = PROMPT): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineError('lost', 'the server does not answer any more')), limit);
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
