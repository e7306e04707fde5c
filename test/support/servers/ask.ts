import { describe, inject, test } from 'vitest';
import type { RunningServer, ServerName, TestServer } from './server.ts';

const MUST = process.env['SURETY_TEST_REQUIRE_SERVERS'] === '1';

/** The server of this name, which is started if no test of the run has asked before; missing ones are errors on demand. */
export async function server(name: ServerName): Promise<TestServer> {
  const answer = await fetch(`${inject('servers')}/${name}`);
  if (!answer.ok) throw new Error(`${name} does not start: ${await answer.text()}`);
  const found = (await answer.json()) as TestServer;
  if (MUST && 'missing' in found) throw new Error(`SURETY_TEST_REQUIRE_SERVERS is set, but ${name}: ${found.missing}`);
  return found;
}

/** A suite for each of the servers; skipped where one is missing, which the set-up tells once a run. */
export async function describeOn(
  names: readonly ServerName[],
  title: string,
  suite: (server: RunningServer) => void,
): Promise<void> {
  const servers = await Promise.all(names.map(server));
  for (const each of servers) {
    // Counted as skipped, not passed over in silence.
    if ('missing' in each) test.skip(`${title} (${each.name})`, () => {});
    else describe(`${title} (${each.name})`, () => suite(each));
  }
}
