import type { Row } from '../../model/value.ts';
import {
  EngineError,
  type RunOptions,
  type Session,
  type Statement,
  type TableRequest,
  type Warehouse,
  type WarehouseTarget,
} from '../../sql/dialect.ts';
import type { Link } from './link.ts';
import { ServerSession } from './session.ts';

/** Runs a statement of ours on the connection that looks the tables up. Throws `EngineError`. */
export type Ask = (statement: Statement) => Promise<readonly Row[]>;

/** What a server and its catalog say before anything is measured. */
export type Survey = Pick<Warehouse, 'sql' | 'facts' | 'readerRole' | 'refusesContractSql' | 'tables' | 'warnings'>;

/** A kind of server. */
export interface ServerKind {
  /** Throws `EngineError`. */
  connect(options: RunOptions): Promise<Link>;
  /** Who we are there, by one statement, and all tables, by one more. */
  survey(ask: Ask, tables: readonly TableRequest[]): Promise<Survey>;
}

/** Connects, looks all tables up and hands out sessions, as many at a time as the target's `concurrency`. Throws `EngineError`. */
export async function openServer(
  kind: ServerKind,
  target: WarehouseTarget,
  tables: readonly TableRequest[],
  options: RunOptions,
): Promise<Warehouse> {
  const pool = new Pool(kind, target.concurrency);
  const prepared: string[] = [];
  try {
    const session = await pool.session({ ...options, timeout: target.timeout });
    const survey = await kind.survey((statement) => {
      prepared.push(statement.sql);
      return session.run(statement, options);
    }, tables);
    await session.close();
    return {
      ...survey,
      prepared,
      async describe(query, of) {
        prepared.push(query.sql);
        const own = await pool.session(of);
        try {
          return await own.describe(query, of);
        } finally {
          await own.close();
        }
      },
      session: (of) => pool.session(of),
      close: () => pool.close(),
    };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

class Pool {
  readonly #kind: ServerKind;
  /** Lower than the target's `concurrency` once the server has let no more in. */
  #most: number;
  readonly #idle: Link[] = [];
  readonly #open = new Set<Session>();
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #closed = false;
  /** Once the server could not be reached again, nobody else waits for it. */
  #down: EngineError | undefined;

  constructor(kind: ServerKind, most: number) {
    this.#kind = kind;
    this.#most = most;
  }

  async session(options: RunOptions): Promise<ServerSession> {
    for (;;) {
      while (this.#taken >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      this.#taken += 1;
      try {
        return await this.#begin(options);
      } catch (error) {
        const refused = error instanceof EngineError && error.failure === 'unreachable';
        // A server that lets no more of us in may do with those that are there.
        if (refused && this.#taken > 1 && !this.#down && !this.#closed) {
          this.#taken -= 1;
          this.#most = Math.max(1, Math.min(this.#most, this.#taken));
          continue;
        }
        if (refused) this.#down ??= error;
        this.#free();
        throw error;
      }
    }
  }

  #refuseEnded({ signal }: RunOptions): void {
    if (this.#closed || signal?.aborted) throw new EngineError('cancelled', 'cancelled');
  }

  async #begin(options: RunOptions): Promise<ServerSession> {
    this.#refuseEnded(options);
    for (let link = this.#idle.pop(); link !== undefined; link = this.#idle.pop()) {
      try {
        return await this.#sessionOn(link, options);
      } catch {
        // An idle connection that the server has ended meanwhile: the next one, or a new one.
        await link.close();
      }
    }
    if (this.#down) throw this.#down;
    const link = await this.#kind.connect(options);
    try {
      return await this.#sessionOn(link, options);
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  async #sessionOn(link: Link, options: RunOptions): Promise<ServerSession> {
    this.#refuseEnded(options);
    const session = await ServerSession.begin(link, options.timeout, async (released, reusable) => {
      this.#open.delete(session);
      if (reusable && !this.#closed) this.#idle.push(released);
      else await released.close();
      this.#free();
    });
    this.#open.add(session);
    if (this.#closed) {
      await session.close();
      throw new EngineError('cancelled', 'cancelled');
    }
    return session;
  }

  #free(): void {
    this.#taken -= 1;
    this.#waiting.shift()?.();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((session) => session.close()));
    await Promise.all(this.#idle.splice(0).map((link) => link.close()));
  }
}
