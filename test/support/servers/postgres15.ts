import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from './command.ts';
import type { MissingServer, StartedServer } from './server.ts';
import { startPostgres } from './start-postgres.ts';

const PROGRAMS = '/usr/lib/postgresql/15/bin';

/** PostgreSQL 15 of Debian, without TLS. */
export async function postgres15(): Promise<StartedServer | MissingServer> {
  const programs = {
    initdb: join(PROGRAMS, 'initdb'),
    postgres: join(PROGRAMS, 'postgres'),
    statistics: existsSync('/usr/lib/postgresql/15/lib/pg_stat_statements.so'),
  };
  if (!isExecutable(programs.initdb) || !isExecutable(programs.postgres)) {
    const missing = `there is no ${PROGRAMS}: apt-get install -y --no-install-recommends postgresql-15`;
    return { name: 'postgres15', missing };
  }
  return startPostgres('postgres15', async () => programs, false);
}
