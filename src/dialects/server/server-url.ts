import type { WarehouseTarget } from '../../sql/dialect.ts';
import { misconfigured } from './misconfigured.ts';

/** An engine's urls. */
export interface AddressKind {
  /** Without the colon; the first one stands in messages. */
  readonly schemes: readonly string[];
  /** Where the url says none. */
  readonly port: number;
  /** Whether the engine knows no connection without a database. */
  readonly needsDatabase?: boolean;
  /** Whether the driver would make a user up where none is named. */
  readonly needsUser?: boolean;
}

/** The parts of a url, decoded, and its parameters. */
export interface ServerUrl {
  readonly parts: NonNullable<WarehouseTarget['parts']>;
  readonly parameters: readonly UrlParameter[];
  /** Whether user or password stand before the host: then what stands behind it is none of theirs. */
  readonly hasUser: boolean;
}

export interface UrlParameter {
  readonly name: string;
  /** Absent: the name stands alone. */
  readonly value?: string;
}

/** Schemes that a message may quote; of any other it is not certain that it is one. */
const FAMILIAR =
  /^(?:postgres|postgresql|mysql|mysqlx|mariadb|duckdb|sqlite|file|https?|jdbc|mssql|sqlserver|oracle|redshift|snowflake|bigquery|clickhouse|mongodb)$/;

const ENCODE =
  'percent-encode odd characters of the user, the password and the database (@ is %40, / is %2F, ? is %3F, # is %23, % is %25), or write host, user and password apart';

/**
 * Takes `scheme://user:password@host:port/database?name=value` apart; throws `EngineError` (misconfigured). It is not read by `URL`,
 * which takes a password with a slash for a host.
 */
export function parseServerUrl(url: string, name: string, kind: AddressKind): ServerUrl {
  const text = url.trim();
  const expected = `${kind.schemes[0]}:`;
  const form = `write ${expected}//user:password@host:${kind.port}/database`;
  if (text === '') throw misconfigured(`the url of "${name}" is empty`, form);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? '';
  if (!kind.schemes.includes(scheme)) {
    if (!FAMILIAR.test(scheme)) throw misconfigured(`the url of "${name}" does not begin with ${expected}`, form);
    const hint = scheme === 'jdbc' ? 'leave "jdbc:" out' : 'correct the url, or the `type` of the warehouse';
    throw misconfigured(`the url of "${name}" begins with "${scheme}:", expected ${expected}`, hint);
  }
  const unreadable = misconfigured(`the url of "${name}" cannot be read`, ENCODE);
  const [, authority = '', behind = ''] = /^[^:]*:\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  if (!text.startsWith('//', scheme.length + 1) || /[@#]/.test(behind)) throw unreadable;
  const [, path = '', query = ''] = /^(?:\/([^?]*))?(?:\?(.*))?$/s.exec(behind) ?? [];
  if (path.includes('/')) throw misconfigured(`the url of "${name}" has more than a database behind the host`, ENCODE);
  const decode = (piece: string): string => {
    try {
      return decodeURIComponent(piece);
    } catch {
      throw unreadable;
    }
  };
  const at = authority.lastIndexOf('@');
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(authority.slice(0, Math.max(at, 0))) ?? [];
  const place = /^(\[[^\]]*\]|[^:[\]]*)(?::([^:]*))?$/.exec(authority.slice(at + 1));
  if (!place) throw misconfigured(`the host of "${name}" cannot be read`, `write an IPv6 address in brackets: [::1]`);
  const [, host = '', port = ''] = place;
  if (host === '') throw misconfigured(`the url of "${name}" names no host`, form);
  return {
    parts: { host: decode(host), ...filled({ port, database: path, user, password }, decode) },
    parameters: query
      .split('&')
      .filter((piece) => piece !== '')
      .map((piece) => {
        const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(piece) ?? [];
        return { name: decode(key), ...(value !== undefined && { value: decode(value) }) };
      }),
    hasUser: at >= 0,
  };
}

function filled<T extends string>(
  pieces: Readonly<Record<T, string>>,
  decode: (piece: string) => string,
): Partial<Record<T, string>> {
  const there = Object.entries<string>(pieces).filter(([, piece]) => piece !== '');
  return Object.fromEntries(there.map(([key, piece]) => [key, decode(piece)])) as Partial<Record<T, string>>;
}
