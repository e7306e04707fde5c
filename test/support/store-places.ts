import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import type { StoreTarget } from '../../src/store/target.ts';
import { typeOf } from './open-server.ts';
import { describeOn } from './servers/ask.ts';
import { connect } from './servers/connect.ts';
import { type RunningServer, SERVER_NAMES } from './servers/server.ts';

/** An empty place for a store, of the test's own. */
export interface StorePlace {
  readonly target: StoreTarget;
  /** As `store:` of surety.yaml says it. */
  readonly text: string;
  open(): Promise<Store>;
  drop(): Promise<void>;
}

/** A suite for SQLite and for each of the servers that are there. */
export async function describeStores(title: string, suite: (make: () => Promise<StorePlace>) => void): Promise<void> {
  describe(`${title} (sqlite)`, () => suite(filePlace));
  await describeOn(SERVER_NAMES, title, (server) => suite(() => serverPlace(server)));
}

export async function filePlace(): Promise<StorePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-store-'));
  const path = join(folder, 'store.db');
  return place({ engine: 'sqlite', path, shown: 'store.db', ownFolder: false }, `sqlite:${path}`, () =>
    rm(folder, { recursive: true, force: true }),
  );
}

const PASSWORD = 'only-for-the-store';

/** A schema (PostgreSQL) or a database (MySQL) that is its role's own. */
async function serverPlace(server: RunningServer): Promise<StorePlace> {
  const engine = typeOf(server);
  const admin = await connect(server.url);
  const name = `store_${randomBytes(6).toString('hex')}`;
  const all = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await admin.query(statement);
  };
  const url = new URL(server.url);
  url.username = name;
  url.password = PASSWORD;
  const isMysql = engine === 'mysql';
  if (isMysql) {
    url.pathname = `/${name}`;
    // Not what the store needs by itself.
    await all([
      `create database ${name} character set latin1`,
      `create user '${name}'@'%' identified by '${PASSWORD}'`,
      `grant all on ${name}.* to '${name}'@'%'`,
    ]);
  } else {
    await all([
      `create role ${name} login password '${PASSWORD}'`,
      `create schema ${name} authorization ${name}`,
      `alter role ${name} set timezone = 'Asia/Tokyo'`,
    ]);
  }
  return place({ engine, url: url.href }, url.href, async () => {
    await all(
      isMysql
        ? [`drop database ${name}`, `drop user '${name}'@'%'`]
        : [`drop schema ${name} cascade`, `drop owned by ${name}`, `drop role ${name}`],
    );
    await admin.close();
  });
}

function place(target: StoreTarget, text: string, drop: () => Promise<void>): StorePlace {
  return { target, text, open: () => openStore(target, { makes: true }), drop };
}
