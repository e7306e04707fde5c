import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnType, Kysely, Transaction } from 'kysely';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { type Decimal, defineTable, type Instant, type Money } from '../../src/accessor/index.ts';
import { ROOT } from '../support/cli.ts';

interface Row {
  /** The number of the order. */
  order_id: bigint;
  email: string | null;
  placed: Instant;
  total: Money<'EUR'>;
  kind: 'a' | 'b';
  lines: readonly { qty: number | null }[];
  extra: unknown;
  ok: boolean;
}
interface Features {
  /** Without tax. */
  net: Decimal;
}
interface Table {
  order_id: ColumnType<bigint, bigint, never>;
  chan: ColumnType<string, string | undefined, string>;
}
type Key = Pick<Row, 'order_id'>;

const orders = defineTable<Row, Features, { order_id: bigint }, Key, Table, 'orders'>({
  definition: { name: 'orders', key: [], columns: [] },
} as never);

/** Never runs: that it compiles, and does not compile where it says so, is checked with the rest of the code. */
async function compiles(db: Kysely<{ other: { a: number } }>, tx: Transaction<unknown>): Promise<unknown[]> {
  const all = orders(db);
  const [whole] = await orders(tx, { schema: 'sales' }).execute();
  const [chosen] = await all.select('order_id', 'net').where('email', 'is', null).execute();
  const found = await all.select('kind').where('kind', 'in', ['a', 'b']).byKey({ order_id: 1n });
  const queried = await all.query().select(['order_id', 'orders.net as n']).where('kind', '=', 'a').execute();
  const id: bigint | undefined = whole?.order_id;
  const net: Decimal | undefined = chosen?.net;
  const kind: 'a' | 'b' | undefined = found?.kind;
  const named: Decimal | undefined = queried[0]?.n;
  const written: { order_id: bigint; chan?: string | undefined } = orders.insertable({ order_id: 1n }, 'mysql');
  for await (const { email } of all.stream({ batchSize: 10 })) email?.trim();

  // @ts-expect-error a feature is not read without being selected
  whole?.net;
  // @ts-expect-error a column that was not selected
  chosen?.email;
  // @ts-expect-error null may be there
  whole?.email.trim();
  // @ts-expect-error no column
  all.select('nope');
  // @ts-expect-error nothing selected
  all.select();
  // @ts-expect-error no value of the enum
  all.where('kind', '=', 'c');
  // @ts-expect-error nothing equals null
  all.where('email', '=', null);
  // @ts-expect-error a list compares with nothing
  all.where('lines', '=', []);
  // @ts-expect-error JSON compares with nothing
  all.where('extra', '=', 'x');
  // @ts-expect-error booleans have no order
  all.where('ok', '<', true);
  // @ts-expect-error no column
  all.where('nope', '=', 'c');
  // @ts-expect-error no operator
  all.where('email', 'like', 'c');
  // @ts-expect-error one value is no list
  all.where('kind', 'in', 'a');
  // @ts-expect-error another currency
  all.where('total', '=', '1' as Money<'USD'>);
  // @ts-expect-error a text is no instant
  all.where('placed', '>', '2026-01-01');
  // @ts-expect-error int64 is bigint
  all.byKey({ order_id: 1 });
  // @ts-expect-error not of the key
  all.byKey({ order_id: 1n, email: 'x' });
  // @ts-expect-error the key is missing
  all.byKey({});
  // @ts-expect-error no column of the contract
  all.query().select('chan');
  // @ts-expect-error a column of a new row is missing
  orders.insertable({});
  // @ts-expect-error no dialect
  orders.insertable({ order_id: 1n }, 'oracle');
  // @ts-expect-error a table without a key
  defineTable<Row>({} as never)(db).byKey({ order_id: 1n });
  return [id, net, kind, named, written];
}

test('what compiles is kept from running', () => {
  expect(compiles).toBeTypeOf('function');
});

test('editors show plain types, and what the contract says of a column', () => {
  const path = join(ROOT, 'test/accessor/types.test.ts');
  const text = readFileSync(path, 'utf8');
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const service = ts.createLanguageService({
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    getCurrentDirectory: () => ROOT,
    getScriptFileNames: () => [path],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const content = ts.sys.readFile(file);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  const infoAt = (piece: string, offset: number): readonly string[] => {
    const info = service.getQuickInfoAtPosition(path, text.indexOf(piece) + offset);
    return [info?.displayParts, info?.documentation].map((parts) =>
      ts.displayPartsToString(parts).replace(/\s+/g, ' '),
    );
  };
  expect(infoAt('[chosen]', 1)[0]).toBe('const chosen: { order_id: bigint; net: Decimal; } | undefined');
  expect(infoAt('chosen?.net', 9)).toEqual(['(property) net: Decimal | undefined', 'Without tax.']);
  expect(infoAt('whole?.order_id', 8)[1]).toBe('The number of the order.');
});
