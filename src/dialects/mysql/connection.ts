import { connect, type Socket } from 'node:net';
import { type Connection, createConnection, type FieldPacket, type ResultSetHeader } from 'mysql2';
import type { ServerAddress } from '../server/address.ts';
import { mysqlPlace } from '../server/drivers.ts';

/** What the driver gives for a statement. */
export interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  readonly fields: readonly FieldPacket[];
  /** Rows that were inserted, updated or deleted. */
  readonly changed: number;
}

/** The driver's connection, with promises and with its socket, which alone ends what runs. */
export class Wire {
  readonly #connection: Connection;
  readonly #socket: Socket;
  /** What waits for an answer: the driver leaves it waiting where we end the connection. */
  readonly #waiting = new Set<(error: unknown) => void>();
  #ended = false;

  constructor(address: ServerAddress) {
    const { stream, socketPath, ...place } = mysqlPlace(address);
    const socket =
      stream?.() ??
      connect(socketPath === undefined ? { ...place, noDelay: true, keepAlive: true } : { path: socketPath });
    this.#socket = socket;
    this.#connection = createConnection({
      ...place,
      stream: () => socket,
      ...(socketPath !== undefined && { socketPath }),
      ...(address.user !== undefined && { user: address.user }),
      ...(address.password !== undefined && { password: address.password }),
      ...(address.database !== undefined && { database: address.database }),
      connectAttributes: { program_name: 'surety' },
      charset: 'utf8mb4',
      // No server may ask for a file of ours, and no text may hold two statements.
      flags: ['-LOCAL_FILES', '-IGNORE_SPACE'],
      multipleStatements: false,
      // Every value exactly, by its place: names of columns are no code.
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      jsonStrings: true,
      rowsAsArray: true,
      disableEval: true,
      // A statement is run once; the server counts those that it keeps.
      maxPreparedStatements: 1,
      connectTimeout: 0,
    });
    // What ends a connection while nothing runs is told by the next statement.
    this.#connection.on('error', () => {
      this.#ended = true;
    });
    socket.on('close', () => this.#giveUp());
  }

  /** Until the server has let us in. */
  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#connection.connect((error) => (error ? reject(error) : resolve()));
    });
  }

  /** A text of ours as it is: some statements have no other way. */
  say(sql: string): Promise<Answer> {
    return this.#settle((done) => this.#connection.query(sql, done));
  }

  /** One statement by the protocol that takes exactly one, its values bound: the texts of numbers are the numbers. */
  ask(sql: string, values: readonly unknown[]): Promise<Answer> {
    return this.#settle((done) => this.#connection.execute(sql, values.map(bound), done));
  }

  #settle(run: (done: (error: unknown, rows: unknown, fields: unknown) => void) => unknown): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.add(reject);
      run((error, rows, fields) => {
        this.#waiting.delete(reject);
        if (error) reject(error);
        else resolve(answerOf(rows, fields));
      });
    });
  }

  #giveUp(): void {
    this.#ended = true;
    for (const reject of this.#waiting) reject(new Error('Connection lost'));
    this.#waiting.clear();
  }

  /** Says goodbye if there is time for it. Never throws. */
  async close(): Promise<void> {
    if (!this.#ended && this.#waiting.size === 0) {
      const goodbye = new Promise<void>((resolve) => {
        this.#connection.end(() => resolve());
      });
      let patience: NodeJS.Timeout | undefined;
      await Promise.race([
        goodbye,
        new Promise<void>((resolve) => {
          patience = setTimeout(resolve, 1000);
        }),
      ]);
      clearTimeout(patience);
    }
    this.destroy();
  }

  destroy(): void {
    this.#connection.destroy();
    this.#socket.destroy();
    this.#giveUp();
  }
}

function answerOf(rows: unknown, fields: unknown): Answer {
  if (Array.isArray(rows)) return { rows, fields: Array.isArray(fields) ? fields : [], changed: 0 };
  const { affectedRows = 0 } = rows as Partial<ResultSetHeader>;
  return { rows: [], fields: [], changed: affectedRows };
}

function bound(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
