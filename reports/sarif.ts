import type { GateRule } from '../src/model/gate.ts';
import type { Run } from '../src/model/run.ts';
import { VERSION } from '../src/util/version.ts';
import { diagnosticFindings, type Finding, gateFindings, runFindings } from './findings.ts';
import { SENTENCE, shown } from './gate-words.ts';
import type { Report } from './report.ts';
import { sarifResult, textOf } from './sarif-result.ts';

/** Static Analysis Results Interchange Format 2.1.0. */
export const sarif: Report = {
  name: 'sarif',
  diagnostics: (diagnostics, context) => log('lint', VERSION, [], diagnosticFindings(diagnostics, context)),
  run: (run, context) => log('verify', run.surety, kindRules(run), runFindings(run, context)),
  gate: (result, context) =>
    log(result.command, result.surety, result.rules.map(gateRule), gateFindings(result, context)),
};

/** A `reportingDescriptor` of SARIF. */
interface Rule {
  readonly id: string;
  readonly shortDescription: Message;
  readonly fullDescription: Message;
  readonly help: Message;
}

type Message = ReturnType<typeof textOf>;

/** `known` are the rules that were asked, whether they found something or not. */
function log(verb: string, version: string, known: readonly Rule[], findings: readonly Finding[]): string {
  const rules = new Map(known.map((rule) => [rule.id, rule]));
  for (const { rule } of findings) if (!rules.has(rule)) rules.set(rule, codeRule(rule));
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'Surety', version, rules: [...rules.values()] } },
    // Several uploads for one commit stand beside each other.
    automationDetails: { id: `surety/${verb}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'the root of the repository' } } },
    results: findings.map((finding) => sarifResult(finding, indexes.get(finding.rule) ?? -1)),
  };
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function gateRule({ id, purpose, why }: GateRule): Rule {
  const reason = shown(why, SENTENCE);
  return {
    id,
    shortDescription: textOf(shown(purpose, SENTENCE)),
    fullDescription: textOf(reason),
    help: textOf(`${reason} An example and what to do: surety explain ${id}`),
  };
}

/** The kinds of the checks that ran. */
function kindRules({ kinds }: Run): readonly Rule[] {
  return Object.entries(kinds).map(([kind, purpose]) => plainRule(shown(kind), shown(purpose, SENTENCE)));
}

/** `lint/unknown-column` says what it is. */
function codeRule(code: string): Rule {
  return plainRule(code, code.replace(/^.*\//, '').replaceAll('-', ' '));
}

function plainRule(id: string, purpose: string): Rule {
  const words = textOf(purpose);
  return { id, shortDescription: words, fullDescription: words, help: textOf('each result says what to do') };
}
