import { join } from 'node:path';
import { expect, test } from 'vitest';
import { typescript } from '../../generators/typescript.ts';
import { generatorInput } from '../../src/commands/generator-input.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { projectFolder } from '../support/project-folder.ts';

const DATABASE = { folder: '' };
const FILES = { engine: 'files', path: [], name: 'orders' };

/** What the warehouse declares, what the table's location is, and where the table is then. */
const CASES = [
  ['', '', { ...FILES, folder: 'team/contracts' }],
  ['', 'data/*.csv', { ...FILES, folder: 'team/contracts' }],
  ['type: duckdb', 'data/*.csv', { ...FILES, folder: '' }],
  ['type: duckdb, root: lake/raw', 'data/*.csv', { ...FILES, folder: 'lake/raw' }],
  ['type: duckdb, root: ../elsewhere', 'data/*.csv', { ...FILES, folder: '', hidden: 'root' }],
  ['type: duckdb, root: "${HOME_OF_DATA}"', 'data/*.csv', { ...FILES, folder: '', hidden: 'root' }],
  ['type: duckdb, url: "${U}"', '', { ...DATABASE, engine: 'duckdb', path: [], name: 'orders' }],
  ['type: postgres, url: "${U}"', 'sales.orders', { ...DATABASE, engine: 'postgres', path: ['sales'], name: 'orders' }],
  [
    'type: postgres, url: "${U}", schema: sales',
    '',
    { ...DATABASE, engine: 'postgres', path: ['sales'], name: 'orders' },
  ],
  [
    'type: postgres, url: "${U}", schema: sales',
    '"a.b"."o""r"',
    { ...DATABASE, engine: 'postgres', path: ['a.b'], name: 'o"r' },
  ],
  [
    'type: postgres, url: "${U}", schema: "${SCHEMA}"',
    '',
    { ...DATABASE, engine: 'postgres', path: [], name: 'orders', hidden: 'schema' },
  ],
  [
    'type: postgres, url: "${U}", schema: "${SCHEMA}"',
    'sales.orders',
    { ...DATABASE, engine: 'postgres', path: ['sales'], name: 'orders' },
  ],
  [
    'type: mysql, url: "${U}", schemas: { sales: sales_prod }',
    'sales.o',
    { ...DATABASE, engine: 'mysql', path: ['sales_prod'], name: 'o' },
  ],
  [
    'type: mysql, url: "${U}", schema: sales, schemas: { sales: sales_prod }',
    'o',
    { ...DATABASE, engine: 'mysql', path: ['sales_prod'], name: 'o' },
  ],
  [
    'type: mysql, url: "${U}", schemas: { "*": all_in_one }',
    'sales.o',
    { ...DATABASE, engine: 'mysql', path: ['all_in_one'], name: 'o' },
  ],
  [
    'type: mysql, url: "${U}", schemas: { sales: "dev_${USER_NAME}" }',
    'sales.o',
    { ...DATABASE, engine: 'mysql', path: [], name: 'o', hidden: 'schema' },
  ],
] as const;

const VARIABLES = { U: 'postgres://localhost/a', SCHEMA: 'seen', USER_NAME: 'seen', HOME_OF_DATA: '/seen' };

async function inputOf(warehouse: string, location: string) {
  const folder = await projectFolder({
    'surety.yaml': `contracts: team/contracts/*.yaml\n${warehouse === '' ? '' : `warehouses: { w: { ${warehouse} } }\n`}`,
    'team/contracts/shop.yaml': `contract: shop.orders
version: 1.0.0
status: active
${warehouse === '' ? '' : 'warehouse: w\n'}raci: { responsible: [shop-team], accountable: shop-team }
tables:
  orders:
    ${location === '' ? '' : `location: ${JSON.stringify(location)}\n    `}columns:
      amount: { type: int64 }
`,
  });
  const loaded = await loadContracts([join(folder, 'team')], { variables: VARIABLES });
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return generatorInput(loaded);
}

test.each(CASES)('a table of a warehouse "%s" at "%s"', async (warehouse, location, expected) => {
  const { contracts } = await inputOf(warehouse, location);
  const [input] = contracts;
  const [table] = input?.contract.tables ?? [];
  expect(table && input?.originOf(table)).toEqual(expected);
});

test('a generated module says where its table is, and nothing of the environment', async () => {
  const of = async (warehouse: string, location: string) => {
    const { files, notes } = await typescript.generate(await inputOf(warehouse, location), {});
    return { text: files.map(({ text }) => text).join('\n'), notes: notes.map(({ message }) => message) };
  };
  const named = await of('type: postgres, url: "${U}", schema: sales', '');
  expect(named.text).toContain("schema: 'sales'");
  expect(named.notes).toEqual([]);
  const written = await of('type: postgres, url: "${U}"', 'sales.orders');
  expect(written.text).not.toContain("schema: 'sales'");
  const hidden = await of('type: postgres, url: "${U}", schema: "${SCHEMA}"', '');
  expect(hidden.text).not.toContain('seen');
  expect(hidden.notes).toEqual([expect.stringContaining('name it as { schema }')]);
  const rooted = await of('type: duckdb, root: lake/raw', '*.csv');
  expect(rooted.text).toContain("folder: 'lake/raw'");
  const away = await of('type: duckdb, root: "${HOME_OF_DATA}"', '*.csv');
  expect(away.notes).toEqual([expect.stringContaining('connect({ root })')]);
});
