import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoted } from '../../generators/mermaid/label.ts';
import { mermaid } from '../../generators/mermaid.ts';
import { projectFolder } from '../support/project-folder.ts';
import { PIECES, withText } from './hostile-contract.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';

/** What every version of mermaid since entities may have labels reads, and no more. */
const LABEL = String.raw`"(?:[^"#%;:\x60<>{}\[\]\\&$|*\ufb02\n\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|#\d+;|<br/>)+"`;
const WORD = '(?![PpFfUu][Kk]\\b)[A-Za-z_][A-Za-z0-9_-]*';
const ENTITIES: readonly RegExp[] = [
  new RegExp(`^    [tr]\\d+\\[${LABEL}\\](?: \\{)?$`, 'u'),
  new RegExp(`^        ${WORD} ${WORD}(?: (?:PK|FK|UK)(?:, (?:PK|FK|UK))*)?(?: ${LABEL})?$`, 'u'),
  /^ {4}\}$/,
  new RegExp(`^    t\\d+ (?:\\}o|\\|o)--(?:\\|\\||o\\|) [tr]\\d+ : ${LABEL}$`, 'u'),
];
const NODE = String.raw`(?:\[${LABEL}\]|\(\[${LABEL}\]\)|\[/${LABEL}/\])`;
const LINEAGE: readonly RegExp[] = [
  new RegExp(`^    [cur]\\d+${NODE}$`, 'u'),
  new RegExp(`^    [cur]\\d+ -->(?:\\|${LABEL}\\|)? [cur]\\d+$`, 'u'),
];

interface Diagram {
  readonly kind: string;
  readonly lines: readonly string[];
}

function diagrams(text: string): readonly Diagram[] {
  return [...text.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, inside = '']) => {
    const [kind = '', ...lines] = inside.trimEnd().split('\n');
    return { kind, lines };
  });
}

/** Lines that the grammar does not know, or that set what they should not. */
function strange(text: string): readonly string[] {
  return diagrams(text).flatMap(({ kind, lines }) => {
    const known = kind === 'erDiagram' ? ENTITIES : kind === 'flowchart LR' ? LINEAGE : [];
    const isKnown = (line: string): boolean =>
      known.some((form) => form.test(line)) && !/direction\s+(?:TB|BT|LR|RL)/i.test(line);
    return [...(known.length === 0 ? [kind] : []), ...lines.filter((line) => !isKnown(line))];
  });
}

async function pages(path: string) {
  return mermaid.generate(await inputOf(path), {});
}

describe('grammar', () => {
  test.each([
    ['the fixture', FIXTURE],
    ['the shipped contract', SHIPPED],
  ])('of %s, every line is one that mermaid reads', async (_, path) => {
    const { files } = await pages(path);
    for (const { text } of files) expect(strange(text)).toEqual([]);
    expect(files.flatMap(({ text }) => diagrams(text)).length).toBeGreaterThan(1);
  });

  test('of any contract, every line is one that mermaid reads, and there are two diagrams', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }), async (pieces) => {
        const { files } = await mermaid.generate(await withText(pieces.join('')), {});
        const text = files[0]?.text ?? '';
        expect(strange(text)).toEqual([]);
        expect(diagrams(text)).toHaveLength(2);
      }),
      { numRuns: 150 },
    );
  });

  test('strange lines are found', () => {
    const text =
      '```mermaid\nerDiagram\n    t0["a"b"]\n    t0["direction LR"]\n        int64 pk\n%%{init: {}}%%\n```\n';
    expect(strange(text)).toHaveLength(4);
  });
});

test('a label gives the text back, blanks apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aZ09 _\n\t"#%;:`<>{}[]\\&$|*@/ﬂé🚚') }), (text) => {
      const inside = quoted(text).slice(1, -1);
      const decoded = inside.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
      expect(decoded.trim()).toBe(text.trim().replace(/\s+/g, ' '));
    }),
  );
});

describe('references', () => {
  const FILES = {
    'contracts/a.yaml': `contract: a
version: 1.0.0
status: draft
tables:
  t:
    key: [id]
    columns:
      id: { type: int64, references: u.id }
      many: { type: int64, required: true, references: u.id }
      some: { type: int64, references: b/v.id }
      one: { type: int64, unique: true, references: u.id }
      loose: { type: int64, required: true, unique: { allow: 1 }, references: { to: u.id, allow: 1 } }
      none: { type: int64, required: true, missing: { values: [0] }, references: u.id }
    checks:
      pair: { references: { columns: [many, some], to: [u.id, u.other] } }
  u: { columns: { id: int64, other: int64 } }
`,
    'contracts/b.yaml': 'contract: b\nversion: 1.0.0\nstatus: draft\ntables: { v: { columns: { id: int64 } } }\n',
  };

  test('lead to tables of this and of other contracts, with how many rows are on either side', async () => {
    const folder = await projectFolder(FILES);
    const { files } = await pages(`${folder}/contracts/a.yaml`);
    const [entities] = diagrams(files[0]?.text ?? '');
    expect(entities?.lines.filter((line) => !line.startsWith('        ')).map((line) => line.trim())).toEqual([
      't0["t"] {',
      '}',
      't1["u"] {',
      '}',
      'r0["b/v"]',
      't0 |o--|| t1 : "id"',
      't0 }o--|| t1 : "many"',
      't0 }o--o| r0 : "some"',
      't0 |o--o| t1 : "one"',
      't0 }o--o| t1 : "loose"',
      't0 }o--o| t1 : "none"',
      't0 }o--o| t1 : "many, some"',
    ]);
    expect(entities?.lines.filter((line) => line.includes('UK')).map((line) => line.trim())).toEqual([
      'int64 one FK, UK',
    ]);
  });
});

test('lineage joins contracts that read each other, and names what lies outside', async () => {
  const contract = (id: string, more: string) =>
    `contract: ${id}\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { id: int64 } } }\n${more}`;
  const folder = await projectFolder({
    'contracts/a.yaml': contract('a', 'upstream: { b: [t.id], "external:crm": all }\n'),
    'contracts/b.yaml': contract('b', 'consumers: { model: { party: team, uses: [t.id] } }\n'),
  });
  const { files } = await pages(folder);
  expect(files.map(({ path }) => path)).toEqual(['index.diagrams.md', 'a.v1.diagrams.md', 'b.v1.diagrams.md']);
  expect(diagrams(files[0]?.text ?? '')[0]?.lines.map((line) => line.trim())).toEqual([
    'u0[/"crm"/]',
    'c0["a 1.0.0"]',
    'c1["b 1.0.0"]',
    'r0(["model<br/>team"])',
    'c1 -->|"1 column"| c0',
    'u0 -->|"all columns"| c0',
    'c1 -->|"1 column"| r0',
  ]);
});

test('a name that is a mark of keys to mermaid is none of its own', async () => {
  const folder = await projectFolder({
    'contracts/a.yaml':
      'contract: a\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { Pk: int64, fk-x: int64, uk_x: int64 } } }\n',
  });
  const [entities] = diagrams((await pages(folder)).files[0]?.text ?? '');
  expect(entities?.lines.map((line) => line.trim()).slice(1, 4)).toEqual([
    'int64 column_1 "Pk"',
    'int64 column_2 "fk-x"',
    'int64 uk_x',
  ]);
});

test('a name that mermaid cannot write stands beside a number, and a note says so', async () => {
  const { files, notes } = await pages(`${FIXTURE}/contracts/hostile.yaml`);
  expect(files[0]?.text).toContain('        date column_13 "sp ace"\n');
  expect(notes).toContainEqual({
    where: 'hostile.names/class.sp ace',
    message: 'mermaid cannot write such a name: the column is numbered, with its name beside it',
  });
});
