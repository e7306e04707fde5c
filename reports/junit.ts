import type { GateResult } from '../src/model/gate.ts';
import type { Run } from '../src/model/run.ts';
import { diagnosticFindings, type Finding, gateFindings, runFindings } from './findings.ts';
import { SENTENCE, shown } from './gate-words.ts';
import type { Report, ReportContext } from './report.ts';
import { repositoryOf } from './repository-path.ts';
import { checkMessage, checkNotes } from './run-words.ts';
import { element } from './xml.ts';

interface Suite {
  readonly name: string;
  /** What its statements took; absent: nothing was sent. */
  readonly seconds?: number;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  /** Absent: passed. */
  readonly outcome?: 'failure' | 'error' | 'skipped';
  readonly type?: string;
  readonly message: string;
  readonly text: string;
}

/**
 * Of a run a suite a table and a case a check. Of the gate and of `lint` a suite a contract or a file and a case a finding; one that passes
 * where there is nothing to tell.
 */
export const junit: Report = {
  name: 'junit',
  diagnostics: (diagnostics, context) =>
    suitesOf('surety lint', lintSuites(diagnosticFindings(diagnostics, context), context)),
  run: (run, context) => suitesOf('surety verify', runSuites(run, context), run.seconds),
  gate: (result, context) => suitesOf(`surety ${result.command}`, gateSuites(result, context)),
};

function gateSuites(result: GateResult, context: ReportContext): readonly Suite[] {
  const findings = gateFindings(result, context);
  const problems = findings.filter(({ contract }) => contract === null);
  return [
    // What could not be compared is no breach.
    ...(problems.length > 0 ? [{ name: 'problems', cases: problems.map((problem) => caseOf(problem, 'error')) }] : []),
    ...result.contracts.map(({ contract }) => {
      const own = findings.filter((finding) => finding.contract === contract);
      return {
        name: contract === '' ? 'the project' : shown(contract),
        cases: own.length === 0 ? [PASSED('no change')] : own.map((each) => caseOf(each, 'failure')),
      };
    }),
  ];
}

function lintSuites(findings: readonly Finding[], context: ReportContext): readonly Suite[] {
  const { path } = repositoryOf(context);
  const files = [...context.sources.keys()].map((file) => path(file) ?? file);
  const names = new Set([...files, ...findings.flatMap(({ place }) => place?.path ?? [])]);
  const suites = [...names].map((name) => {
    const own = findings.filter(({ place }) => place?.path === name);
    return {
      name: shown(name),
      cases: own.length === 0 ? [PASSED('no problems')] : own.map((each) => caseOf(each, 'failure')),
    };
  });
  const homeless = findings.filter(({ place }) => place === null);
  return [
    ...(homeless.length > 0 ? [{ name: 'problems', cases: homeless.map((each) => caseOf(each, 'failure')) }] : []),
    ...suites,
  ];
}

function runSuites(run: Run, context: ReportContext): readonly Suite[] {
  const problems = runFindings({ ...run, contracts: [] }, context);
  const { place } = repositoryOf(context);
  const tables = run.contracts.flatMap(({ contract, tables: own }) =>
    own.map((table) => ({
      name: shown(`${contract}/${table.table}`),
      seconds: table.statements.reduce((sum, { seconds }) => sum + seconds, 0),
      cases: table.checks.map((check): Case => {
        const at = place(check.at);
        const message = checkMessage(check);
        const outcome = OUTCOMES[check.verdict];
        return {
          name: shown(check.path),
          ...(outcome && { outcome }),
          type: shown(check.kind),
          message: check.verdict === 'skipped' ? shown(check.reason ?? check.message, SENTENCE) : message,
          text: [
            `${check.verdict}: ${message}`,
            ...checkNotes(check).map(([label, text]) => `${label}: ${text}`),
            ...(at ? [`${shown(at.path)}:${at.line}:${at.column}`] : []),
            `fingerprint: ${check.fingerprint}`,
          ].join('\n'),
        };
      }),
    })),
  );
  return [
    ...(problems.length > 0 ? [{ name: 'problems', cases: problems.map((each) => caseOf(each, 'error')) }] : []),
    ...tables,
  ];
}

const OUTCOMES = { pass: undefined, warn: undefined, fail: 'failure', error: 'error', skipped: 'skipped' } as const;

const PASSED = (name: string): Case => ({ name, message: '', text: '' });

function caseOf(
  { rule, subject, level, contract, message, notes, place, fingerprint, waiver }: Finding,
  ofError: 'failure' | 'error',
): Case {
  const outcome = level === 'error' ? ofError : level === 'waived' ? 'skipped' : undefined;
  const lines = [
    `${level}: ${message}`,
    ...notes,
    ...(place ? [`${shown(place.path)}:${place.line}:${place.column}`] : []),
    `fingerprint: ${fingerprint}`,
  ];
  return {
    name: subject === '' || subject === contract ? rule : `${rule} ${subject}`,
    ...(outcome && { outcome }),
    type: rule,
    message: level === 'waived' && waiver ? waiver.text : message,
    text: lines.join('\n'),
  };
}

/** `seconds` of all; of one case it is not known, as one scan measures many. */
function suitesOf(name: string, suites: readonly Suite[], seconds = 0): string {
  const counts = (cases: readonly Case[]): Readonly<Record<string, number>> => ({
    tests: cases.length,
    failures: cases.filter(({ outcome }) => outcome === 'failure').length,
    errors: cases.filter(({ outcome }) => outcome === 'error').length,
    skipped: cases.filter(({ outcome }) => outcome === 'skipped').length,
  });
  const { skipped: _, ...all } = counts(suites.flatMap(({ cases }) => cases));
  const inside = suites.map((suite) =>
    element(
      'testsuite',
      { name: suite.name, ...counts(suite.cases), time: timeOf(suite.seconds ?? 0) },
      suite.cases.map((each) => caseElement(each, suite.name)),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name, ...all, time: timeOf(seconds) }, inside)}\n`;
}

/** Whole milliseconds, which is what readers of the format take. */
function timeOf(seconds: number): number {
  return Number(seconds.toFixed(3));
}

function caseElement({ name, outcome, type, message, text }: Case, suite: string): string {
  const attributes = { name, classname: suite, time: 0 };
  const output = text === '' ? [] : [element('system-out', {}, text)];
  if (outcome === 'skipped') return element('testcase', attributes, [element('skipped', { message }), ...output]);
  if (outcome) return element('testcase', attributes, [element(outcome, { message, type: type ?? '' }, text)]);
  return element('testcase', attributes, output);
}
