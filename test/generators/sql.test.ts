import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { planTable } from '../../generators/sql/plan.ts';
import type { CheckResult, Run } from '../../src/model/run.ts';
import { type Pattern, patternMatches } from '../../src/sql/pattern.ts';
import { RANDOM_TEXTS, RANDOM_TREES, SUBJECTS, TREES } from '../sql/pattern-cases.ts';
import { FIXTURE } from './input.ts';
import { contractOf, ODD_TEXTS, ODD_TREES, ROWS, RULES, typedColumn } from './sql-cases.ts';
import { DATABASES, type DdlDatabase, fixtureContracts, openDatabase } from './sql-engines.ts';

describe.each(DATABASES)('%s', (name) => {
  let database: DdlDatabase | undefined;
  beforeAll(async () => {
    database = await openDatabase(name);
  });
  afterAll(async () => {
    await database?.close();
  });
  /** A test on the database, skipped where its server is missing. */
  const on = (title: string, run: (database: DdlDatabase) => Promise<void>): void => {
    test(title, async (context) => (database ? run(database) : context.skip()));
  };

  on('the fixture is created, and its columns and types are those of the contract', async (database) => {
    const created = await database.create(await fixtureContracts(FIXTURE));
    try {
      const run = await created.verify();
      const unfit = shapeChecks(run).filter(({ verdict }) => verdict !== 'pass');
      const EXPECTED: Readonly<Record<string, readonly string[]>> = {
        postgres: ['orders.small.type'],
        mysql: ['class.🚚.column', 'class.🚚.type'],
        mariadb: ['class.🚚.column', 'class.🚚.type'],
        duckdb: [],
      };
      expect(unfit.map(({ path }) => path)).toEqual(EXPECTED[database.engine.name]);
      expect(shapeChecks(run).length).toBeGreaterThan(100);
      for (const { path } of unfit) {
        const column = path.split('.').slice(0, 2).join('.');
        expect(
          created.notes.some(({ where }) => where.endsWith(`/${column}`)),
          path,
        ).toBe(true);
      }
      // Constraints are facts that Surety reads.
      const required = checksOf(run).filter(({ path }) => path.endsWith('.required') && path.startsWith('orders.'));
      expect(required.length).toBeGreaterThan(8);
    } finally {
      await created.drop();
    }
  });

  on('rows that break a rule are refused, and others are taken', async (database) => {
    const created = await database.create({ 'rules.yaml': RULES });
    try {
      const place = `${created.schema}.rules`;
      const [contract] = created.input.contracts;
      const table = contract?.contract.tables[0];
      if (!contract || !table) throw new Error('there is no table');
      const { columns } = planTable(contract, { table, isShared: false }, database.engine);
      let refusals = 0;
      for (const { column, value, isGood, except = [] } of ROWS) {
        if (except.includes(database.engine.name)) continue;
        const planned = columns.find((each) => each.name === column);
        const written = typeof value === 'string' ? database.engine.text(value) : String(value);
        const quoted = database.engine.quote(column);
        let isTaken = true;
        try {
          await database.query(`insert into ${place} (id, ${quoted}) values (1, ${written})`);
        } catch (error) {
          isTaken = false;
          expect(String(error), `${column} = ${written}`).toMatch(REFUSAL);
        }
        if (isTaken && !database.keepsChecks && planned && planned.conditions.length > 0) {
          const [[broken] = []] = await database.query(
            `select count(*) from ${place} where not (${planned.conditions.join(' and ')})`,
          );
          isTaken = broken === '0';
        }
        expect(isTaken, `${column} = ${written}`).toBe(isGood);
        if (!isTaken) refusals += 1;
        await database.query(`delete from ${place}`);
      }
      expect(refusals).toBeGreaterThan(30);
    } finally {
      await created.drop();
    }
  });

  on('row conditions over columns and literals hold', async (database) => {
    const spaced = database.engine.quote('hi gh');
    const created = await database.create({
      'a.yaml': contractOf(`  t:
    location: $s.t
    columns: { low: int32, high: { type: int32, physicalName: hi gh }, kind: string(9), at: instant, day: date }
    checks:
      order: 'LOW <= ${spaced}'
      known: "kind in ('a', 'it''s') or low is not null"
      asks: low < (select 5)
      zoned: at > day
      told: { expect: low > 0, allow: 1% }\n`),
    });
    try {
      const { schema } = created;
      await database.query(
        `insert into ${schema}.t (low, ${spaced}, kind) values (1, 2, 'b'), (null, 2, 'it''s'), (1, null, 'a')`,
      );
      const wrong = ['(2, 1, null)', "(null, 1, 'b')"];
      for (const values of wrong) {
        const sql = `insert into ${schema}.t (low, ${spaced}, kind) values ${values}`;
        if (database.keepsChecks) await expect(database.query(sql), sql).rejects.toThrow(REFUSAL);
      }
      expect(created.texts.join('').match(/^ {2}check /gm)).toHaveLength(2);
      expect(created.notes.map(({ message }) => message)).toContain(
        'left out, as no constraint says it: asks, zoned, told',
      );
    } finally {
      await created.drop();
    }
  });

  on('the settings of a session change nothing', async (database) => {
    const { name: own } = database.engine;
    const settings =
      own === 'postgres'
        ? ['set standard_conforming_strings = on', 'set standard_conforming_strings = off']
        : ["set sql_mode = 'STRICT_ALL_TABLES'", "set sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'"];
    if (own === 'duckdb') return;
    const shown: string[] = [];
    for (const setting of [...settings].reverse()) {
      await database.query(setting);
      const created = await database.create(await fixtureContracts(FIXTURE));
      try {
        const table = `${database.engine.quote(`we"ird_${created.schema}`)}.${database.engine.quote('ta ble')}`;
        // What is shown is written in the way of the session too.
        await database.query(settings[0] as string);
        const rows =
          own === 'postgres'
            ? await database.query(
                `select pg_get_constraintdef(oid) from pg_constraint where conrelid = ${database.engine.text(table)}::regclass order by 1`,
              )
            : await database.query(`show create table ${table}`);
        shown.push(JSON.stringify(rows).replaceAll(created.schema, '$s'));
      } finally {
        await created.drop();
      }
    }
    expect(shown[0]).toContain('new');
    expect(shown[0]).toBe(shown[1]);
  });

  on('defaults are what a row gets that says nothing', async (database) => {
    const created = await database.create({
      'a.yaml': contractOf(`  t:
    location: $s.t
    key: [id]
    columns:
      id: int64
      s: { type: string, default: "it's \\\\ \\n 🚚" }
      short: { type: string(9), default: "a\\\\b" }
      n: { type: "decimal(6,2)", default: -1.5 }
      f: { type: float64, default: 0.25 }
      b: { type: boolean, default: true }
      day: { type: date, default: 2020-02-29 }
      at: { type: timestamp, default: "2020-02-29T12:00:00.5", timezone: UTC }
      made: { type: instant, default: now }
      u: { type: uuid, default: 00000000-0000-0000-0000-00000000000a }
      today: { type: date, default: now, timezone: UTC }\n`),
    });
    try {
      const quoted = database.engine.quote;
      await database.query(`insert into ${created.schema}.t (id) values (1)`);
      const [row] = await database.query(
        `select s, short, n, f, b, day, made is not null, u, today from ${created.schema}.t where ${quoted('at')} > timestamp '2020-02-29 12:00:00.4' and ${quoted('at')} < timestamp '2020-02-29 12:00:00.6'`,
      );
      const isTrue = row?.[4] === 'true' || row?.[4] === 't' || row?.[4] === '1';
      expect([row?.[0], row?.[1], Number(row?.[2]), row?.[3], isTrue, row?.[5], row?.[7], row?.[8]]).toEqual([
        "it's \\ \n 🚚",
        'a\\b',
        -1.5,
        '0.25',
        true,
        '2020-02-29',
        '00000000-0000-0000-0000-00000000000a',
        null,
      ]);
      expect(row?.[6]).toMatch(/^(?:t|true|1)$/);
      expect(created.notes.map(({ where, message }) => `${where}: ${message}`)).toContain(
        'shop.a/t.today: the default now is left out: the current time of a zone is no default',
      );
    } finally {
      await created.drop();
    }
  });

  on('keys, unique columns, references and NOT NULL hold', async (database) => {
    const created = await database.create({
      'a.yaml': contractOf(`  lines:
    location: $s.lines
    key: [order_id, line]
    columns:
      order_id: { type: int64, references: orders.order_id }
      line: int16
      sku: { type: string(10), required: true }
      again: { type: string(10), unique: { allow: 1% } }
    checks:
      pair: { unique: [sku, line] }
      loose: { unique: [again], where: line > 1 }
      both: { references: { columns: [order_id, sku], to: [orders.order_id, orders.sku] } }
  orders:
    location: $s.orders
    key: [order_id]
    columns:
      order_id: int64
      sku: { type: string(10), required: true }
      code: { type: string(10), unique: true }
      parent: { type: int64, references: orders.order_id }
    checks: { sku-too: { unique: [order_id, sku] } }\n`),
    });
    try {
      const { schema } = created;
      const refuses = async (sql: string): Promise<void> => {
        await expect(database.query(sql), sql).rejects.toThrow(REFUSAL);
      };
      await database.query(`insert into ${schema}.orders values (1, 'a', 'x', null)`);
      await database.query(`insert into ${schema}.orders values (2, 'a', null, 1), (3, 'b', null, null)`);
      await refuses(`insert into ${schema}.orders values (1, 'c', 'y', null)`);
      await refuses(`insert into ${schema}.orders values (4, 'c', 'x', null)`);
      await refuses(`insert into ${schema}.orders values (4, 'c', 'y', 9)`);
      await database.query(`insert into ${schema}.lines values (1, 1, 'a', 'z'), (2, 2, 'a', 'z')`);
      await refuses(`insert into ${schema}.lines values (1, 1, 'q', null)`);
      await refuses(`insert into ${schema}.lines values (2, 1, 'a', null)`);
      await refuses(`insert into ${schema}.lines values (2, 3, null, null)`);
      await refuses(`insert into ${schema}.lines values (7, 1, 'r', null)`);
      await refuses(`insert into ${schema}.lines values (3, 5, 'c', null)`);
      expect(created.notes.map(({ where, message }) => `${where}: ${message}`)).toEqual(
        expect.arrayContaining([
          'shop.a/lines: again.unique is left out: it allows exceptions',
          'shop.a/lines: loose is left out: it allows exceptions',
        ]),
      );
    } finally {
      await created.drop();
    }
  });

  on(
    'rows that the contract allows are taken: values that count as missing, old rows, what only warns',
    async (database) => {
      const created = await database.create({
        'a.yaml': contractOf(`  child:
    location: $s.child
    key: [id]
    columns:
      id: int64
      no: { type: int32, unique: true, missing: { values: [-1] } }
      up: { type: int64, references: parent.id, missing: { values: [0] } }
  parent: { location: $s.parent, key: [id], columns: { id: int64 } }
  old:
    location: $s.old
    key: [id]
    timeColumn: day
    window: 7d
    columns: { id: int64, day: { type: date, required: true, timezone: UTC }, n: { type: int32, required: true, min: 1 } }
    checks: { odd: n > id }
  mild: { location: $s.mild, severity: warn, columns: { n: { type: int32, required: true, min: 1, unique: true } } }
  paid: { location: $s.both, where: s = 'paid', columns: { s: string(9), n: { type: int32, required: true } } }
  open: { location: $s.both, where: s = 'open', columns: { s: string(9) } }\n`),
      });
      try {
        const { schema } = created;
        await database.query(`insert into ${schema}.parent values (1)`);
        await database.query(`insert into ${schema}.child values (1, -1, 0), (2, -1, null)`);
        await database.query(`insert into ${schema}.old values (1, '1999-01-01', null), (2, null, -5)`);
        await database.query(`insert into ${schema}.mild values (1), (1), (null), (0)`);
        await database.query(`insert into ${schema}.both values ('paid', 1), ('open', null)`);
        const run = await created.verify();
        const broken = checksOf(run).filter(({ verdict }) => verdict === 'fail');
        expect(broken.map(({ path }) => path)).toEqual([]);
      } finally {
        await created.drop();
      }
    },
  );

  on('tables that refer to each other in a circle are created', async (database) => {
    const created = await database.create({
      'a.yaml':
        contractOf(`  a: { location: $s.a, key: [id], columns: { id: int64, b: { type: int64, references: b.id } } }
  b: { location: $s.b, key: [id], columns: { id: int64, a: { type: int64, references: a.id } } }\n`),
    });
    try {
      const orphan = database.query(`insert into ${created.schema}.a values (1, 7)`);
      if (database.engine.altersForeignKeys) await expect(orphan).rejects.toThrow(REFUSAL);
      else expect(created.notes.map(({ message }) => message).join()).toContain('refer to each other in a circle');
      await orphan.catch(() => {});
      await expect(database.query(`insert into ${created.schema}.b values (1, 7)`)).rejects.toThrow(REFUSAL);
    } finally {
      await created.drop();
    }
  });

  on('a pattern means what it means everywhere, and a text literal is the text', async (database) => {
    const { engine } = database;
    const texts = [
      ...new Set([
        ...RANDOM_TEXTS,
        ...ODD_TEXTS,
        ...Object.values(SUBJECTS).filter(({ length }) => length < (engine.name === 'mysql' ? 40 : 300)),
      ]),
    ];
    const options = engine.tableOptions.join(' ');
    const texted = engine.name === 'mysql' || engine.name === 'mariadb' ? 'longtext' : 'text';
    await database.query(`create table texts (id int, v ${texted}) ${options}`);
    await database.query(
      `insert into texts values ${texts.map((text, id) => `(${id}, ${engine.text(text)})`).join(', ')}`,
    );
    const held = await database.query('select v from texts order by id');
    expect(held.map(([text]) => text)).toEqual(texts);
    let matches = 0;
    let givenUp = 0;
    const compare = async (trees: readonly Pattern[]): Promise<void> => {
      const conditions = trees.map((tree, at) => `${engine.matches('v', tree)} as c${at}`);
      const rows = await database.query(`select ${conditions.join(', ')} from texts order by id`);
      for (const [row, text] of texts.entries()) {
        for (const [at, tree] of trees.entries()) {
          const isMatch = /^(?:t|true|1)$/.test(String(rows[row]?.[at]));
          if (isMatch !== patternMatches(tree, text)) {
            throw new Error(`${engine.matches('v', tree)} on ${JSON.stringify(text)}: ${isMatch}`);
          }
          matches += isMatch ? 1 : 0;
        }
      }
    };
    const compareSome = async (trees: readonly Pattern[]): Promise<void> => {
      try {
        await compare(trees);
      } catch (error) {
        if (!/Timeout exceeded in regular expression/.test(String(error))) throw error;
        if (trees.length === 1) givenUp += 1;
        else for (const tree of trees) await compareSome([tree]);
      }
    };
    const all = [...ODD_TREES, ...TREES, ...RANDOM_TREES];
    for (let from = 0; from < all.length; from += 20) await compareSome(all.slice(from, from + 20));
    expect(givenUp).toBeLessThan(all.length / 10);
    await database.query('drop table texts');
    expect(matches).toBeGreaterThan(5000);
  });

  on('a random contract is created, and its columns and types are those of the contract', async (database) => {
    let columns = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(typedColumn, { minLength: 1, maxLength: 8 }), async (chosen) => {
        const own = chosen.flatMap(({ type, members, ...rules }, at) => {
          const column = `${rules.name}${at}`;
          const { name: _, ...others } = rules;
          return [
            [column, { type, ...others }] as const,
            ...members.map(([member, of]) => [`${column}${member}`, of] as const),
          ];
        });
        const yaml = stringify({
          t: { location: '$s.t', key: ['id'], columns: { id: 'int64', ...Object.fromEntries(own) } },
        });
        const created = await database.create({ 'a.yaml': contractOf(yaml.replace(/^/gm, '  ')) });
        try {
          const unfit = shapeChecks(await created.verify()).filter(
            ({ verdict }) => verdict !== 'pass' && verdict !== 'skipped',
          );
          columns += own.length;
          for (const { path, message } of unfit) {
            const noted = created.notes.some(
              ({ where, message: told }) =>
                TYPE_NOTE.test(told) && path.startsWith(`${where.slice(where.indexOf('/') + 1)}.`),
            );
            if (!noted) throw new Error(`${path}: ${message}\n${created.texts.join('')}`);
          }
        } finally {
          await created.drop();
        }
      }),
      { numRuns: Number(process.env['SURETY_TEST_RUNS'] ?? 15) },
    );
    expect(columns).toBeGreaterThan(30);
  });
});

/** What an engine says of a row that breaks a constraint or does not fit a type. */
const REFUSAL =
  /violates|constraint|duplicate|cannot be null|out of range|too long|CONSTRAINT|Check constraint|invalid input|Incorrect|foreign key|Conversion Error|Data too long/i;
/** What the engine does not hold as the contract has it. */
const TYPE_NOTE = /type check|left out: (?:its name|M)|digits behind the point|no struct without members/;

function checksOf(run: Run): readonly CheckResult[] {
  return run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
}

/** Checks on columns and their types; features are no columns. */
function shapeChecks(run: Run): readonly CheckResult[] {
  return checksOf(run).filter(
    ({ path }) => /\.(?:column|type)$/.test(path) && !/net_amount|is_big|class\.function/.test(path),
  );
}
