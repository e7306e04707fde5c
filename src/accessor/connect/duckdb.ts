import { resolve } from 'node:path';
import type { Dialect } from 'kysely';
import type { Engine as DuckDb } from '../../dialects/duckdb/engine.ts';
import { ENGINE, type EngineMark } from '../engine.ts';
import { kysely } from '../kysely.ts';
import { driverModule } from './driver-module.ts';
import { DuckDbDriver } from './duckdb-driver.ts';
import { fileTables } from './files.ts';

export interface DuckDbOptions {
  /** A database file, opened read-only; absent: in memory, for tables of files. */
  readonly file?: string;
  /** Folder of the project, which the files of contracts are found from and may not lie outside of; absent: the working folder. */
  readonly root?: string;
}

/** DuckDB in this process by `@duckdb/node-api`, imported at the first query. */
export function duckdbDialect({ file, root = '.' }: DuckDbOptions): Dialect {
  const path = file?.replace(/^duckdb:(?:\/\/)?/u, '');
  let opened: Promise<DuckDb> | undefined;
  const open = (): Promise<DuckDb> => {
    opened ??= openEngine(path === undefined ? undefined : resolve(path)).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const mark: EngineMark = {
    name: 'duckdb',
    ...(path === undefined && { files: fileTables(resolve(root), open) }),
  };
  return {
    createAdapter: () => new DuckDbAdapter(mark),
    createDriver: () => new DuckDbDriver(open, async () => (await opened)?.close()),
    createIntrospector: (database) => new kysely.PostgresIntrospector(database),
    createQueryCompiler: () => new kysely.PostgresQueryCompiler(),
  };
}

async function openEngine(file: string | undefined): Promise<DuckDb> {
  const { Engine } = await driverModule(() => import('../../dialects/duckdb/engine.ts'), 'DuckDB', '@duckdb/node-api');
  return Engine.open(file);
}

class DuckDbAdapter extends kysely.DialectAdapterBase {
  readonly [ENGINE]: EngineMark;

  constructor(mark: EngineMark) {
    super();
    this[ENGINE] = mark;
  }

  override get supportsReturning(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  // One process alone has the database.
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}
