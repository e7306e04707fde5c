import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/yaml/fix.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { toPlain } from '../../src/yaml/tree.ts';

const parse = (text: string) => parseYaml({ name: 'c.yaml', text });
const plain = (text: string) => {
  const { root } = parse(text);
  return root && JSON.parse(JSON.stringify(toPlain(root)));
};

/** What is written, the code, what the message and the hint must hold, and the text after the fix. */
const FIXED: readonly (readonly [string, string, string, string, string])[] = [
  [
    '{ type: decimal(12,2) }',
    'comma-splits',
    'a comma splits this value',
    'type: "decimal(12,2)"',
    '{ type: "decimal(12,2)" }',
  ],
  [
    '{ expect: coalesce(a,0) >= 0 }',
    'comma-splits',
    '"coalesce(a"',
    'expect: "coalesce(a,0) >= 0"',
    '{ expect: "coalesce(a,0) >= 0" }',
  ],
  [
    '{ cron: 0 6 1,15 * *, timezone: UTC }',
    'comma-splits',
    '"0 6 1"',
    '"0 6 1,15 * *"',
    '{ cron: "0 6 1,15 * *", timezone: UTC }',
  ],
  ['{ missing: 0,5% }', 'comma-splits', '"0"', 'missing: "0,5%"', '{ missing: "0,5%" }'],
  [
    '{ description: Red, green and blue }',
    'comma-splits',
    '"Red"',
    '"Red, green and blue"',
    '{ description: "Red, green and blue" }',
  ],
  ["{ where: s = 'a, b', x: 1 }", 'comma-splits', 'comma', `where: "s = 'a, b'"`, `{ where: "s = 'a, b'", x: 1 }`],
  ['[a, coalesce(b, c), d]', 'comma-splits', 'the item', '"coalesce(b, c)"', '[a, "coalesce(b, c)", d]'],
  ['{type:int64}', 'missing-blank', '"type:"', 'type: …', '{type: int64}'],
  [
    '{type:decimal(12,2), required: true}',
    'comma-splits',
    'comma',
    'type: "decimal(12,2)"',
    '{type: "decimal(12,2)", required: true}',
  ],
  [
    "payload #>> '{a}' is not null",
    'comment-cuts',
    '"#>>" starts a comment',
    'or put a space after #',
    `"payload #>> '{a}' is not null"`,
  ],
  [
    "payload #>> '{a}' # the path",
    'comment-cuts',
    '"payload"',
    `"payload #>> '{a}'"`,
    `"payload #>> '{a}'" # the path`,
  ],
  ['^a #b$', 'comment-cuts', '"^a"', '"^a #b$"', '"^a #b$"'],
  ['Issue #12', 'comment-cuts', '"#12"', '"Issue #12"', '"Issue #12"'],
  ['true #todo', 'comment-cuts', '"#todo"', 'a space after #', 'true # todo'],
  ['{ b: x #y z, c: d }', 'comment-cuts', '"#y"', '"x #y z"', '{ b: "x #y z", c: d }'],
  ['#data', 'comment-cuts', '"#data" is a comment', 'k: "#data"', '"#data"'],
  ['{ slack: #data, b: c }', 'comment-cuts', '"#data"', 'slack: "#data"', '{ slack: "#data", b: c }'],
  ['@x', 'needs-quotes', '"@"', 'k: "@x"', '"@x"'],
  ['`x`', 'needs-quotes', '"`"', '"`x`"', '"`x`"'],
  ['%x', 'needs-quotes', '"%"', '"%x"', '"%x"'],
  ['"^\\d+$"', 'bad-escape', '"\\d"', "'^\\d+$'", "'^\\d+$'"],
  [`"it's \\d \\"x\\""`, 'bad-escape', '"\\d"', `'it''s \\d "x"'`, `'it''s \\d "x"'`],
  ['{ pattern: ^[A-Z]{3}$ }', 'needs-quotes', '"["', 'pattern: "^[A-Z]{3}$"', '{ pattern: "^[A-Z]{3}$" }'],
  ['[A-Z]{3}', 'needs-quotes', 'closing "]"', 'k: "[A-Z]{3}"', '"[A-Z]{3}"'],
  ['{ p: [A-Z]{3}, q: 1 }', 'needs-quotes', 'closing "]"', 'p: "[A-Z]{3}"', '{ p: "[A-Z]{3}", q: 1 }'],
  ['{orders}.id > 3', 'needs-quotes', 'closing "}"', '"{orders}.id > 3"', '"{orders}.id > 3"'],
  ['*/15 * * * *', 'needs-quotes', '"*" begins an alias', '"*/15 * * * *"', '"*/15 * * * *"'],
  ['{ url: ${X} }', 'needs-quotes', '"{"', 'url: "${X}"', '{ url: "${X}" }'],
  ['{ lines[].qty: int32 }', 'needs-quotes', 'key "lines[].qty"', '"lines[].qty"', '{ "lines[].qty": int32 }'],
  ['"a b" > 0', 'needs-quotes', 'behind the closing quote', `'"a b" > 0'`, `'"a b" > 0'`],
  [
    '{ e: "a" = 1 and "b" in (1, 2), f: 3 }',
    'needs-quotes',
    'closing quote',
    'in (1, 2)',
    `{ e: '"a" = 1 and "b" in (1, 2)', f: 3 }`,
  ],
  [`'it's'`, 'needs-quotes', 'closing quote', `"it's"`, `"it's"`],
  ["note <> 'a: b'", 'needs-quotes', 'makes a key of its own', `"note <> 'a: b'"`, `"note <> 'a: b'"`],
  ['!x', 'tag', '"!x" is a YAML tag', 'k: "!x"', '"!x"'],
  ['!is_test and y', 'tag', 'YAML tag', '"!is_test and y"', '"!is_test and y"'],
  ['|', 'empty-block', '"|"', 'k: "|"', '"|"'],
  ['{ delimiter: | }', 'needs-quotes', '"|"', 'delimiter: "|"', '{ delimiter: "|" }'],
  ['{ delimiter: , }', 'needs-quotes', '","', 'delimiter: ","', '{ delimiter: "," }'],
  ['> 0', 'needs-quotes', '">"', '"> 0"', '"> 0"'],
  ['-', 'needs-quotes', '"-" begins a list item', 'k: "-"', '"-"'],
  ['["", -]', 'needs-quotes', 'list item', 'write "-"', '["", "-"]'],
];

describe('an accident', () => {
  it.each(FIXED)('%s', (written, code, message, hint, fixed) => {
    // What stands around it must stay as it is, byte by byte, and must not change what is said.
    const around = (value: string) => `# head\r\na:   'x'\nm:\n  k: ${value}\n  z: { y:   1 }\nlast: 'it''s' # é 漢\n`;
    const text = around(written);
    const { diagnostics, root } = parse(text);
    expect(diagnostics.map((each) => each.code)).toEqual([`yaml/${code}`]);
    const [diagnostic] = diagnostics;
    expect(diagnostic?.message).toContain(message);
    expect(diagnostic?.hint).toContain(hint);
    expect(diagnostic?.at?.line).toBe(4);
    expect(applyFixes(text, diagnostic?.fix ? [diagnostic.fix] : [])).toBe(around(fixed));
    expect(parse(around(fixed)).diagnostics).toEqual([]);
    // Even before the fix the tree holds what was meant.
    expect(JSON.parse(JSON.stringify(root && toPlain(root)))).toEqual(plain(around(fixed)));
  });

  it('is told of in every place, each with its path, and one fix mends them all', () => {
    const text = FIXED.map(([written], index) => `k${index}: ${written}\n`).join('');
    const { diagnostics } = parse(text);
    expect(diagnostics.map((each) => each.at?.line)).toEqual(FIXED.map((_, index) => index + 1));
    expect(diagnostics.find((each) => each.at?.line === 1)?.path).toBe('k0.type');
    const fixed = applyFixes(
      text,
      diagnostics.flatMap((each) => each.fix ?? []),
    );
    expect(fixed).toBe(FIXED.map((each, index) => `k${index}: ${each[4]}\n`).join(''));
  });

  it.each([
    ['{ type: string, required }', 'comma-splits', '"required" has no value'],
    ['{ required }', 'no-value', '"required" is a key without a value'],
    ['!!js/function x', 'tag', '"!!js/function"'],
    ["'tis the season", 'unclosed', "the quote ' is not closed"],
    ['{ a: [b, c }', 'unclosed', 'the bracket "{" is not closed'],
    ['"\\\\d\\s"', 'bad-escape', '"\\s"'],
    ['*nope', 'unresolved-alias', '"*nope"'],
  ])('without a sure remedy has no fix: %s', (written, code, message) => {
    const { diagnostics } = parse(`a: 1\nk: ${written}\nz: { t: decimal(1,2) }\n`);
    expect(diagnostics.map((each) => each.code)).toEqual([`yaml/${code}`, 'yaml/comma-splits']);
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]?.fix).toBeUndefined();
  });

  it('of a missing blank on lines of their own is told of once a line', () => {
    const text = 'c: d\na:b\nx:y\ne: f\n';
    const { diagnostics } = parse(text);
    expect(diagnostics.map(({ code, at }) => [code, at?.line])).toEqual([
      ['yaml/missing-blank', 2],
      ['yaml/missing-blank', 3],
    ]);
    expect(
      applyFixes(
        text,
        diagnostics.flatMap((each) => each.fix ?? []),
      ),
    ).toBe('c: d\na: b\nx: y\ne: f\n');
  });

  it.each([
    'v: value # real comment',
    'v: value ## real',
    '#whole line\nv: 1\n  #indented\nw: 2',
    'tables: #all of them\n  a: 1',
    'v: "quoted" #behind quotes',
    'v: http://x.example/a#b',
    'v: a:b and c,d [e] {f}',
    'v: { a: b:c, d: "x, y", e: (1 + 2) }',
    'v: { a: [x, y], b: { c: d }, }',
    'v: {\n  a: long\n    text,\n  b: c\n}',
    'v: long\n  text, over\n  lines\nw: 1',
    "v: don't\nw: it's, they're\nx: [it's, that's]",
    'v: |\n  a: { b, c\n  #x "\n\n  !y\nw: 1',
    'v: >-\n  a: b\nw: 1',
    '- &a { x: 1 }\n- *a',
    'v: &a 1\nw: *a\nx: !!str 12\ny: { <<: { q: 1 } }',
    '? a\n: b',
    'v: "line\n  two \\u00e9"\nw: 1',
    'v: 5 %\nw: -1\nx: ---\ny: -a\nz: ?b',
    'v: { a: -1, b: -x, c: ?y }',
  ])('is not seen in %j', (text) => {
    expect(parse(text).diagnostics.filter((each) => each.code !== 'yaml/root-not-a-map')).toEqual([]);
  });
});
