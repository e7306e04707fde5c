import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { Document, isMap, isScalar, type Pair, parse, parseDocument, type Scalar, stringify, visit } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { compareProjects, type ProjectSide } from '../../src/diff/compare-projects.ts';
import { ROOT } from '../support/cli.ts';
import { MEMORY_ROOT, memoryFiles } from '../support/memory-files.ts';
import { readDiffSpecs } from './compare-spec.ts';

const ASOF = { asOf: '2026-11-25' };
const HEAD = 'contract: case\nversion: 1.0.0\nraci: { accountable: owner }\n';

/** A contract file and the project file it belongs to. */
interface Text {
  readonly text: string;
  readonly project?: string;
}

/** Contracts that use the whole language: the reference, the ones that ship, and both sides of every spec. */
function corpus(): readonly Text[] {
  const files = ['test/contract/reference/contracts', 'contracts', 'examples/shop/contracts'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.yaml') && name !== 'waivers.yaml')
      .map((name) => ({ text: readFileSync(join(ROOT, folder, name), 'utf8') })),
  );
  const checks = readdirSync(join(ROOT, 'test/specs/checks')).flatMap((name) =>
    (
      parse(readFileSync(join(ROOT, 'test/specs/checks', name), 'utf8'), { intAsBigInt: true }) as {
        contract: object;
      }[]
    ).map(({ contract }) => ({ text: `${HEAD}${stringify({ tables: contract })}` })),
  );
  const specs = readDiffSpecs().flatMap(({ cases }) =>
    cases.flatMap(({ before, after, project }) =>
      [before, after].flatMap((text) =>
        text === null
          ? []
          : [
              {
                text: (/^(?:raci|status):/m.test(text) ? HEAD.replace(/^raci.*\n/m, '') : HEAD) + text,
                ...(typeof project === 'string' && { project }),
              },
            ],
      ),
    ),
  );
  return [...files, ...specs, ...checks];
}

async function sideOf({ text, project }: Text): Promise<ProjectSide & { readonly isValid: boolean }> {
  const files = memoryFiles({ 'contracts/case.yaml': text, ...(project !== undefined && { 'surety.yaml': project }) });
  const loaded = await loadContracts([], { cwd: MEMORY_ROOT, variables: {}, files, lint: false });
  const contracts = loaded.contracts.map(({ contract }) => contract);
  return { project: loaded.project, contracts, isValid: contracts.length === 1 };
}

const texts = corpus();
let sides: readonly (ProjectSide & { readonly isValid: boolean })[];
beforeAll(async () => {
  sides = await Promise.all(texts.map(sideOf));
});

test('the corpus is large and nearly all of it can be read', () => {
  expect(texts.length).toBeGreaterThan(400);
  expect(sides.filter(({ isValid }) => isValid).length).toBeGreaterThan(texts.length * 0.95);
});

test('a contract compared with itself gives nothing', () => {
  for (const side of sides) expect(changes(side, side)).toEqual([]);
});

test('no pair of contracts crashes, and what is found can be told apart', () => {
  const valid = sides.filter(({ isValid }) => isValid);
  const any = fc.nat(valid.length - 1);
  fc.assert(
    fc.property(any, any, (left, right) => {
      const [old, now] = [valid[left], valid[right]] as [ProjectSide, ProjectSide];
      // The two stand for two versions of one contract.
      const found = changes({ ...old, isOneFile: true }, { ...now, isOneFile: true });
      expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
      for (const { path, message, rule } of found) {
        expect(message, `${rule} ${path}`).not.toMatch(/undefined|\[object/);
        // Which texts count as missing may be said of NaN itself.
        if (rule !== 'missing-definition-changed') expect(message, `${rule} ${path}`).not.toContain('NaN');
      }
    }),
    { numRuns: 3000, seed: 5 },
  );
});

test('formatting, comments, key order, anchors and units of durations never make a finding', async () => {
  const cases = texts.filter((_, index) => sides[index]?.isValid);
  await fc.assert(
    fc.asyncProperty(fc.nat(cases.length - 1), fc.nat(), async (index, seed) => {
      const original = cases[index] as Text;
      const text = rewritten(original.text, seed);
      const now = await sideOf({ ...original, text });
      expect(now.isValid, text).toBe(true);
      expect(changes(await sideOf(original), now), text).toEqual([]);
    }),
    { numRuns: 400, seed: 7 },
  );
});

function changes(old: ProjectSide, now: ProjectSide) {
  return compareProjects(old, now, ASOF).flatMap((each) => each.changes);
}

/** The same contract in other words: what may be written differently, is. */
function rewritten(text: string, seed: number): string {
  const random = generator(seed);
  const chance = () => random() < 0.5;
  const document = parseDocument(text, { merge: true, intAsBigInt: true });
  visit(document, {
    Map(_key, node, path) {
      if (isOrdered(path)) return;
      if (chance()) node.items = shuffled(node.items, random);
      if (chance()) node.flow = !node.flow && canFlow(node);
    },
    Scalar(key, node) {
      if (key !== 'value') return;
      const text = String(node.source ?? node.value);
      const other = respelled(text);
      if (typeof node.value === 'string' && other !== undefined && chance()) node.value = other;
      else if (typeof node.value === 'string' && node.type === 'PLAIN' && chance()) node.type = 'QUOTE_DOUBLE';
    },
  });
  document.commentBefore = ' written again';
  if (isMap(document.contents) && chance()) document.contents.comment = ' the end';
  const plain = document.toString({ lineWidth: chance() ? 0 : 60, indent: chance() ? 2 : 4 });
  return chance() ? anchored(plain) : plain;
}

/** Only the values of an enum have an order that means something. */
function isOrdered(path: readonly unknown[]): boolean {
  const parent = path.at(-1) as Pair<Scalar> | undefined;
  return isScalar(parent?.key) && parent.key.value === 'enum';
}

/** Comments and block texts cannot stand inside braces. */
function canFlow(node: object): boolean {
  return !/#|\n\s*\n|[|>]\s*$/m.test(String(node));
}

const RESPELLED: Readonly<Record<string, string>> = {
  '1d': '24h',
  '24h': '1d',
  '1h': '60m',
  '60m': '1h',
  '7d': '1w',
  '1w': '7d',
  '2h': '120m',
  '28d': '4w',
  '90m': '5400s',
  '30d': '720h',
  '12h': '720m',
  '6h': '360m',
  '2y': '24mo',
  '1y': '12mo',
};

function respelled(text: string): string | undefined {
  return RESPELLED[text];
}

/** Equal maps as one anchor and its aliases. */
function anchored(text: string): string {
  const value = parse(text, { merge: true, intAsBigInt: true }) as unknown;
  const seen = new Map<string, unknown>();
  const share = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const copy = Array.isArray(part)
      ? part.map(share)
      : Object.fromEntries(Object.entries(part).map(([key, each]) => [key, share(each)]));
    const text = JSON.stringify(part, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
    if (!seen.has(text)) seen.set(text, copy);
    return seen.get(text);
  };
  return new Document(share(value)).toString();
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

function generator(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
