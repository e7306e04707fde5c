import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { projectFolder } from '../support/project-folder.ts';

interface Case {
  readonly name: string;
  readonly body?: string;
  readonly file?: string;
  readonly surety?: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly expect: readonly string[];
}

const cases = parse(readFileSync(join(import.meta.dirname, 'lint.yaml'), 'utf8')) as readonly Case[];

async function lint({ body, file, surety, others = {} }: Case) {
  const folder = await projectFolder({
    'contracts/case.yaml': file ?? `contract: case\nversion: 1.0.0\nstatus: draft\n${body}`,
    ...(surety !== undefined && { 'surety.yaml': surety }),
    ...Object.fromEntries(Object.entries(others).map(([name, text]) => [`contracts/${name}.yaml`, text])),
  });
  const { diagnostics } = await loadContracts([join(folder, 'contracts/case.yaml')], { variables: {} });
  return diagnostics.filter(({ at }) => at === undefined || at.file.endsWith('case.yaml'));
}

describe('lint', () => {
  test.each(cases)('$name', async (each) => {
    const found = await lint(each);
    const places = found.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`);
    expect(places).toEqual(each.expect);
    for (const { message, hint } of found) {
      expect(hint).toBeTruthy();
      expect(message).toMatch(/^[^A-Z]/);
    }
  });

  test('every code has a case', () => {
    const root = join(import.meta.dirname, '../../src/contract');
    const sources = ['rules', 'resolve'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, name), 'utf8')),
    );
    const codes = sources.flatMap((text) =>
      [...text.matchAll(/(?:wrong|doubtful)\(\s*'([a-z-]+)'|'lint\/([a-z-]+)'/g)].map(
        (match) => `lint/${match[1] ?? match[2]}`,
      ),
    );
    const told = new Set(cases.flatMap((each) => each.expect.map((line) => line.split(' ')[0])));
    expect([...new Set(codes)].filter((code) => !told.has(code))).toEqual([]);
  });

  test('the reference of the language is clean', async () => {
    const { diagnostics, contracts } = await loadContracts([join(import.meta.dirname, 'reference')], { variables: {} });
    expect(diagnostics).toEqual([]);
    expect(contracts.map(({ contract }) => contract.id)).toEqual(['crm.accounts@1', 'shop.orders', 'shop.raw']);
  });
});
