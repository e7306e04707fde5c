import type {
  ConnectionFacts,
  Dialect,
  RunOptions,
  TableRequest,
  Warehouse,
  WarehouseTarget,
} from '../../sql/dialect.ts';
import { readAddress, type ServerAddress } from './address.ts';
import type { Link } from './link.ts';
import type { AddressKind } from './server-url.ts';
import { type Ask, openServer, type Survey } from './warehouse.ts';
import { clockWarning, privilegeWarning } from './warnings.ts';

/** A kind of server: how to reach it, and what to ask it before anything is measured. */
export interface Server {
  readonly type: string;
  readonly address: AddressKind;
  /** Throws `EngineError`. */
  connect(address: ServerAddress, options: RunOptions): Promise<Link>;
  survey(ask: Ask, tables: readonly TableRequest[], target: WarehouseTarget, address: ServerAddress): Promise<Survey>;
}

export function serverDialect({ type, address: kind, connect, survey }: Server): Dialect {
  return {
    type,
    async open(target, tables, options) {
      const address = await readAddress(target, kind);
      return openServer(
        { connect: (of) => connect(address, of), survey: (ask, all) => survey(ask, all, target, address) },
        target,
        tables,
        options,
      );
    },
  };
}

/** Who we are at a server. */
export interface ServerRole {
  readonly name: string;
  readonly facts: ConnectionFacts;
  /** What it could do to the machine of the server, in words; undefined: nothing. */
  readonly dangerous: string | undefined;
}

/** What was found, with what follows from the role; `readerRole` are the statements of one that can only read. */
export function surveyOf(
  role: ServerRole,
  target: WarehouseTarget,
  found: Pick<Survey, 'sql' | 'tables' | 'warnings' | 'readerRole'> & { readonly schema: string | undefined },
): Survey {
  const { schema, ...rest } = found;
  const refused = refusal(role, target, found.readerRole);
  return {
    ...rest,
    facts: { ...role.facts, ...(schema !== undefined && { schema }) },
    ...(refused && { refusesContractSql: refused }),
    warnings: [
      ...found.warnings,
      ...clockWarning(role.facts),
      ...privilegeWarning(role.name, role.dangerous, target.name),
    ],
  };
}

/** Why SQL of a contract is not sent by such a role, unless surety.yaml says that it may (semantics §9). */
function refusal(
  role: ServerRole,
  target: WarehouseTarget,
  readerRole: readonly string[],
): Warehouse['refusesContractSql'] {
  if (role.dangerous === undefined || target.allowPrivileged) return undefined;
  return {
    message: `the role "${role.name}" could ${role.dangerous}, so SQL of a contract is not sent`,
    hint: `connect as a role that can only read: ${readerRole.join(' ')} (or say allowPrivileged: true)`,
  };
}
