import type { Row } from '../../model/value.ts';
import { EngineError } from '../../sql/dialect.ts';
import type { ServerAddress } from '../server/address.ts';
import { placeText } from '../server/connect.ts';
import type { ServerRole } from '../server/dialect.ts';
import { type Flavor, flavorOf } from './flavor.ts';
import { readGrants } from './grants.ts';
import { quoteName } from './quote.ts';

/** Who we are there. */
export const ROLE = `select version() as version, current_user() as role, database() as s,
  timestampdiff(microsecond, '1970-01-01 00:00:00.000000', utc_timestamp(6)) as clock`;
/** What we could do; rights of the roles that are active stand there too. */
export const GRANTS = 'show grants';

/** Its name is `user@host`. */
export interface Role extends ServerRole {
  readonly flavor: Flavor;
  /** As a statement writes it: `'user'@'host'`. */
  readonly account: string;
}

/** Reads the answers to `ROLE` and `GRANTS`; `asked` is our own clock around the first. Throws `EngineError` for a server that is too old. */
export function readRole(
  [row]: readonly Row[],
  grants: readonly Row[],
  address: ServerAddress,
  asked: { readonly before: number; readonly after: number },
): Role {
  const version = String(row?.['version'] ?? '');
  const flavor = flavorOf(version);
  const number = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? 'of an unknown version';
  const [major = 0, minor = 0] = number.split('.').map(Number);
  const [least, then] = flavor.oldest;
  if (!(major > least || (major === least && minor >= then))) {
    const hint = `use MySQL 8.0 or MariaDB 10.6, or later ones; older ones lack what checks need`;
    throw new EngineError('unreachable', `${placeText(address)} is ${flavor.name} ${number}`, hint);
  }
  const rights = readGrants(grants.map((each) => String(Object.values(each)[0])));
  const name = String(row?.['role']);
  const schema = row?.['s'];
  const database = typeof schema === 'string' ? schema : undefined;
  return {
    flavor,
    name,
    account: accountOf(name),
    facts: {
      server: `${flavor.name} ${number}`,
      place: `${placeText(address)}${database === undefined ? '' : `/${database}`}`,
      role: name,
      beyondReading: [...rights.dangerous, ...rights.others],
      clockOffset: Math.round(Number(row?.['clock'] ?? 0) / 1000 - (asked.before + asked.after) / 2),
      ...(database !== undefined && { schema: database }),
      encrypted: address.tls !== false,
    },
    dangerous: rights.dangerous.length > 0 ? rights.dangerous.join(', ') : undefined,
  };
}

function accountOf(name: string): string {
  const at = name.lastIndexOf('@');
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return `${quoted(name.slice(0, at))}@${quoted(name.slice(at + 1))}`;
}

/** The statements that create a user who can read the schemas and nothing else; `_` and `%` stand for others in a grant. */
export function readerRole(schemas: readonly string[]): readonly string[] {
  return [
    `create user 'surety_reader'@'%' identified by '…';`,
    ...schemas.map(
      (schema) => `grant select on ${quoteName(schema.replace(/[\\_%]/g, '\\$&'))}.* to 'surety_reader'@'%';`,
    ),
  ];
}
