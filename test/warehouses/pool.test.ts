import { expect, it } from 'vitest';
import { openServer } from '../../src/dialects/server/warehouse.ts';
import { EngineError, type Session, type Warehouse, type WarehouseTarget } from '../../src/sql/dialect.ts';

const target: WarehouseTarget = {
  name: 'w',
  schemas: new Map(),
  concurrency: 4,
  timeout: 1000,
  allowPrivileged: false,
};
const options = { timeout: 1000 };

/** A pool over links of nothing, of which a server lets so many in. */
async function pool(
  allowed: () => number,
): Promise<{ warehouse: Warehouse; open: () => number; connects: () => number }> {
  let open = 0;
  let connects = 0;
  const warehouse = await openServer(
    {
      async connect() {
        connects += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (open >= allowed()) throw new EngineError('unreachable', 'no connection left');
        open += 1;
        return {
          query: async () => [],
          describe: async () => [],
          begin: async () => {},
          recover: async () => {},
          end: async () => {},
          cancel: async () => {},
          close: async () => {
            open -= 1;
          },
          explain: (error) => new EngineError('failed', String(error)),
        };
      },
      survey: async () =>
        ({ facts: {}, readerRole: [], tables: new Map(), warnings: [] }) as unknown as Awaited<
          ReturnType<Parameters<typeof openServer>[0]['survey']>
        >,
    },
    target,
    [],
    options,
  );
  return { warehouse, open: () => open, connects: () => connects };
}

async function work(warehouse: Warehouse): Promise<string> {
  let session: Session | undefined;
  try {
    session = await warehouse.session(options);
    await new Promise((resolve) => setTimeout(resolve, 10));
    return 'measured';
  } catch (error) {
    return (error as EngineError).failure;
  } finally {
    await session?.close();
  }
}

it('as many sessions as `concurrency`, on connections that are used again', async () => {
  const { warehouse, open, connects } = await pool(() => 100);
  const all = await Promise.all(Array.from({ length: 40 }, () => work(warehouse)));
  expect(new Set(all)).toEqual(new Set(['measured']));
  expect([open(), connects()]).toEqual([4, 4]);
  await warehouse.close();
  expect(open()).toBe(0);
});

it('a server that lets fewer in is measured with those', async () => {
  const { warehouse, open } = await pool(() => 2);
  const all = await Promise.all(Array.from({ length: 40 }, () => work(warehouse)));
  expect(all.filter((each) => each !== 'measured')).toEqual([]);
  expect(open()).toBe(2);
  await warehouse.close();
});

it('a server that is gone is not asked again and again', async () => {
  let allowed = 1;
  const { warehouse, connects } = await pool(() => allowed);
  allowed = 0;
  const first = await warehouse.session(options);
  // The only connection is in use, and no other one is let in.
  const waiting = Promise.all(Array.from({ length: 20 }, () => work(warehouse)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await warehouse.close();
  await first.close();
  expect(new Set(await waiting)).toEqual(new Set(['cancelled']));
  expect(connects()).toBeLessThan(6);
});

it('nobody gets a session of a pool that is closed, and a session that is closed twice is closed once', async () => {
  const { warehouse, open } = await pool(() => 100);
  const session = await warehouse.session(options);
  const late = work(warehouse);
  await Promise.all([session.close(), session.close(), warehouse.close()]);
  expect(await late).toBe('cancelled');
  await expect(warehouse.session(options)).rejects.toThrow('cancelled');
  expect(open()).toBe(0);
});

it('an aborted run gets no session', async () => {
  const { warehouse } = await pool(() => 100);
  await expect(warehouse.session({ ...options, signal: AbortSignal.abort() })).rejects.toThrow('cancelled');
  await warehouse.close();
});
