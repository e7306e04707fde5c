import type { Position, SourceFile } from '../../src/model/diagnostic.ts';

export const BASE = '4f2c1aa09d3b5e6f7a8b9c0d1e2f3a4b5c6d7e8f';

/** What a terminal, a CI log, a browser or a platform would act on. */
export const HOSTILE = {
  script: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  cdata: 'a ]]> b & "c" \'d\' <e/>',
  command: '\n::error file=a.js::planted\r\n::add-mask::x ##[error]planted %0A::warning::planted',
  escapes: '\u001b[31mred\u001b]0;title\u0007 c1 \u009b31m back\b\b nul\u0000 \ufffe',
  direction: 'rtl\u202eexe.txt zero\u200bwidth\ufeff line\u2028break',
  mention: '@org/team cc @ann #12 !7 GH-3 https://evil.example/x www.evil.example ann@evil.example :tada: $x$ deadbeef',
  markdown:
    '`tick` ``two`` | pipe \\| *bold* _it_ [link](https://evil.example) ![i](https://evil.example/i.png) <!-- c --> # h',
  long: 'x'.repeat(1100),
} as const;
const { script, cdata, command, escapes, direction, mention, markdown, long } = HOSTILE;
export const EVERYTHING = [script, cdata, command, escapes, direction, mention, markdown, long].join(' ');

const ORDERS_OLD = `contract: shop.orders
version: 1.4.0
tables:
  orders:
    freshness: 6h
    timeColumn: placed_at
    columns:
      order_id: int64
      legacy_code: string
      qty: int16
      email: { type: string, pattern: '.+@.+' }
      status: { enum: [open, paid] }
      amount: { type: 'decimal(12,2)', min: 0 }
`;
const ORDERS_NEW = `contract: shop.orders
version: 1.5.0
tables:
  orders:
    freshness: 12h
    timeColumn: placed_at
    columns:
      order_id: int64
      customer_id: { type: int64, required: true }
      qty: int32
      email: { type: string, pattern: '[a-z.]+@[a-z.]+' }
      status: { enum: [open, paid, void] }
      amount: { type: 'decimal(12,2)', min: 1 }
      note: { type: string, description: what the customer wrote }
`;
const LEGACY = 'contract: shop.legacy\nversion: 2.0.0\ntables:\n  legacy: { columns: { id: int64 } }\n';
const FRESH = 'contract: shop.returns\nversion: 1.0.0\ntables:\n  returns: { columns: { id: int64 } }\n';
const HOSTILE_FILE = `contract: shop.hostile\n# ${EVERYTHING.replaceAll('\n', ' ')}\nversion: 1.0.0\n`;
const WAIVERS = `waivers:
  - fingerprint: 5d0a3c8e21b7
    rule: enum-value-added
    path: orders.status.void
`;

export const SOURCES: ReadonlyMap<string, SourceFile> = new Map(
  [
    ['surety.yaml', 'parties: { ann: { name: Ann } }\n'],
    ['contracts/orders.yaml', ORDERS_NEW],
    ['contracts/returns.yaml', FRESH],
    ['contracts/hostile.yaml', HOSTILE_FILE],
    ['contracts/waivers.yaml', WAIVERS],
    ['4f2c1aa:shop/surety.yaml', 'parties: { ann: { name: Ann } }\n'],
    ['4f2c1aa:shop/contracts/orders.yaml', ORDERS_OLD],
    ['4f2c1aa:shop/contracts/legacy.yaml', LEGACY],
    ['4f2c1aa:shop/contracts/broken.yaml', 'contract: shop.broken\nversion: [1\n'],
  ].map(([name = '', text = '']) => [name, { name, text }]),
);

/** Where a text stands in one of the files. */
export function position(file: string, text: string): Position {
  const source = SOURCES.get(file)?.text ?? '';
  const start = source.indexOf(text);
  if (start < 0) throw new Error(`"${text}" is not in ${file}`);
  const before = source.slice(0, start).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { file, line: before.length, column, endLine: before.length, endColumn: column + text.length };
}
