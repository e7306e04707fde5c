import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIXTURE } from '../generators/input.ts';
import {
  type Created,
  DATABASES,
  type DdlDatabase,
  fixtureContracts,
  openDatabase,
} from '../generators/sql-engines.ts';
import { projectFolder } from '../support/project-folder.ts';
import { isKept, NOW, notedPaths, runSample } from './made.ts';

/** Parents first: some of the tables that the statements create refer to one another. */
const TABLES = ['customers', 'orders', 'events', 'class', 'do-it'];

const EPOCH: Readonly<Record<string, string>> = {
  postgres: 'extract(epoch from loaded_at)',
  duckdb: 'epoch(loaded_at)',
  mysql: 'unix_timestamp(loaded_at)',
  mariadb: 'unix_timestamp(loaded_at)',
};

describe.each(DATABASES)('rows as INSERT statements for %s', (name) => {
  let database: DdlDatabase;
  let created: Created;
  let contracts: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const opened = await openDatabase(name);
    if (!opened) return;
    database = opened;
    contracts = await fixtureContracts(FIXTURE);
    created = await database.create(contracts);
  });
  afterAll(async () => {
    await created?.drop();
    await database?.close();
  });

  test('are taken by its tables, and keep the contracts but for what notes name', async (context) => {
    if (!database) return context.skip();
    const type = database.engine.name === 'mariadb' ? 'mysql' : database.engine.name;
    const folder = await projectFolder({
      'surety.yaml': `warehouses: { w: { type: ${type}, url: "x" } }\nparties: { ann: { name: Ann } }\nclassifications: { pii: mask }\n`,
      ...Object.fromEntries(
        Object.entries(contracts).map(([file, text]) => [`contracts/${file}`, text.replaceAll('$s', created.schema)]),
      ),
    });
    const dialect = database.engine.name;
    const noted: string[] = [];
    for (const table of TABLES) {
      const told = await runSample(
        folder,
        table,
        '--rows',
        '130',
        '--now',
        NOW,
        '--output',
        'sql',
        '--dialect',
        dialect,
      );
      noted.push(...notedPaths(told.notes));
      await writeFile(join(folder, `${table}.sql`), told.out);
      for (const statement of told.out.split(/;\n(?=INSERT|SET|$)/).filter((each) => each !== '')) {
        await database.query(statement);
      }
    }
    const isMysql = dialect === 'mysql' || dialect === 'mariadb';
    expect(noted).toEqual([
      'orders.average-basket',
      ...(isMysql ? ['class.*/ evil', 'class.function', 'class.🚚'] : []),
    ]);
    // The newest row is of this instant, whatever the zone of the session.
    const orders = `${created.schema}.orders`;
    const [[epoch] = []] = await database.query(`select ${EPOCH[dialect]} from ${orders} where order_id = 1`);
    expect(Number(epoch)).toBe(Date.parse(NOW) / 1000);
    const run = await created.verify();
    const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
    // Types are those of the tables; ages are measured from the machine's clock there.
    const wrong = checks
      .filter((check) => !/\.(?:freshness|type)/.test(check.path) && !isKept(check, noted))
      .map(({ path, verdict, message }) => `${path} ${verdict}: ${message}`);
    expect(wrong).toEqual([]);
    expect(checks.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(100);
  });

  test('come in an order in which a reference to the table itself is kept', async (context) => {
    if (!database) return context.skip();
    const { engine } = database;
    const text = [
      'contract: hr.people\nversion: 1.0.0\nraci: { responsible: ann, accountable: ann }\nwarehouse: w\ntables:',
      '  employees:\n    location: $s.employees\n    key: [id]\n    columns:',
      '      id: int64\n      manager: { type: int64, references: employees.id }',
      '      mentor: { type: int64, unique: true, references: employees.id }\n      photo: { type: bytes, required: true }',
      '  parts:\n    location: $s.parts\n    key: [id]\n    columns:',
      '      id: int64\n      whole: { type: int64, required: true, references: parts.id }\n',
    ].join('\n');
    const people = await database.create({ 'people.yaml': text });
    const isPostgres = engine.name === 'postgres';
    try {
      expect(people.texts.join('').match(/foreign key/gi)).toHaveLength(3);
      const type = engine.name === 'mariadb' ? 'mysql' : engine.name;
      const folder = await projectFolder({
        'surety.yaml': `warehouses: { w: { type: ${type}, url: "x" } }\nparties: { ann: { name: Ann } }\n`,
        'contracts/people.yaml': text.replaceAll('$s', people.schema),
      });
      const made = (table: string) =>
        runSample(folder, table, '--rows', '350', '--output', 'sql', '--dialect', engine.name);
      const insert = async (sql: string): Promise<void> => {
        for (const statement of sql.split(/;\n(?=INSERT|SET|$)/).filter((each) => each !== ''))
          await database.query(statement);
      };
      // What is written means the same with the setting of old servers.
      if (isPostgres) await database.query('set standard_conforming_strings = off');
      const employees = await made('employees');
      expect(employees.notes).toEqual([]);
      await insert(employees.out);
      const counted = `select count(*) as a, count(manager) as b, count(mentor) as c from ${people.schema}.employees`;
      const [[rows, managers, mentors] = []] = await database.query(counted);
      expect(rows).toBe('350');
      // One in ten has none.
      expect(Number(managers)).toBeGreaterThan(280);
      expect(Number(mentors)).toBeGreaterThan(280);
      if (isPostgres) {
        const odd = `select count(*) from ${people.schema}.employees where encode(photo, 'escape') !~ '^[a-z]+$'`;
        expect(await database.query(odd)).toEqual([['0']]);
      }
      const parts = await made('parts');
      const isRefused = engine.name === 'duckdb';
      expect(notedPaths(parts.notes)).toEqual(isRefused ? ['parts.whole.references'] : []);
      if (isRefused) await expect(insert(parts.out)).rejects.toThrow(/foreign key/i);
      else await insert(parts.out);
    } finally {
      if (isPostgres) await database.query('reset standard_conforming_strings');
      await people.drop();
    }
  });
});
