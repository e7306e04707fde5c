import type * as file from '../contract/contract-file.generated.ts';
import type { Cursor } from '../contract/cursor.ts';
import type { WrittenText } from '../model/contract.ts';
import type { Position, SourceFile } from '../model/diagnostic.ts';
import type { GateProfile } from '../model/profile.ts';
import type { Duration } from '../model/threshold.ts';
import type { TlsMode } from '../sql/dialect.ts';
import type { SecretText } from './secret.ts';
import type { Part, TlsText } from './server-keys.ts';

/** A text of surety.yaml that `${ENV}` may stand in, with its place. */
export interface ProjectText {
  readonly text: SecretText;
  readonly at: Position;
}

/** How the connection to a server is encrypted; files are relative to the project folder. */
export interface TlsDeclaration extends Partial<Readonly<Record<TlsText, ProjectText>>> {
  readonly mode?: TlsMode;
}

export interface WarehouseDeclaration {
  readonly name: string;
  /** Engine: `duckdb`, `postgres` or `mysql`. */
  readonly type: WrittenText;
  readonly url?: ProjectText;
  /** Instead of `url`: the parts of a server's address; often empty. */
  readonly parts: ReadonlyMap<Part, ProjectText>;
  readonly tls?: TlsDeclaration;
  readonly root?: ProjectText;
  readonly schema?: ProjectText;
  readonly schemas: ReadonlyMap<string, ProjectText>;
  readonly concurrency: number;
  /** Of one statement, in milliseconds. */
  readonly timeout: number;
  readonly responsible: readonly WrittenText[];
  readonly allowPrivileged: boolean;
  readonly trustForeignKeys: boolean;
  readonly at: Position;
}

/** What is different in the environment that was picked. */
export interface Environment {
  readonly name: string;
  /** Kinds of promises that are reported as skipped. */
  readonly skip: readonly WrittenText[];
  /** The worst that a broken promise comes to. */
  readonly severity?: 'warn' | 'fail' | 'critical';
  readonly notify: boolean;
  readonly schedule: boolean;
}

export interface Party {
  readonly name: string;
  readonly title?: string;
  readonly members: readonly WrittenText[];
  readonly timezone?: string;
  /** Channel (`slack`, `email`, `teams`, `webhook`, `pagerduty`) → addresses. */
  readonly addresses: ReadonlyMap<string, readonly ProjectText[]>;
  readonly at: Position;
}

export type Showing = 'show' | 'mask' | 'hash';

/** What the gate refuses, as `gate:` of surety.yaml says. */
export interface GatePolicy {
  readonly profile?: GateProfile;
  /** Shortest notice before something goes away. */
  readonly minSunset?: Duration;
  /** Rule id → severity. */
  readonly rules: ReadonlyMap<string, WrittenText>;
}

/** A project folder with its surety.yaml, if there is one. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** Absolute path and text of surety.yaml; absent: there is none. */
  readonly path?: string;
  readonly source?: SourceFile;
  /** Absent: production, which is the top level. */
  readonly environment?: Environment;
  /** Globs of the contract files, relative to the folder; empty: the default. */
  readonly contracts: readonly WrittenText[];
  readonly warehouses: ReadonlyMap<string, WarehouseDeclaration>;
  /** Absent: parties are not declared, and every name is fine. */
  readonly parties?: ReadonlyMap<string, Party>;
  /** Name → what it says, as one text: JSON with sorted keys. */
  readonly calendars: ReadonlyMap<string, string>;
  readonly definitions: ReadonlyMap<string, Cursor<file.Definition>>;
  /** What samples show of each class; without surety.yaml `public` and `internal` show. */
  readonly classifications: ReadonlyMap<string, Showing>;
  /** Whether surety.yaml lists the classes: then there are no others. */
  readonly declaresClassifications: boolean;
  readonly store?: ProjectText;
  readonly gate: GatePolicy;
}
