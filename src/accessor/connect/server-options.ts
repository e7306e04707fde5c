import type { WarehouseTarget } from '../../sql/dialect.ts';

/** Where a server is. */
export interface ServerOptions {
  /** `postgres://user:password@host:5432/database?sslmode=verify-full` or `mysql://…`; it is not logged, nor shown in errors. */
  readonly url: string;
  /** Instead of the url's own parameters. Files are absolute paths. */
  readonly tls?: NonNullable<WarehouseTarget['tls']>;
  /** Most connections at once; 10 where it is not said. */
  readonly connections?: number;
}

export function targetOf({ url, tls }: ServerOptions): WarehouseTarget {
  return {
    name: 'connect',
    url,
    ...(tls && { tls }),
    schemas: new Map(),
    concurrency: 1,
    timeout: 0,
    allowPrivileged: true,
  };
}
