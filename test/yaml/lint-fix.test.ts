import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/yaml/fix.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { toPlain } from '../../src/yaml/tree.ts';

interface Case {
  readonly written: string;
  readonly code: string;
  /** The line as `lint --fix` leaves it. */
  readonly fixed: string;
  /** What the value is then. */
  readonly meant: unknown;
  /** A part of message or hint. */
  readonly says?: string;
  readonly key?: string;
}

const text = (written: string, code: string, quoted: string, meant: string, says?: string): Case => {
  const [key = ''] = written.split(':');
  return { written, code, fixed: `${key}: ${quoted}`, meant, key, ...(says !== undefined && { says }) };
};

/** Values inside braces; `written` is what stands behind `v: `. */
const inBraces = (value: string, code: string, quoted: string, meant: string, says?: string): Case => ({
  written: `a: { v: ${value}, z: 1 }`,
  code,
  fixed: `a: { v: ${quoted}, z: 1 }`,
  meant: { v: meant, z: 1 },
  key: 'a',
  ...(says !== undefined && { says }),
});

const COMMAS: readonly Case[] = [
  inBraces('decimal(12,2)', 'yaml/comma-splits', '"decimal(12,2)"', 'decimal(12,2)', 'write v: "decimal(12,2)"'),
  inBraces('coalesce(a,0) >= 0', 'yaml/comma-splits', '"coalesce(a,0) >= 0"', 'coalesce(a,0) >= 0'),
  inBraces('coalesce(a, b, 0) >= 0', 'yaml/comma-splits', '"coalesce(a, b, 0) >= 0"', 'coalesce(a, b, 0) >= 0'),
  inBraces('0 6 1,15 * *', 'yaml/comma-splits', '"0 6 1,15 * *"', '0 6 1,15 * *'),
  inBraces('0,5%', 'yaml/comma-splits', '"0,5%"', '0,5%', 'a comma splits this value'),
  inBraces("x in ('a', 'b')", 'yaml/comma-splits', `"x in ('a', 'b')"`, "x in ('a', 'b')"),
  inBraces('array<decimal(12,2)>', 'yaml/comma-splits', '"array<decimal(12,2)>"', 'array<decimal(12,2)>'),
  {
    written: 'a: { type: decimal(12,2) }',
    code: 'yaml/comma-splits',
    fixed: 'a: { type: "decimal(12,2)" }',
    meant: { type: 'decimal(12,2)' },
    says: 'write type: "decimal(12,2)"',
  },
  {
    written: 'a: [decimal(12,2), x]',
    code: 'yaml/comma-splits',
    fixed: 'a: ["decimal(12,2)", x]',
    meant: ['decimal(12,2)', 'x'],
  },
  {
    written: 'a: {type:int64}',
    code: 'yaml/missing-blank',
    fixed: 'a: {type: int64}',
    meant: { type: 'int64' },
    says: 'blank is missing behind "type:"',
  },
  {
    written: '"a":int64',
    code: 'yaml/missing-blank',
    fixed: '"a": int64',
    meant: 'int64',
    key: 'a',
  },
  {
    written: 'a: { type:int64, required:true }',
    code: 'yaml/missing-blank',
    fixed: 'a: { type: int64, required: true }',
    meant: { type: 'int64', required: true },
  },
];

const COMMENTS: readonly Case[] = [
  text(
    `expect: payload #>> '{a}' is not null`,
    'yaml/comment-cuts',
    `"payload #>> '{a}' is not null"`,
    `payload #>> '{a}' is not null`,
    'put a space after # if a comment is meant',
  ),
  text('pattern: ^a #b$', 'yaml/comment-cuts', '"^a #b$"', '^a #b$'),
  text('description: Issue #12', 'yaml/comment-cuts', '"Issue #12"', 'Issue #12'),
  text('description: Issue #12 # real', 'yaml/comment-cuts', '"Issue #12" # real', 'Issue #12'),
  inBraces('Issue #12', 'yaml/comment-cuts', '"Issue #12"', 'Issue #12'),
  text('slack: #data', 'yaml/comment-cuts', '"#data"', '#data', 'write slack: "#data"'),
  inBraces('#data', 'yaml/comment-cuts', '"#data"', '#data'),
];

const BROKEN: readonly Case[] = [
  text('slack: @x', 'yaml/needs-quotes', '"@x"', '@x', '"@"'),
  text('a: `x` > 0', 'yaml/needs-quotes', '"`x` > 0"', '`x` > 0', '"`"'),
  text('a: %x', 'yaml/needs-quotes', '"%x"', '%x', '"%"'),
  text('pattern: "^\\d+$"', 'yaml/bad-escape', "'^\\d+$'", '^\\d+$', `write pattern: '^\\d+$'`),
  text(`pattern: "it's \\d"`, 'yaml/bad-escape', `'it''s \\d'`, `it's \\d`),
  inBraces('"^\\d+$"', 'yaml/bad-escape', "'^\\d+$'", '^\\d+$'),
  inBraces('^[A-Z]{3}$', 'yaml/needs-quotes', '"^[A-Z]{3}$"', '^[A-Z]{3}$', '"["'),
  inBraces('^[A-Z]{2,3}$', 'yaml/needs-quotes', '"^[A-Z]{2,3}$"', '^[A-Z]{2,3}$'),
  text('cron: */15 * * * *', 'yaml/needs-quotes', '"*/15 * * * *"', '*/15 * * * *', '"*"'),
  text('cron: * * * * *', 'yaml/needs-quotes', '"* * * * *"', '* * * * *'),
  inBraces('*/15 * * * *', 'yaml/needs-quotes', '"*/15 * * * *"', '*/15 * * * *'),
  inBraces('${X}', 'yaml/needs-quotes', '"${X}"', '${X}', '"{"'),
  inBraces('${X:-./data}/raw', 'yaml/needs-quotes', '"${X:-./data}/raw"', '${X:-./data}/raw'),
  text('expect: "a b" > 0', 'yaml/needs-quotes', `'"a b" > 0'`, '"a b" > 0'),
  inBraces('"a b" > 0', 'yaml/needs-quotes', `'"a b" > 0'`, '"a b" > 0'),
  text(`expect: 'a' = b`, 'yaml/needs-quotes', `"'a' = b"`, `'a' = b`),
  text(`expect: note <> 'a: b'`, 'yaml/needs-quotes', `"note <> 'a: b'"`, `note <> 'a: b'`),
  text(`expect: note <> "a: b"`, 'yaml/needs-quotes', `'note <> "a: b"'`, `note <> "a: b"`),
  text('expect: [a, b] = c', 'yaml/needs-quotes', '"[a, b] = c"', '[a, b] = c'),
  text('expect: {orders}.x > 0', 'yaml/needs-quotes', '"{orders}.x > 0"', '{orders}.x > 0'),
  text('expect: !x', 'yaml/tag', '"!x"', '!x', '"!x" is a YAML tag'),
  inBraces('!x', 'yaml/tag', '"!x"', '!x'),
  text('delimiter: |', 'yaml/empty-block', '"|"', '|', '"|"'),
  text('delimiter: >', 'yaml/empty-block', '">"', '>'),
  inBraces('|', 'yaml/needs-quotes', '"|"', '|'),
  inBraces('-', 'yaml/needs-quotes', '"-"', '-'),
  text('expect: & x', 'yaml/needs-quotes', '"& x"', '& x'),
];

/** Around each case, so that neither the neighbours nor their comments change. */
const around = (line: string, ending: string): string =>
  ['before: 1  #  kept   ', line, "after:   { b: [1,2],c: 'x' }", '# last', ''].join(ending);

describe.each([
  ['a comma splits the value', COMMAS],
  ['a comment cuts the value', COMMENTS],
  ['the value breaks the parser', BROKEN],
])('%s', (_name, cases) => {
  it.each(cases)('$written', ({ written, code, fixed, meant, says, key }) => {
    for (const ending of ['\n', '\r\n']) {
      const source = around(written, ending);
      const { root, diagnostics } = parseYaml({ name: 'a.yaml', text: source });
      const glued = [...written.matchAll(/[\w"]:\w/g)].length;
      const expected = code === 'yaml/missing-blank' ? glued : 1;
      expect(diagnostics.map((each) => each.code)).toEqual(Array(expected).fill(code));
      for (const each of diagnostics) {
        expect(each.at).toMatchObject({ file: 'a.yaml', line: 2, endLine: 2 });
        expect(each.severity).toBe('error');
        expect(each.hint).toBeDefined();
      }
      if (says !== undefined) expect(`${diagnostics[0]?.message}\n${diagnostics[0]?.hint}`).toContain(says);

      const mended = applyFixes(
        source,
        diagnostics.flatMap(({ fix }) => (fix ? [fix] : [])),
      );
      const again = parseYaml({ name: 'a.yaml', text: mended });
      expect(again.diagnostics).toEqual([]);
      expect(mended).toBe(around(fixed, ending));
      const name = key ?? written.split(':')[0] ?? '';
      const plain = { before: 1, [name]: meant, after: { b: [1, 2], c: 'x' } };
      if (again.root) expect(JSON.parse(JSON.stringify(toPlain(again.root)))).toEqual(plain);
      // What was meant is read even before it is mended, so that one run tells everything.
      expect(root && JSON.parse(JSON.stringify(toPlain(root)))).toEqual(plain);
    }
  });
});

describe('what is no accident', () => {
  it.each([
    ['value # real'],
    ['value   # real #12'],
    ['a#b'],
    ['"x #y"'],
    ["'x #y' #touching, but behind quotes"],
    ['http://x.example/#top'],
    ['{ a: 1, b: } # c'],
    ['{ a: ~ }'],
    ['{ "x":1 }'],
    ['{ a: http://x.example:80/y, b: 09:30 }'],
    ['[a, b, # c', '  d]'],
    ['shipped_at >= placed_at'],
    ["status = 'placed'"],
    ["x <> 'it''s'"],
    ["don't"],
    ['|', '  text #not a comment', '  key: value', 'b: 2'],
    ['>-', '  "half', 'b: 2'],
    ['|  # why', '  text'],
    ['"two', '  lines"'],
    ['two', '  lines'],
    ['&x { a: 1 }', 'c: *x'],
    ['# a comment on the map', '  b: 1'],
    ['#touching', '  b: 1'],
    ['!!str 12'],
    ['-1'],
    ['--x'],
    ['{ a: -1, b: ?x, c: :y }'],
    ['"\\u00e9 \\" \\\\ \\t \\r \\/"'],
    ['"a \\', '  folded line"'],
    ['{ zone: { physicalName: [Gebiet, Zone] }, missing: ["", "-"] }'],
    ['{ a: [], b: {}, c: "" }'],
    ['{', '  x: 1, # one', '  y: 2,', '}'],
  ])('a: %s', (...lines) => {
    const source = `# whole line\n#touching\na: ${lines.join('\n')}\n  # indented\n`;
    expect(parseYaml({ name: 'a.yaml', text: source }).diagnostics).toEqual([]);
  });
});

describe('several accidents in one file', () => {
  const every = [...COMMAS, ...COMMENTS, ...BROKEN];
  const source = every.map(({ written }, index) => `k${index}:\n  ${written}\n`).join('');

  it('are all told, each at its own line', () => {
    const { diagnostics } = parseYaml({ name: 'a.yaml', text: source });
    const lines = new Set(diagnostics.map(({ at }) => at?.line));
    expect([...lines]).toEqual(every.map((_, index) => 2 * index + 2));
    expect(diagnostics).toHaveLength(every.length + 1);
  });

  it('are all mended at once', () => {
    const { diagnostics } = parseYaml({ name: 'a.yaml', text: source });
    const mended = applyFixes(
      source,
      diagnostics.flatMap(({ fix }) => (fix ? [fix] : [])),
    );
    expect(mended).toBe(every.map(({ fixed }, index) => `k${index}:\n  ${fixed}\n`).join(''));
    expect(parseYaml({ name: 'a.yaml', text: mended }).diagnostics).toEqual([]);
  });

  it('do not hide another mistake', () => {
    const { diagnostics } = parseYaml({ name: 'a.yaml', text: `${source}z: 1\nz: 2\nlast: *none\n` });
    expect(diagnostics.slice(-2).map(({ code }) => code)).toEqual(['yaml/duplicate-key', 'yaml/unresolved-alias']);
  });
});

describe('accidents that no quotes surely mend', () => {
  it.each([
    ['a: { type: string, required }', 'yaml/comma-splits'],
    ['a: { y }', 'yaml/no-value'],
    ['a: "x\nb: 1', 'yaml/unclosed'],
    ['a: !!js/function x', 'yaml/tag'],
    ['a: { b: 1\nc: 2', 'yaml/unclosed'],
    ['a: "\\d \\\\d"', 'yaml/bad-escape'],
  ])('%j is told once and left alone', (source, code) => {
    const { diagnostics } = parseYaml({ name: 'a.yaml', text: source });
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    expect(diagnostics[0]?.fix).toBeUndefined();
  });
});

describe('applyFixes', () => {
  it('sorts, drops what overlaps or lies outside, and keeps every other byte', () => {
    const fixes = [
      { start: 4, end: 6, text: 'XX' },
      { start: 0, end: 1, text: '' },
      { start: 5, end: 7, text: 'lost' },
      { start: 3, end: 2, text: 'lost' },
      { start: 9, end: 99, text: 'lost' },
      { start: 8, end: 8, text: '+' },
    ];
    expect(applyFixes('0123456789', fixes)).toBe('123XX67+89');
    expect(applyFixes('a\r\nb', [])).toBe('a\r\nb');
  });
});
