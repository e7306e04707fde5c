import type { Diagnostic, Position } from '../src/model/diagnostic.ts';
import type { GateFinding, GateResult } from '../src/model/gate.ts';
import { code, prose } from '../src/util/markdown-escape.ts';
import { blame, isUnmeasured, type Level, levelOf, waiverText } from './gate-words.ts';
import type { Section } from './markdown-fit.ts';
import { listed } from './plural.ts';

const HEADER = ['', 'Rule', 'Where', 'Old → new', 'Who breaks', 'What to do'];
const SIGN = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const;

/** What blocks in the open, the rest folded; worst first. */
export function gateSections({ contracts, diagnostics }: GateResult): readonly Section[] {
  const findings = contracts.flatMap((contract) => contract.findings);
  const of = (level: Level): readonly GateFinding[] => findings.filter((finding) => levelOf(finding) === level);
  const sections: readonly Section[] = [
    {
      noun: 'blocking finding',
      header: HEADER,
      rows: of('error').map((finding) => gateRow(`❌ ${blame(finding)}`, finding, toDo(finding))),
    },
    {
      summary: 'Warnings',
      noun: 'warning',
      header: HEADER,
      rows: of('warning').map((finding) => gateRow(isUnmeasured(finding) ? '❔' : '⚠️', finding, toDo(finding))),
    },
    {
      summary: 'Waived',
      noun: 'waived finding',
      header: [...HEADER.slice(0, -1), 'Why it may pass'],
      rows: of('waived').map((each) => gateRow('☑️', each, each.waiver ? prose(waiverText(each.waiver)) : '')),
    },
    {
      summary: 'Proven safe on the rows that are there',
      noun: 'safe finding',
      header: [...HEADER.slice(0, -1), 'What the rows say'],
      rows: of('safe').map((each) => gateRow('✅', each, prose(each.live?.message ?? ''))),
    },
    {
      summary: 'Notices',
      noun: 'notice',
      header: HEADER.slice(0, -1),
      rows: of('notice').map((each) => gateRow('ℹ️', each, '').slice(0, -1)),
    },
  ];
  const problems = problemSections(diagnostics);
  const all = [...problems.slice(0, 1), ...sections, ...problems.slice(1)];
  return all.filter(({ rows }) => rows.length > 0);
}

/** Errors in the open, the rest folded. */
export function problemSections(diagnostics: readonly Diagnostic[]): readonly Section[] {
  const header = ['', 'Problem', 'Where', 'What is wrong', 'What to do'];
  const of = (...severities: readonly Diagnostic['severity'][]) =>
    severities.flatMap((severity) => problemRows(diagnostics.filter((each) => each.severity === severity)));
  return [
    { noun: 'problem', header, rows: of('error') },
    { summary: 'Problems that block nothing', noun: 'lesser problem', header, rows: of('warning', 'info') },
  ];
}

function problemRows(diagnostics: readonly Diagnostic[]): Section['rows'] {
  return diagnostics.map(({ severity, code: id, message, hint, at }) => [
    `${SIGN[severity]} ${severity}`,
    code(id),
    at ? place(at) : '',
    prose(message),
    hint === undefined ? '' : prose(hint),
  ]);
}

function gateRow(sign: string, finding: GateFinding, last: string): readonly string[] {
  const { rule, contract, path, before, after, message, lost, breaks, at, was } = finding;
  const where = [code(path === '' ? contract : path), at ? place(at) : was ? `was ${place(was)}` : ''];
  const values = before === null && after === null ? '' : `${value(before)} → ${value(after)}`;
  const readers = breaks.map(({ name, party }) =>
    party === null || party === name ? code(name) : `${code(name)} (${prose(party)})`,
  );
  return [
    sign,
    code(rule),
    where.filter((part) => part !== '').join('<br>'),
    [values, prose(message), ...(lost === null ? [] : [`lost: ${prose(lost)}`])]
      .filter((part) => part !== '')
      .join('<br>'),
    listed(readers, 10),
    last,
  ];
}

function toDo({ remedy, live, waiver, fingerprint, ...finding }: GateFinding): string {
  const isWaivable = levelOf({ remedy, live, waiver, fingerprint, ...finding }) === 'error';
  return [
    ...(live ? [`live: ${prose(live.message)}`] : []),
    ...(waiver ? [`waiver: ${prose(waiverText(waiver))}`] : []),
    prose(remedy),
    ...(isWaivable ? [`or waive ${code(fingerprint)}`] : []),
  ].join('<br>');
}

function value(text: string | null): string {
  return text === null || text === '' ? '–' : code(text, 100);
}

function place({ file, line }: Position): string {
  return code(`${file}:${line}`);
}
