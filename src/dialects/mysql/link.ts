import type { Row } from '../../model/value.ts';
import { EngineError, type RunOptions, type Statement } from '../../sql/dialect.ts';
import type { ServerAddress } from '../server/address.ts';
import { connectWithin } from '../server/connect.ts';
import type { Link } from '../server/link.ts';
import { type Answer, Wire } from './connection.ts';
import { descriptionOf } from './described.ts';
import { explain } from './errors.ts';
import { type Flavor, flavorOf } from './flavor.ts';
import { refused } from './refused.ts';
import { rowsOf } from './rows.ts';
import { limitsOf, settingsOf } from './settings.ts';
import { objection, type Warning } from './warnings.ts';

/** A connection that the server has let in and that is set as `settingsOf` says. */
export interface OpenWire {
  readonly wire: Wire;
  readonly flavor: Flavor;
  /** Number of the connection at the server. */
  readonly id: string;
}

/** Opens a connection. Throws `EngineError`. */
export async function connect(address: ServerAddress, options: RunOptions): Promise<Link> {
  return new MysqlLink(await openWire(address, options), address);
}

/** The same, for whoever does more than read. Throws `EngineError`. */
export async function openWire(address: ServerAddress, options: RunOptions): Promise<OpenWire> {
  const wire = new Wire(address);
  let open: OpenWire | undefined;
  const greet = async (): Promise<void> => {
    await wire.opened();
    const { rows } = await wire.say('select version(), connection_id()');
    const [version, id] = rows[0] ?? [];
    const flavor = flavorOf(String(version));
    await wire.say(settingsOf(flavor));
    await wire.say('set session transaction isolation level repeatable read');
    open = { wire, flavor, id: String(id) };
  };
  await connectWithin(
    greet(),
    options,
    () => wire.destroy(),
    (error) => refused(error, address),
  );
  if (!open) throw new EngineError('unreachable', 'the server did not answer');
  return open;
}

class MysqlLink implements Link {
  readonly #wire: Wire;
  readonly #address: ServerAddress;
  readonly #flavor: Flavor;
  readonly #id: string;

  constructor({ wire, flavor, id }: OpenWire, address: ServerAddress) {
    this.#wire = wire;
    this.#address = address;
    this.#flavor = flavor;
    this.#id = id;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    const { rows, fields } = await this.#ask(statement);
    return rowsOf(rows, fields);
  }

  /** An aggregate beside columns is refused here, which makes one row of all of them in MariaDB's own mode. */
  async describe(query: Statement): Promise<readonly Row[]> {
    const { mode } = this.#flavor;
    await this.#wire.say(`set session sql_mode = '${mode},ONLY_FULL_GROUP_BY'`);
    try {
      return descriptionOf((await this.#ask(query)).fields);
    } finally {
      await this.#wire.say(`set session sql_mode = '${mode}'`);
    }
  }

  async #ask({ sql, parameters }: Statement): Promise<Answer> {
    const answer = await this.#wire.ask(sql, parameters);
    const warnings = await this.#wire.say('show warnings');
    const objected = objection(warnings.rows.map(warningOf));
    if (objected !== undefined) throw new EngineError('failed', objected);
    return answer;
  }

  async begin(timeout: number): Promise<void> {
    await this.#wire.say(limitsOf(this.#flavor, timeout));
    await this.#wire.say('start transaction with consistent snapshot, read only');
  }

  /**
   * A statement that fails leaves the snapshot as it is, and what contract SQL may have set ends with the connection. But MariaDB keeps
   * warnings and errors until a statement reads from something.
   */
  async recover(): Promise<void> {
    if (this.#flavor.keepsWarnings) await this.#wire.say('select 1 from (select 1) nothing');
  }

  async end(): Promise<void> {
    await this.#wire.say('rollback');
  }

  async cancel(limit: number): Promise<void> {
    const other = new Wire(this.#address);
    try {
      await connectWithin(
        other.opened(),
        { timeout: limit },
        () => other.destroy(),
        (error) => refused(error, this.#address),
      );
      await other.say(`kill query ${this.#id}`);
    } finally {
      await other.close();
    }
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  explain(error: unknown): EngineError {
    return explain(error, this.#address);
  }
}

function warningOf([level, code, message]: readonly unknown[]): Warning {
  return { level: String(level), code: Number(code), message: String(message) };
}
