/** The real database servers that tests run against. */
export const SERVER_NAMES = ['postgres', 'postgres15', 'mariadb', 'mysql'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export interface RunningServer {
  readonly name: ServerName;
  /** Connects the administrator; without a database where the server is MySQL's. */
  readonly url: string;
  /** Connects a user that may read what it is granted, and nothing else. */
  readonly reader: string;
  /** As the server says it. */
  readonly version: string;
  /** Where every statement is written as it arrives. */
  readonly log?: string;
  /** The authority that signed the server's certificate, where TLS is on. */
  readonly ca?: string;
}

export interface MissingServer {
  readonly name: ServerName;
  /** Why it cannot be started here, and the command that changes that. */
  readonly missing: string;
}

export type TestServer = RunningServer | MissingServer;
export type StartedServer = RunningServer & { stop(): Promise<void> };

/** The variable that names a server to use instead of starting one. */
export const variableOf = (name: ServerName): string => `SURETY_TEST_${name.toUpperCase()}_URL`;
