import { beforeAll, describe, expect, test } from 'vitest';
import { FORMATS, formatByName, formatHolds } from '../../src/sql/formats.ts';
import { LANGUAGE_CODES } from '../../src/sql/language-codes.ts';
import { parsePattern, patternMatches, printRe2 } from '../../src/sql/pattern.ts';
import { duckdbMatches } from './duckdb-matches.ts';

const label63 = 'a'.repeat(63);

/** Texts that have the format, and texts that do not. */
const TABLE: Readonly<Record<string, readonly [good: readonly string[], bad: readonly string[]]>> = {
  email: [
    [
      'a@b.co',
      'first.last+tag@sub.example.com',
      "o'hara@example.ie",
      '!#$%&*/=?^_`{|}~-@x.y',
      '.a@b.c',
      'a@1.2',
      `a@${label63}.de`,
    ],
    [
      '',
      'a',
      'a@b',
      'a@b.',
      'a@.b',
      '@b.co',
      'a b@c.de',
      'a@b..de',
      'a@-b.de',
      'a@b-.de',
      `a@${label63}a.de`,
      'é@b.de',
      'a@b.de\n',
      'a@b@c.de',
      'a,b@c.de',
    ],
  ],
  uri: [
    [
      'https://example.com',
      'http://example.com:8080/a/b?q=1&r=%20#top',
      'ftp://user:pw@host/',
      'mailto:a@b.de',
      'urn:isbn:0451450523',
      'file:///etc/passwd',
      'http://[2001:db8::1]/x',
      'tel:+49-30-1',
      's3://bucket/key',
      'a+b-c.d:x',
      'data:,x',
    ],
    [
      '',
      'example.com',
      '//example.com',
      '/a/b',
      '1http://x',
      'http://a b',
      'http://x/%2',
      'http://x/%zz',
      'http://x#a#b',
      'http://x/<a>',
      'http://x/é',
      'http://x\n',
      'http://x/[a]',
      'http://[x/',
      ' http://x',
      'http://x:8a/',
      'http://x/a\\b',
      'http://x/a"b',
    ],
  ],
  uuid: [
    [
      '550e8400-e29b-41d4-a716-446655440000',
      '550E8400-E29B-41D4-A716-446655440000',
      '00000000-0000-0000-0000-000000000000',
    ],
    [
      '',
      '550e8400e29b41d4a716446655440000',
      '{550e8400-e29b-41d4-a716-446655440000}',
      '550e8400-e29b-41d4-a716-44665544000g',
      '550e8400-e29b-41d4-a716-446655440000\n',
    ],
  ],
  hostname: [
    [
      'localhost',
      'example.com',
      'a-b.c',
      '1.2.3.4',
      'xn--bcher-kva.example',
      label63,
      `${label63}.${label63}.${label63}.${'a'.repeat(61)}`,
    ],
    [
      '',
      '.',
      'a.',
      '-a',
      'a-',
      'a..b',
      'a_b',
      'bücher.de',
      `${label63}a`,
      `${label63}.${label63}.${label63}.${'a'.repeat(62)}`,
      'a b',
      'a\n',
    ],
  ],
  ipv4: [
    ['0.0.0.0', '255.255.255.255', '192.168.1.10', '1.20.100.249'],
    ['', '256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4 ', '1.2.3.a', '1..2.3', '٣.1.1.1', '1.2.3.4\n'],
  ],
  ipv6: [
    [
      '::',
      '::1',
      '1::',
      '2001:db8::1',
      '1:2:3:4:5:6:7:8',
      '1::8',
      '1:2::7:8',
      '1:2:3:4:5:6:7::',
      '::2:3:4:5:6:7:8',
      '::ffff:192.0.2.1',
      '1:2:3:4:5:6:1.2.3.4',
      'fe80::ABCD',
      '1:2:3:4::6:7:8',
      '1:2:3::1.2.3.4',
    ],
    [
      '',
      ':',
      ':::',
      '1',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '12345::',
      '::g',
      '1:2:3:4:5:6:7:1.2.3.4',
      '::256.1.1.1',
      'fe80::1%eth0',
      '[::1]',
      '1:2:3:4:5:6:7::8',
      ':1',
      '1:',
      '::1\n',
    ],
  ],
  phone: [
    ['+4930123456', '+12025550123', '+290123456', '+123456789012345', '+2901234'],
    [
      '',
      '4930123456',
      '+0123456789',
      '+1234567890123456',
      '+49 30 123456',
      '+49-30-123',
      '0049301234',
      '+12345',
      '+٣٤١٢٣٤٥٦٧',
    ],
  ],
  iban: [
    [
      'DE89370400440532013000',
      'GB82WEST12345698765432',
      'NO9386011117947',
      'FR1420041010050500013M02606',
      'MT84MALT011000012345MTLCAST001S',
    ],
    [
      '',
      'DE88370400440532013000',
      'DE89 3704 0044 0532 0130 00',
      'de89370400440532013000',
      'DE8937040044053201300',
      'GB82WEST12345698765423',
      'NO938601111794',
      'DE01',
      'DE89370400440532013000\n',
      'XX00AAAAAAAAAAAAAAA',
    ],
  ],
  'country-code': [
    ['DE', 'US', 'GB', 'SS', 'AX', 'ZW', 'TL', 'CW'],
    ['', 'de', 'UK', 'EU', 'XX', 'XK', 'DEU', 'D', 'AN', 'YU', 'DE\n'],
  ],
  'currency-code': [
    ['EUR', 'USD', 'JPY', 'CHF', 'XAU', 'XXX', 'ZWG', 'SLE', 'VES', 'XCG'],
    ['', 'eur', 'DEM', 'HRK', 'EU', 'EURO', 'XYZ', 'BTC', 'USDT', '978'],
  ],
  'language-code': [
    ['en', 'de', 'zh', 'tl', 'fil', 'yue', 'gsw', 'und', 'mul', 'sr', 'aii', 'eng'],
    ['', 'EN', 'ENG', 'en-US', 'xx', 'english', 'jp', 'e', 'iw', 'sh', 'e1', 'éng', 'en\n'],
  ],
  date: [
    [
      '2024-01-01',
      '2024-02-29',
      '2000-02-29',
      '1600-02-29',
      '0004-02-29',
      '9999-12-31',
      '0001-01-01',
      '1899-12-31',
      '2023-02-28',
      '2024-04-30',
    ],
    [
      '',
      '2023-02-29',
      '1900-02-29',
      '2100-02-29',
      '0000-01-01',
      '0000-02-29',
      '2024-04-31',
      '2024-13-01',
      '2024-00-10',
      '2024-01-00',
      '2024-01-32',
      '24-01-01',
      '2024-1-1',
      '20240101',
      '2024/01/01',
      '01.01.2024',
      '2024-02-30',
      '2024-01-01 ',
      '٢٠٢٤-01-01',
      '10000-01-01',
    ],
  ],
  time: [
    ['00:00', '23:59', '23:59:59', '12:30:00.5', '12:30:00.123456', '12:30:00.123456789'],
    ['', '24:00', '9:30', '12:60', '12:30:60', '12:30:', '12:30:00.', '12:30Z', '1230', '12:30.5', '12:30 PM'],
  ],
  'date-time': [
    [
      '2024-01-01T00:00:00Z',
      '2024-02-29T23:59:59.123456+02:00',
      '2024-01-01 12:00:00-05:30',
      '1899-12-31T00:00:00Z',
      '0001-01-01T00:00:00+00:00',
    ],
    [
      '',
      '2024-01-01',
      '2024-01-01T00:00:00',
      '2023-02-29T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01T00:00Z',
      '2024-01-01t00:00:00z',
      '2024-01-01T00:00:60Z',
      '2024-01-01T00:00:00+0200',
      '2024-01-01T00:00:00+24:00',
      '2024-01-01T00:00:00Z\n',
    ],
  ],
};

describe.each(FORMATS)('$name', ({ name }) => {
  const [good, bad] = TABLE[name] ?? [[], []];

  test.each(good)('%j has it', (text) => {
    expect(formatHolds(name, text)).toBe(true);
  });

  test.each(bad)('%j does not', (text) => {
    expect(formatHolds(name, text)).toBe(false);
  });

  test('there are good and bad texts', () => {
    expect([good.length > 2, bad.length > 2]).toEqual([true, true]);
  });
});

describe('DuckDB', () => {
  const texts = [...new Set(Object.values(TABLE).flat(2))];
  const trees = FORMATS.map(({ name, pattern }) => {
    const parsed = parsePattern(pattern);
    if ('problem' in parsed) throw new Error(`${name}: ${parsed.problem.message}`);
    return parsed.tree;
  });
  let answers: readonly (readonly boolean[])[];
  beforeAll(async () => {
    answers = await duckdbMatches(trees.map(printRe2), texts);
  });

  test.each(FORMATS.map(({ name }, index) => ({ name, index })))('matches $name as JavaScript does', ({ index }) => {
    const tree = trees[index] as (typeof trees)[number];
    expect(texts.filter((_, row) => answers[row]?.[index])).toEqual(texts.filter((text) => patternMatches(tree, text)));
  });
});

test('every day from 1890 to 2110 and no other is a date', () => {
  for (let year = 1890; year <= 2110; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      for (const day of [1, 28, 29, 30, 31]) {
        const text = `${year}-${String(month).padStart(2, '0')}-${day === 1 ? '01' : day}`;
        const real = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
        if (formatHolds('date', text) !== real) expect.fail(text);
      }
    }
  }
});

test('two letters are a language exactly if they are listed', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  const known = pairs.filter((code) => formatHolds('language-code', code));
  expect(known).toEqual([...LANGUAGE_CODES]);
  expect(known).toHaveLength(183);
});

describe('code lists', () => {
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const values = (name: string): readonly string[] => formatByName(name)?.values ?? [];

  test.each([
    ['country-code', 249],
    ['currency-code', 178],
  ])('%s has %d different values', (name, count) => {
    expect([values(name).length, new Set(values(name)).size]).toEqual([count, count]);
  });

  test('countries and currencies are known to Unicode', () => {
    expect(values('country-code').filter((code) => regions.of(code) === undefined)).toEqual([]);
    const names = new Intl.DisplayNames(['en'], { type: 'currency', fallback: 'none' });
    expect(values('currency-code').filter((code) => names.of(code) === undefined)).toEqual(['XAD']);
  });

  test('every currency that Unicode calls current is listed, but for withdrawn ones', () => {
    const missing = Intl.supportedValuesOf('currency').filter((code) => !values('currency-code').includes(code));
    expect(missing).toEqual(expect.arrayContaining(['ANG', 'BGN', 'HRK']));
    expect(['EUR', 'SLE', 'VES', 'XCG'].filter((code) => missing.includes(code))).toEqual([]);
  });
});

test('an unknown format is refused', () => {
  expect(formatByName('mail')).toBeUndefined();
  expect(() => formatHolds('mail', 'x')).toThrow('"mail" is no format');
});
