import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** A free port on loopback, below those that outgoing connections take meanwhile. */
export async function freePort(): Promise<number> {
  while (true) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
