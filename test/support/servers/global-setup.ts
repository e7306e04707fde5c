import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startServer } from './index.ts';
import { type MissingServer, SERVER_NAMES, type ServerName, type StartedServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test asks for a server, which starts then: a run without such tests pays nothing. */
    readonly servers: string;
  }
}

/** Servers live as long as the run; the test files of all workers share them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<StartedServer | MissingServer>>();
  const start = (name: ServerName): Promise<StartedServer | MissingServer> => {
    const server = startServer(name);
    server.then(tell, () => {});
    started.set(name, server);
    return server;
  };
  // The answers hold passwords of administrators: others on this machine must not get them.
  const secret = randomBytes(16).toString('hex');
  const desk = createServer(async (request, response) => {
    const name = SERVER_NAMES.find((each) => request.url === `/${secret}/${each}`);
    try {
      if (name === undefined) response.writeHead(404).end();
      else response.end(JSON.stringify(await (started.get(name) ?? start(name))));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('servers', `http://127.0.0.1:${(desk.address() as AddressInfo).port}/${secret}`);
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await Promise.allSettled(
      [...started.values()].map(async (starting) => {
        const server = await starting;
        if ('stop' in server) await server.stop();
      }),
    );
  };
}

function tell(server: StartedServer | MissingServer): void {
  if ('missing' in server) process.stderr.write(`skipped: tests on ${server.name}: ${server.missing}\n`);
}
