import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import gateSchema from '../../reports/gate.schema.json' with { type: 'json' };
import runSchema from '../../reports/run.schema.json' with { type: 'json' };
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { ContractResult } from '../../src/model/run.ts';
import { ROOT } from '../support/cli.ts';
import { GATE } from './gate-fixture.ts';
import { EVERYTHING, position } from './gate-sources.ts';
import { only, renderDiagnostics, renderGate, renderRun } from './render.ts';
import { EMPTY, GOOD, RUN } from './run-fixture.ts';
import sarifSchema from './schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };

const DIAGNOSTICS: readonly Diagnostic[] = [
  ...GATE.diagnostics,
  {
    code: 'lint/unknown-key',
    severity: 'error',
    message: EVERYTHING,
    at: position('contracts/orders.yaml', 'version'),
  },
  { code: 'lint/unknown-key', severity: 'error', message: EVERYTHING, at: position('contracts/orders.yaml', 'tables') },
];

describe('json', () => {
  const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(gateSchema);

  test.each([
    ['everything', GATE],
    ['nothing', only([])],
    ['a change', only(['shop.orders'])],
  ] as const)('fits its schema: %s', (_, result) => {
    expect(valid(JSON.parse(renderGate('json', result))), JSON.stringify(valid.errors)).toBe(true);
  });

  const validRun = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(runSchema);

  test.each([
    ['everything', RUN],
    ['all is well', GOOD],
    ['nothing', EMPTY],
  ])('a run fits its schema: %s', (_, run) => {
    expect(validRun(JSON.parse(renderRun('json', run))), JSON.stringify(validRun.errors)).toBe(true);
  });

  test('the check that docs/cli.md shows has all parts', () => {
    const shown = /^```json\n(\{\n {2}"path".*?)^```$/ms.exec(readFileSync(join(ROOT, 'docs/cli.md'), 'utf8'))?.[1];
    const [example] = (GOOD.contracts[0] as ContractResult).tables;
    const checks = [JSON.parse(shown ?? 'null')];
    const run = { ...GOOD, contracts: [{ ...GOOD.contracts[0], tables: [{ ...example, checks }] }] };
    expect(validRun(run), JSON.stringify(validRun.errors)).toBe(true);
  });

  test('the schema refuses what it does not know', () => {
    expect(valid({ ...GATE, more: 1 })).toBe(false);
    expect(valid({ ...GATE, counts: { ...GATE.counts, readers: -1 } })).toBe(false);
  });
});

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly kind: string;
    readonly level: string;
    readonly locations: readonly unknown[];
    readonly relatedLocations: readonly unknown[];
    readonly suppressions: readonly unknown[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
  }[];
}

describe('sarif', () => {
  // Draft 4 says `id`; nothing else in the file differs from what draft 7 means by it.
  const { id: $id, $schema: _, ...rest } = sarifSchema;
  // One of its patterns is none for Unicode.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('uri-reference', /^(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[0-9A-Fa-f]{2})*$/);
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
  const valid = ajv.compile({ $id, ...rest });
  const runOf = (text: string): SarifRun => (JSON.parse(text) as { readonly runs: readonly [SarifRun] }).runs[0];

  test.each([
    ['the gate', renderGate('sarif')],
    ['no change', renderGate('sarif', only([]))],
    ['diagnostics', renderDiagnostics('sarif', DIAGNOSTICS)],
    ['a run', renderRun('sarif')],
    ['a run without findings', renderRun('sarif', GOOD)],
  ])('is valid against its published schema: %s', (_name, text) => {
    expect(valid(JSON.parse(text)), JSON.stringify(valid.errors)).toBe(true);
    const { tool, results } = runOf(text);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
    expect(new Set(prints).size).toBe(results.length);
  });

  test('names of files are written as URIs have them', () => {
    const at = { file: 'a b/c:d#é%.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
    const log: unknown = JSON.parse(renderDiagnostics('sarif', [{ code: 'a/b', severity: 'error', message: 'm', at }]));
    expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
    expect(JSON.stringify(log)).toContain('"uri":"shop/a%20b/c%3Ad%23%C3%A9%25.yaml"');
  });

  test('the schema refuses what is not SARIF', () => {
    const log = JSON.parse(renderGate('sarif')) as { runs: { results: { level: string }[] }[] };
    (log.runs[0]?.results[0] as { level: string }).level = 'notice';
    expect(valid(log)).toBe(false);
  });

  test('rules of a run say what their kind checks, also where it found nothing', () => {
    const rulesOf = (run: typeof RUN): unknown =>
      Object.fromEntries(
        runOf(renderRun('sarif', run)).tool.driver.rules.map(({ id, shortDescription }) => [id, shortDescription.text]),
      );
    expect(rulesOf(RUN)).toMatchObject({
      missing: RUN.kinds['missing'],
      expect: expect.not.stringContaining(']('),
      'project/unset-variable': 'unset variable',
    });
    expect(rulesOf(GOOD)).toHaveProperty('freshness', RUN.kinds['freshness']);
    expect(rulesOf({ ...RUN, kinds: {} })).toHaveProperty('missing', 'missing');
  });

  test('what is waived is suppressed, what is safe passes, and both sides are located', () => {
    const { results } = runOf(renderGate('sarif', only(['shop.orders'])));
    const of = (rule: string) => results.find(({ ruleId }) => ruleId === rule);
    expect(of('enum-value-added')).toMatchObject({
      level: 'error',
      suppressions: [
        {
          kind: 'external',
          justification: expect.stringContaining('DATA-1432'),
          location: { physicalLocation: { artifactLocation: { uri: 'shop/contracts/waivers.yaml' } } },
        },
      ],
    });
    expect(of('range-tightened')).toMatchObject({ kind: 'pass', level: 'none' });
    expect(of('required-added')).toMatchObject({ kind: 'fail', level: 'error', suppressions: [] });
    expect(of('column-removed')?.locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: 'shop/contracts/orders.yaml' }, region: { startLine: 7 } } },
    ]);
    expect(of('column-removed')?.relatedLocations[0]).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'shop/contracts/orders.yaml' }, region: { startLine: 9 } },
      message: { text: 'was 4f2c1aa:shop/contracts/orders.yaml:9' },
    });
  });
});

/** Elements of a document, or the first error of a strict parser. */
function parsed(xml: string): { readonly elements: readonly [string, Readonly<Record<string, string>>][] } {
  const parser = new SaxesParser();
  const elements: [string, Readonly<Record<string, string>>][] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => elements.push([name, attributes]));
  parser.write(xml).close();
  return { elements };
}

/** What the XML Schema of Jenkins' xUnit plugin says against a document. */
async function jenkins(xml: string): Promise<readonly string[]> {
  const schema = readFileSync(join(import.meta.dirname, 'schemas', 'junit-10.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] });
  return errors.map(({ message }) => message);
}

describe('junit', () => {
  const REPORTS = [
    ['the gate', renderGate('junit')],
    ['no contract', renderGate('junit', only([]))],
    ['a contract', renderGate('junit', only(['shop.orders']))],
    ['diagnostics', renderDiagnostics('junit', DIAGNOSTICS)],
    ['no diagnostics', renderDiagnostics('junit', [])],
    ['a run', renderRun('junit')],
    ['a run without findings', renderRun('junit', GOOD)],
    ['an empty run', renderRun('junit', EMPTY)],
    ['a run in no time', renderRun('junit', { ...EMPTY, seconds: 1e-7 })],
  ] as const;

  test.each(REPORTS)('is valid against its published schema: %s', async (_name, xml) => {
    expect(await jenkins(xml)).toEqual([]);
  });

  test('the schema refuses what is not JUnit', async () => {
    expect(await jenkins(renderRun('junit').replace(' tests=', ' test='))).toEqual([
      expect.stringContaining("attribute 'test' is not allowed"),
    ]);
  });

  test('a suite takes as long as its statements', () => {
    const { elements } = parsed(renderRun('junit'));
    const times = elements.filter(([name]) => name === 'testsuite').map(([, { name, time }]) => [name, time]);
    expect(times).toContainEqual(['shop.orders/orders', '0.254']);
  });

  test.each(REPORTS)('is well-formed, and its numbers add up: %s', (_name, xml) => {
    const { elements } = parsed(xml);
    const count = (name: string): number => elements.filter(([each]) => each === name).length;
    const [, all] = elements[0] ?? [];
    expect(all).toMatchObject({
      tests: String(count('testcase')),
      failures: String(count('failure')),
      errors: String(count('error')),
    });
    const sum = (attribute: string): number =>
      elements
        .filter(([name]) => name === 'testsuite')
        .reduce((total, [, attributes]) => total + Number(attributes[attribute]), 0);
    expect([sum('tests'), sum('failures'), sum('errors'), sum('skipped')]).toEqual(
      ['testcase', 'failure', 'error', 'skipped'].map(count),
    );
  });

  test('every contract is there, with a passing case where nothing changed', () => {
    const { elements } = parsed(renderGate('junit'));
    const suites = elements.filter(([name]) => name === 'testsuite').map(([, { name }]) => name);
    expect(suites).toEqual(['problems', ...GATE.contracts.map(({ contract }) => contract)]);
    expect(elements).toContainEqual(['testcase', { name: 'no change', classname: 'shop.stock', time: '0' }]);
  });

  test('the parser refuses what is not XML', () => {
    expect(() => parsed('<a>\u0007</a>')).toThrow();
    expect(() => parsed('<a>]]></a>')).toThrow();
  });
});

interface GitlabIssue {
  readonly fingerprint: string;
  readonly location: { readonly lines: { readonly begin: number } };
}

describe('gitlab', () => {
  test.each([
    ['the gate', renderGate('gitlab')],
    ['diagnostics', renderDiagnostics('gitlab', DIAGNOSTICS)],
    ['a run', renderRun('gitlab')],
    ['a run without findings', renderRun('gitlab', GOOD)],
    ['an empty run', renderRun('gitlab', EMPTY)],
  ])('has what GitLab requires, and no fingerprint twice: %s', (_name, text) => {
    const issues = JSON.parse(text) as readonly GitlabIssue[];
    for (const issue of issues) {
      expect(issue).toEqual({
        description: expect.stringMatching(/./),
        check_name: expect.stringMatching(/^[a-z/-]+$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{12,16}$/),
        severity: expect.stringMatching(/^(?:info|minor|major|critical|blocker)$/),
        location: { path: expect.stringMatching(/^[^/].*\.yaml$/), lines: { begin: expect.any(Number) } },
      });
      expect(Number.isInteger(issue.location.lines.begin)).toBe(true);
    }
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  test('what is gone points at what is left', () => {
    const [issue] = JSON.parse(renderGate('gitlab', only(['shop.legacy']))) as readonly unknown[];
    expect(issue).toMatchObject({ location: { path: 'shop/surety.yaml', lines: { begin: 1 } } });
  });
});
