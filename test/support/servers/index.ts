import { mariadb } from './mariadb.ts';
import { mysql } from './mysql.ts';
import { named } from './named.ts';
import { postgres } from './postgres.ts';
import { postgres15 } from './postgres15.ts';
import { type MissingServer, SERVER_NAMES, type ServerName, type StartedServer, variableOf } from './server.ts';

const START: Readonly<Record<ServerName, () => Promise<StartedServer | MissingServer>>> = {
  postgres,
  postgres15,
  mariadb,
  mysql,
};

/** Starts a server, or uses the one that an environment variable names. */
export function startServer(name: ServerName): Promise<StartedServer | MissingServer> {
  const url = process.env[variableOf(name)];
  return url ? named(name, url) : START[name]();
}

/** Starts servers side by side; where one fails, none is left. */
export async function startServers(
  names: readonly ServerName[] = SERVER_NAMES,
): Promise<readonly (StartedServer | MissingServer)[]> {
  const outcomes = await Promise.allSettled(names.map(startServer));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (!failed) return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  for (const outcome of outcomes)
    if (outcome.status === 'fulfilled' && 'stop' in outcome.value) await outcome.value.stop();
  throw failed.reason;
}
