import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countOf } from '../../src/checks/judge.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Session, Sql, Warehouse } from '../../src/sql/dialect.ts';
import { FORMATS, formatHolds } from '../../src/sql/formats.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { type Pattern, parsePattern, patternMatches } from '../../src/sql/pattern.ts';
import { type Decimal, printDecimal } from '../../src/util/decimal.ts';
import { TABLE } from '../sql/format-cases.ts';
import { EVERY, RANDOM_TEXTS, RANDOM_TREES, SUBJECTS, TREES } from '../sql/pattern-cases.ts';
import { openServerOf, valuesOf } from '../support/open-server.ts';
import { describeOn } from '../support/servers/ask.ts';
import { SERVER_NAMES } from '../support/servers/server.ts';

const NOW = { microseconds: 0n };
const STRING: LogicalType = { name: 'string' };

await describeOn(SERVER_NAMES, 'what a server makes of our SQL', (server) => {
  let warehouse: Warehouse;
  let session: Session;
  beforeAll(async () => {
    warehouse = await openServerOf(server);
    session = await warehouse.session({ timeout: 60_000 });
  });
  afterAll(async () => {
    await session?.close();
    await warehouse?.close();
  });
  const text = (value: string): Sql => warehouse.sql.literal({ text: value, kind: 'text' }, STRING, NOW);
  const values = (expressions: readonly Sql[], from?: Sql) => valuesOf(warehouse, session, expressions, from);
  const isTrue = (value: unknown): boolean => value === true || value === 1n;
  const one = async (expression: Sql): Promise<unknown> => (await values([expression]))[0];
  const literal = (written: string, type: LogicalType): Sql => {
    const parsed = parseLiteral(written, type, 'value');
    if ('problem' in parsed) throw new Error(parsed.problem.message);
    return warehouse.sql.literal(parsed.literal, type, NOW);
  };

  /** MySQL gives up on such a text, which is an error and never a wrong answer (see below). */
  const isCatastrophic = (subject: string): boolean => server.name === 'mysql' && /^a{200}/.test(subject);

  /** Texts in which the engine and the linear engine of the guards differ. */
  async function differences(trees: readonly Pattern[], texts: readonly string[]): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const subject of texts.filter((each) => !isCatastrophic(each))) {
      const from = sql`from (select ${text(subject)} as s) q`;
      const answers = await values(
        trees.map((tree) => sql`case when ${warehouse.sql.matches(sql`s`, tree)} then 1 else 0 end`),
        from,
      );
      for (const [index, tree] of trees.entries()) {
        if (isTrue(answers[index]) !== patternMatches(tree, subject))
          wrong.push(`${JSON.stringify(tree)} over ${JSON.stringify(subject.slice(0, 40))}`);
      }
    }
    return wrong;
  }

  it('patterns of the corpus mean the same', async () => {
    const short = EVERY.filter((name) => SUBJECTS[name].length <= 1000).map((name) => SUBJECTS[name]);
    expect(await differences(TREES, short)).toEqual([]);
  });

  it('a pattern that takes exponentially long is answered rightly or refused, and soon', async () => {
    const parsed = parsePattern('^(a+)+$');
    if (!('tree' in parsed)) throw new Error('no tree');
    const began = performance.now();
    const subject = `${'a'.repeat(5000)}!`;
    const found = await one(sql`case when ${warehouse.sql.matches(text(subject), parsed.tree)} then 1 else 0 end`).then(
      String,
      (error: Error) => error.message,
    );
    expect(found).toMatch(/^0$|Timeout exceeded|limit/);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(String((await values([sql`1`], sql`from (select 1 as a) q`))[0]), 'the session lives on').toBe('1');
  });

  it('random patterns mean the same', async () => {
    expect(RANDOM_TREES.length).toBeGreaterThan(300);
    expect(await differences(RANDOM_TREES, RANDOM_TEXTS)).toEqual([]);
  });

  it('the patterns of formats mean the same', async () => {
    const trees = FORMATS.flatMap(({ pattern }) => {
      const parsed = parsePattern(pattern);
      return 'tree' in parsed ? [parsed.tree] : [];
    });
    expect(trees).toHaveLength(FORMATS.length);
    expect(await differences(trees, [...new Set(Object.values(TABLE).flat(2))])).toEqual([]);
  });

  it('check digits of an IBAN, and no error for what is none', async () => {
    const texts = [...new Set(Object.values(TABLE).flat(2))];
    const parsed = parsePattern(FORMATS.find(({ name }) => name === 'iban')?.pattern ?? '');
    if (!('tree' in parsed)) throw new Error('no pattern');
    const wrong: string[] = [];
    for (const subject of texts) {
      const holds = isTrue(await one(sql`case when ${warehouse.sql.ibanChecks(text(subject))} then 1 else 0 end`));
      if (patternMatches(parsed.tree, subject) && holds !== formatHolds('iban', subject)) wrong.push(subject);
    }
    expect(wrong).toEqual([]);
    expect(texts.filter((subject) => formatHolds('iban', subject)).length).toBeGreaterThan(2);
  });

  it('text is compared, grouped and counted by code point', async () => {
    const texts = [
      'placed',
      'PLACED',
      'placed ',
      'plácéd',
      'placed\0'.slice(0, 6),
      'e\u0301',
      'é',
      '',
      ' ',
      'ß',
      'ss',
      '😀',
      '😁',
    ];
    const distinct = new Set(texts).size;
    const rows = sql.join(
      texts.map((each) => sql`select ${text(each)} as s`),
      sql` union all `,
    );
    const [count, lengths] = await values(
      [sql`count(distinct ${warehouse.sql.text(sql`s`)})`, sql`sum(${warehouse.sql.codePoints(sql`s`)})`],
      sql`from (${rows}) q`,
    );
    expect(Number(count)).toBe(distinct);
    expect(countOf(lengths)).toBe(BigInt(texts.reduce((sum, each) => sum + [...each].length, 0)));
  });

  it.each<readonly [string, LogicalType, string]>([
    ['9007199254740993', { name: 'integer', bits: 64 }, '9007199254740993'],
    ['-9223372036854775808', { name: 'integer', bits: 64 }, '-9223372036854775808'],
    ['12345678901234567890.123456789012345678', { name: 'decimal' }, '12345678901234567890.123456789012345678'],
    ['-0.01', { name: 'decimal', precision: 12, scale: 2 }, '-0.01'],
    ['0.1', { name: 'float', bits: 64 }, '0.1'],
    ['1e300', { name: 'float', bits: 64 }, '1e+300'],
    ['true', { name: 'boolean' }, 'true'],
    ['2024-02-29', { name: 'date' }, '2024-02-29'],
    ['0001-01-01', { name: 'date' }, '0001-01-01'],
    ['9999-12-31', { name: 'date' }, '9999-12-31'],
    ['23:59:59.999999', { name: 'time' }, '23:59:59.999999'],
    ['2026-03-29T02:30:00.123456', { name: 'timestamp' }, '2026-03-29T02:30:00.123456'],
    ['2026-03-29T02:30:00.123456+02:00', { name: 'instant' }, '2026-03-29T00:30:00.123456Z'],
    ["\\' or 1=1 -- ", STRING, "\\' or 1=1 -- "],
    ['é😀\u0301', STRING, 'é😀\u0301'],
  ])('the literal %s arrives exactly', async (written, type, expected) => {
    const found = await one(literal(written, type));
    const shown = typeof found === 'object' && found !== null ? printDecimal(found as Decimal) : String(found);
    // MySQL has no type for instants and booleans that a literal could have.
    const alike = [expected, expected.replace(/Z$/, ''), expected.replace(/^true$/, '1')];
    expect(alike).toContain(shown);
  });

  it('moments there and back, at the ends of the calendar too', async () => {
    const moments = [
      0n,
      -1n,
      1_772_366_400_123_456n,
      -62_135_596_800_000_000n,
      253_402_300_799_999_999n,
      -2_208_988_800_000_001n,
    ];
    const { sql: d } = warehouse;
    for (const type of [{ name: 'timestamp' }, { name: 'instant' }] as const) {
      const found = await values(moments.map((moment) => d.microseconds(d.fromMicroseconds(moment, type), type)));
      expect(found.map(countOf)).toEqual(moments);
    }
    const days = await values(
      moments.map((moment) => d.microseconds(d.fromMicroseconds(moment, { name: 'date' }), { name: 'date' })),
    );
    const DAY = 86_400_000_000n;
    expect(days.map(countOf)).toEqual(moments.map((moment) => moment - (((moment % DAY) + DAY) % DAY)));
  });

  it('moments that the engine does not reach are beyond every value', async () => {
    const { sql: d } = warehouse;
    const far = 10n ** 20n;
    for (const type of [{ name: 'timestamp' }, { name: 'instant' }, { name: 'date' }] as const) {
      const [early, late] = await values([
        sql`case when ${d.fromMicroseconds(-far, type)} < ${d.fromMicroseconds(-62_135_596_800_000_000n, type)} then 1 else 0 end`,
        sql`case when ${d.fromMicroseconds(far, type)} >= ${d.fromMicroseconds(253_402_300_799_999_999n, type)} then 1 else 0 end`,
      ]);
      expect([type.name, isTrue(early), isTrue(late)]).toEqual([type.name, true, true]);
    }
  });

  it('sums are exact, deviation is that of a sample', async () => {
    const { sql: d } = warehouse;
    const numbers = ['9223372036854775807', '9223372036854775807', '2', '4'].map(
      (each) => sql`select ${literal(each, { name: 'integer', bits: 64 })} as v`,
    );
    const [sum] = await values(
      [d.sum(sql`v`, { name: 'integer', bits: 64 })],
      sql`from (${sql.join(numbers, sql` union all `)}) q`,
    );
    expect(sum).toEqual({ coefficient: 18_446_744_073_709_551_620n, scale: 0 });
    const sample = [2, 4, 4, 4, 5, 5, 7, 9].map((each) => sql`select ${sql.lit(each)} as v`);
    const [deviation] = await values([d.stddev(sql`v`)], sql`from (${sql.join(sample, sql` union all `)}) q`);
    expect(Number(deviation)).toBeCloseTo(2.138089935, 8);
  });
});
