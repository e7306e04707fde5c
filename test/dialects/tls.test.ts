import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { type ConnectionOptions, createConnection } from 'mysql2';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readAddress, type ServerAddress } from '../../src/dialects/server/address.ts';
import { mysqlPlace, pgTls } from '../../src/dialects/server/drivers.ts';
import type { WarehouseTarget } from '../../src/sql/dialect.ts';
import { projectFolder } from '../support/project-folder.ts';
import { authority, type Issued } from './certificates.ts';

type Engine = 'postgres' | 'mysql';

/** What a server was given: nothing, its user in a TLS connection, or its user in plain text. */
type Given = 'nothing' | 'encrypted' | 'plain';

/** The first packet of a MySQL server that offers TLS: version, connection, salt, capabilities, plug-in. */
const GREETING = Buffer.concat([
  Buffer.from([10, ...Buffer.from('8.0.36\0'), 1, 0, 0, 0, ...Buffer.alloc(8, 65), 0]),
  Buffer.from([0xff, 0xff, 45, 2, 0, 0xff, 0xdf, 21, ...Buffer.alloc(10)]),
  Buffer.from([...Buffer.alloc(12, 65), 0, ...Buffer.from('mysql_native_password\0')]),
]);

/** What the drivers do before they say who they are is all that is played here; the real servers have tests of their own. */
async function peer(engine: Engine, issued: Issued): Promise<{ readonly port: number; given(): Given }> {
  const sockets = new Set<Socket>();
  let given: Given = 'nothing';
  const secure = (socket: Socket): void => {
    const tls = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(issued) });
    tls.on('error', () => undefined);
    tls.once('data', () => {
      given = 'encrypted';
      tls.destroy();
    });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (engine === 'mysql') socket.write(Buffer.concat([Buffer.from([GREETING.length, 0, 0, 0]), GREETING]));
    socket.once('data', (data) => {
      // MySQL's drivers send their hello at once.
      const length = engine === 'postgres' ? 8 : 36;
      const asks = engine === 'postgres' ? data.length === length : data[0] === 32 && (data.readUInt32LE(4) & 2048) > 0;
      if (!asks) {
        given = 'plain';
        socket.destroy();
        return;
      }
      if (engine === 'postgres') socket.write('S');
      socket.pause();
      if (data.length > length) socket.unshift(data.subarray(length));
      secure(socket);
    });
  });
  server.listen(0);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, given: () => given };
}

async function connect(engine: Engine, address: ServerAddress): Promise<string> {
  const who = { user: 'ann', password: 'secret', database: 'shop' };
  if (engine === 'postgres') {
    const client = new Client({ host: address.host, port: address.port, ssl: pgTls(address), ...who });
    return client.connect().then(
      () => 'connected',
      (error: Error) => error.message,
    );
  }
  const place: ConnectionOptions = mysqlPlace(address);
  const connection = createConnection({ ...place, ...who });
  return new Promise((resolve) => {
    connection.on('error', (error: Error) => resolve(error.message));
    connection.connect((error: Error | null) => resolve(error === null ? 'connected' : error.message));
  });
}

const ours = authority('Ours');
const theirs = authority('Theirs');

interface Case {
  readonly name: string;
  readonly host: string;
  readonly server: Issued;
  readonly tls: NonNullable<WarehouseTarget['tls']>;
  readonly given: Given;
}

const CA = 'ca.pem';

describe.each<Engine>(['postgres', 'mysql'])('%s', (engine) => {
  test.each<Case>([
    { name: 'plain text', host: 'localhost', server: ours.issue('x'), tls: { mode: 'off' }, given: 'plain' },
    {
      name: 'nobody is checked',
      host: 'localhost',
      server: theirs.issue('x'),
      tls: { mode: 'require' },
      given: 'encrypted',
    },
    {
      name: 'the name is the host',
      host: 'localhost',
      server: ours.issue('localhost'),
      tls: { ca: CA },
      given: 'encrypted',
    },
    { name: 'another name', host: 'localhost', server: ours.issue('db.example'), tls: { ca: CA }, given: 'nothing' },
    {
      name: 'an authority that is not known',
      host: 'localhost',
      server: theirs.issue('localhost'),
      tls: { ca: CA },
      given: 'nothing',
    },
    {
      name: 'an authority that nobody names',
      host: 'localhost',
      server: ours.issue('localhost'),
      tls: { mode: 'verify' },
      given: 'nothing',
    },
    {
      name: 'the name that is expected',
      host: 'localhost',
      server: ours.issue('db.example'),
      tls: { ca: CA, serverName: 'db.example' },
      given: 'encrypted',
    },
    {
      name: 'the host, where another name is expected',
      host: 'localhost',
      server: ours.issue('localhost'),
      tls: { ca: CA, serverName: 'db.example' },
      given: 'nothing',
    },
    {
      name: 'the address is the host',
      host: '127.0.0.1',
      server: ours.issue('127.0.0.1'),
      tls: { ca: CA },
      given: 'encrypted',
    },
    {
      name: 'localhost, where an address is the host',
      host: '127.0.0.1',
      server: ours.issue('localhost'),
      tls: { ca: CA },
      given: 'nothing',
    },
    {
      name: 'a name that is expected of an address',
      host: '127.0.0.1',
      server: ours.issue('db.example'),
      tls: { ca: CA, serverName: 'db.example' },
      given: 'encrypted',
    },
    {
      name: 'another name than is expected of an address',
      host: '127.0.0.1',
      server: ours.issue('127.0.0.1'),
      tls: { ca: CA, serverName: 'db.example' },
      given: 'nothing',
    },
    {
      name: 'an address that is expected of a name',
      host: 'localhost',
      server: ours.issue('192.0.2.7'),
      tls: { ca: CA, serverName: '192.0.2.7' },
      given: 'encrypted',
    },
    {
      name: 'another address than is expected of a name',
      host: 'localhost',
      server: ours.issue('192.0.2.8'),
      tls: { ca: CA, serverName: '192.0.2.7' },
      given: 'nothing',
    },
  ])('$name: the server is given $given', async ({ host, server, tls, given }) => {
    const folder = await projectFolder({ [CA]: ours.cert });
    const { port, given: was } = await peer(engine, server);
    const address = await readAddress(
      {
        name: 'crm',
        schemas: new Map(),
        concurrency: 1,
        timeout: 1000,
        allowPrivileged: false,
        parts: { host, port: `${port}` },
        tls: { ...tls, ...(tls.ca !== undefined && { ca: join(folder, tls.ca) }) },
      },
      { schemes: [engine], port: 1 },
    );
    const message = await connect(engine, address);
    expect({ given: was(), message }).toEqual({
      given,
      message:
        given === 'nothing'
          ? expect.stringMatching(/certificate|altnames|signature/)
          : expect.not.stringMatching(/certificate|altnames|signature|^connected$/),
    });
  });
});
