import { describe, expect, it } from 'vitest';
import { catalogStatement } from '../../src/dialects/mysql/catalog.ts';
import { explain } from '../../src/dialects/mysql/errors.ts';
import { flavorOf } from '../../src/dialects/mysql/flavor.ts';
import { readGrants } from '../../src/dialects/mysql/grants.ts';
import { readRole } from '../../src/dialects/mysql/role.ts';
import { rowsOf } from '../../src/dialects/mysql/rows.ts';
import { objection, type Warning } from '../../src/dialects/mysql/warnings.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Comparison } from '../../src/sql/dialect.ts';

const ADDRESS = { host: 'db.example', port: 3306, tls: false } as const;

describe('rights', () => {
  const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['GRANT USAGE ON *.* TO `u`@`%`', [], []],
    ["GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*D821809F681A40A6E379B50D0463EFAE20BDD122'", [], []],
    ['GRANT SELECT, SHOW VIEW, LOCK TABLES ON `shop`.* TO `u`@`%`', [], []],
    ['GRANT SELECT (`a`, `b`) ON `shop`.`t` TO `u`@`%`', [], []],
    ['GRANT SELECT, INSERT (`a`) ON `shop`.`t` TO `u`@`%`', [], ['change rows']],
    ['GRANT SELECT ON `shop`.* TO `u`@`%` WITH GRANT OPTION', [], ['pass its rights on']],
    ['GRANT ALL PRIVILEGES ON `shop`.* TO `u`@`%`', [], ['change rows', 'create or drop tables']],
    ["GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION", ['do everything'], ['pass its rights on']],
    ['GRANT SELECT, FILE ON *.* TO `u`@`%`', ['read and write files of the server'], []],
    [
      'GRANT BACKUP_ADMIN,SYSTEM_VARIABLES_ADMIN ON *.* TO `u`@`%`',
      ['change settings of the server'],
      ['administer the server'],
    ],
    ['GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`%`', [], ['run procedures']],
    ['GRANT PROXY ON ``@`%` TO `u`@`%`', [], ['act as another user']],
    ['GRANT `reader`@`%` TO `u`@`%`', [], []],
    ['SET DEFAULT ROLE `reader` FOR `u`@`%`', [], []],
    // Names that look like rights.
    ['GRANT SELECT (`x) ON *.* TO y`, `FILE ON `) ON `ALL ON *.* TO `.`GRANT FILE ON *.* TO a` TO `u`@`%`', [], []],
    ['GRANT `GRANT FILE ON *.* TO `@`%` TO `u`@`%`', [], []],
  ];
  it.each(CASES)('%s', (line, dangerous, others) => expect(readGrants([line])).toEqual({ dangerous, others }));
});

describe('servers', () => {
  const role = (version: string) =>
    readRole([{ version, role: "o'brien@%", s: null, clock: 0n }], [], ADDRESS, { before: 0, after: 0 });
  it.each([
    ['8.0.15', 'MySQL 8.0.15'],
    ['8.4.3-log', 'MySQL 8.4.3'],
    ['9.1.0', 'MySQL 9.1.0'],
    ['10.6.0-MariaDB', 'MariaDB 10.6.0'],
    ['11.4.2-MariaDB-ubu2404', 'MariaDB 11.4.2'],
    ['5.5.5-10.11.6-MariaDB', undefined],
    ['5.7.44', undefined],
    ['10.5.27-MariaDB', undefined],
    ['', undefined],
  ])('%s', (version, server) => {
    if (server === undefined) expect(() => role(version)).toThrow(/^db.example:3306 is (?:MySQL|MariaDB) /);
    else expect(role(version).facts.server).toBe(server);
  });
  it('quotes the account in remedies', () => expect(role('8.0.15').account).toBe("'o''brien'@'%'"));
});

describe('values of the protocol', () => {
  const CASES: readonly (readonly [number, unknown, unknown])[] = [
    [1, 127, 127n],
    [3, -5, -5n],
    [8, '18446744073709551615', 18446744073709551615n],
    [13, 2024, 2024n],
    [4, 0.10000000149011612, 0.10000000149011612],
    [5, 1e300, 1e300],
    [246, '-1.10', { coefficient: -110n, scale: 2 }],
    [16, Buffer.from([1, 0]), 256n],
    [10, '0000-00-00', '0000-00-00'],
    [11, '-838:59:59.000001', '-838:59:59.000001'],
    [12, '2026-01-02 03:04:05.500000', '2026-01-02T03:04:05.5'],
    [12, '2026-01-02 00:00:00', '2026-01-02T00:00:00'],
    [7, '2026-01-02 03:04:00.000000', '2026-01-02T03:04:00Z'],
    [245, '{"a": 1}', '{"a": 1}'],
    [253, 'é', 'é'],
    [252, Buffer.from('é😀'), 'é😀'],
    [252, Buffer.from([0xff, 0]), 'ff00'],
    [255, { x: 1, y: 2 }, '{"x":1,"y":2}'],
    [6, null, null],
  ];
  it.each(CASES)('%i %o', (columnType, value, expected) => {
    const [row] = rowsOf([[value]], [{ name: '__proto__', columnType }]);
    expect(Object.entries(row ?? {})).toEqual([['__proto__', expected]]);
  });
  it('several columns of one name are no result', () => {
    expect(() => rowsOf([[1, 2]], [{ name: 'm0' }, { name: 'm0' }])).toThrow('gives several columns');
  });
});

describe('warnings', () => {
  const warning = (code: number, level = 'Warning'): Warning => ({ level, code, message: `number ${code}` });
  it('those that change nothing are no objection, one that does is', () => {
    expect(objection([])).toBeUndefined();
    expect(objection([warning(1287), warning(1365), warning(1292, 'Note')])).toBeUndefined();
    expect(objection([warning(1365), warning(1292), warning(1366)])).toBe('number 1292');
    // Nobody knows what a number means that came after us.
    expect(objection([warning(4999)])).toBe('number 4999');
    expect(objection(Array.from({ length: 64 }, () => warning(1365)))).toMatch(/more warnings/);
  });
});

describe('errors', () => {
  it.each([
    [{ code: 'PROTOCOL_CONNECTION_LOST', message: 'x' }, 'lost'],
    [{ errno: 1927, message: 'x' }, 'lost'],
    [{ code: 'ECONNRESET', message: 'x' }, 'lost'],
    [{ message: "Can't add new command when connection is in closed state" }, 'lost'],
    [{ errno: 3024, message: 'x' }, 'time-out'],
    [{ errno: 1969, message: 'x' }, 'time-out'],
    [{ errno: 1205, message: 'x' }, 'time-out'],
    // Under a statement it is the statement's.
    [{ errno: 1049, message: "Unknown database 'x'" }, 'failed'],
    [{ errno: 1064, message: 'x' }, 'failed'],
  ])('%o', (error, failure) => expect(explain(error, ADDRESS).failure).toBe(failure));
});

describe('literals', () => {
  const { sql } = flavorOf('8.0.15');
  const compiled = (text: string, type: LogicalType, comparison?: Comparison): readonly unknown[] => {
    const kind = type.name === 'float' ? 'float' : 'decimal';
    const statement = sql.compile(sql.literal({ text, kind }, type, { microseconds: 0n }, comparison));
    return [statement.sql, ...statement.parameters];
  };
  const decimal: LogicalType = { name: 'decimal' };
  it('have the digits of their text', () => {
    expect(compiled('0.05', decimal)).toEqual(['cast(? as decimal(2, 2))', '0.05']);
    expect(compiled('-123.45', decimal)).toEqual(['cast(? as decimal(5, 2))', '-123.45']);
    expect(compiled('7', { name: 'integer', bits: 64 })).toEqual(['cast(? as signed)', '7']);
    expect(compiled('7.5', { name: 'integer', bits: 64 })).toEqual(['cast(? as decimal(2, 1))', '7.5']);
    expect(compiled('Infinity', { name: 'float', bits: 64 })).toEqual(['(? + 0e0)', '1.7976931348623157e+308']);
  });
  it('more places than a column has: the next number that has the same answer', () => {
    const long = `0.${'0'.repeat(30)}1`;
    const least = `0.${'0'.repeat(29)}1`;
    expect(compiled(long, decimal, '<')[1]).toBe(least);
    expect(compiled(long, decimal, '>=')[1]).toBe(least);
    expect(compiled(long, decimal, '>')[1]).toBe('0');
    expect(compiled(`-${long}`, decimal, '<')[1]).toBe('0');
    expect(compiled(`-${long}`, decimal, '<=')[1]).toBe(`-${least}`);
    expect(compiled(long, decimal)[1]).toBe('9'.repeat(65));
  });
  it('names stand in backquotes, strings of ours keep their backslashes', () => {
    const statement = catalogStatement([
      { schema: 'a`b', table: "c'd" },
      { schema: 'a`b', table: 'e' },
    ]);
    expect(statement.sql).not.toMatch(/a`b|c'd/);
    // Columns, tables and rights of each, and the schema once for names that could have been meant.
    const each = ['a`b', "c'd", 'a`b', 'e'];
    expect(statement.parameters).toEqual([...each, ...each, ...each, 'a`b']);
    expect(catalogStatement([]).parameters).toEqual([]);
  });
});
