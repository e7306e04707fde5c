import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWaivers } from '../src/diff/waivers/read-waivers.ts';
import { loadContracts } from '../src/index.ts';
import { DISK } from '../src/yaml/files.ts';
import { ROOT } from './support/cli.ts';
import { projectFolder } from './support/project-folder.ts';

interface Block {
  /** `docs/language.md:12` */
  readonly place: string;
  readonly text: string;
}

const DOCUMENTS = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

/** Parties, warehouses and definitions that examples name without showing the file that has them. */
const BESIDE: Readonly<Record<string, string>> = {
  'README.md': readFileSync(join(ROOT, 'examples/shop/surety.yaml'), 'utf8'),
};

/** Tables that examples refer to without showing them. */
const STUBS: Readonly<Record<string, string>> = {
  'customers.customer_id': '  customers: { location: customers.csv, columns: { customer_id: int64 } }\n',
};

/** Fenced blocks of a language in a document. */
function blocks(document: string, language: string): readonly Block[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language)
    .map((match) => ({
      place: `${document}:${text.slice(0, match.index).split('\n').length + 1}`,
      text: match[2] as string,
    }));
}

const contracts = DOCUMENTS.flatMap((document) =>
  blocks(document, 'yaml')
    .filter(({ text }) => /^contract:/m.test(text))
    .map((block) => ({ ...block, document })),
);
const projects = DOCUMENTS.flatMap((document) =>
  blocks(document, 'yaml')
    .filter(({ text }) => /^(?:warehouses|parties|environments|definitions|classifications|contracts|gate):/.test(text))
    .map((block) => ({ ...block, document })),
);

/** The project file that a document shows stands beside those of its contracts that name something in it. */
function surety(document: string, contract: string): string | undefined {
  const shown = BESIDE[document] ?? projects.find((project) => project.document === document)?.text;
  return /^ {0,4}warehouse:|\buse:/m.test(contract) && !/^definitions:/m.test(contract) ? shown : undefined;
}

function withStubs(text: string): string {
  const wanted = Object.entries(STUBS).filter(
    ([reference]) => text.includes(`references: ${reference}`) && !text.includes(`\n  ${reference.split('.')[0]}:`),
  );
  return `${text}${wanted.map(([, stub]) => stub).join('')}`;
}

/** Other contracts of the same document, which references lead to. */
function siblings(document: string, text: string): Readonly<Record<string, string>> {
  const own = /^contract: (.+)$/m.exec(text)?.[1];
  const found = new Map(
    contracts
      .filter((block) => block.document === document)
      .map((block) => [/^contract: (.+)$/m.exec(block.text)?.[1] as string, block.text]),
  );
  return Object.fromEntries(
    [...found]
      .filter(([id]) => id !== own && text.includes(`${id}/`))
      .map(([id, other]) => [`contracts/${id}.yaml`, other]),
  );
}

async function problems(document: string, text: string, project: string | undefined): Promise<readonly string[]> {
  const folder = await projectFolder({
    'contracts/example.yaml': withStubs(text),
    ...siblings(document, text),
    ...(project !== undefined && { 'surety.yaml': project }),
  });
  await mkdir(join(folder, 'data'), { recursive: true });
  const { diagnostics } = await loadContracts([folder], { variables: {} });
  return diagnostics.map(({ code, message, hint, at }) => `${at?.line}: ${code}: ${message} (${hint})`);
}

describe('every example is valid', () => {
  test('there are examples', () => {
    expect(contracts.length).toBeGreaterThan(5);
    expect(projects.length).toBeGreaterThan(0);
  });

  for (const { place, text, document } of contracts) {
    test(place, async () => {
      expect(await problems(document, text, surety(document, text))).toEqual([]);
    });
  }

  for (const { place, text, document } of projects) {
    test(place, async () => {
      const contract = 'contract: a\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { x: string } } }\n';
      expect(await problems(document, contract, text)).toEqual([]);
    });
  }

  test('what is wrong is found', async () => {
    expect(await problems('README.md', 'contract: a\nversion: 1.10\ntables: {}\n', undefined)).not.toEqual([]);
  });
});

test('the waivers in the docs are waivers', async () => {
  const shown = DOCUMENTS.flatMap((document) => blocks(document, 'yaml')).filter(({ text }) => /^waivers:/m.test(text));
  expect(shown).toHaveLength(1);
  for (const { text } of shown) {
    const folder = await projectFolder({ 'waivers.yaml': text });
    const read = await readWaivers(DISK, { folder }, [], '2026-11-25');
    expect([read.diagnostics, read.waivers.length]).toEqual([[], 1]);
  }
});

/** The anchor of a heading, as code hosts make it. */
function anchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function broken(document: string): readonly string[] {
  const text = readFileSync(join(ROOT, document), 'utf8').replaceAll(/^```.*?^```$/gms, '');
  return [...text.matchAll(/\]\((?![a-z]+:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].flatMap(([, path = '', fragment]) => {
    const file = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path);
    if (!existsSync(file)) return [`${path} is not there`];
    if (fragment === undefined || !file.endsWith('.md')) return [];
    const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) => anchor(match[1] as string));
    return headings.includes(fragment) ? [] : [`#${fragment} is no heading of ${path || document}`];
  });
}

test.each(DOCUMENTS)('links of %s lead to files', (document) => {
  expect(broken(document)).toEqual([]);
});
