import type { CheckResult, ContractResult, Run, TableResult } from '../src/model/run.ts';
import { code, prose } from '../src/util/markdown-escape.ts';
import type { Section } from './markdown-fit.ts';
import { problemSections } from './markdown-sections.ts';
import { grouped, listed, plural } from './plural.ts';
import { isCancelled, tally } from './run-words.ts';
import { worstOfFirst } from './worst-first.ts';

const HEADER = ['', 'Check', 'Measured', 'Failing rows', 'Owner'];
const SIGN = { pass: '✅', warn: '⚠️', fail: '❌', error: '❔', skipped: '➖' } as const;
/** Rows that are shown of a check; the run has them all. */
const MOST_ROWS = 3;

interface Found {
  readonly contract: ContractResult;
  readonly check: CheckResult;
}

/** What is broken or could not be measured in the open, the rest folded; worst first. */
export function runSections(run: Run): readonly Section[] {
  const all = run.contracts.flatMap((contract) =>
    contract.tables.flatMap(({ checks }) => checks.map((check): Found => ({ contract, check }))),
  );
  const of = (...verdicts: readonly CheckResult['verdict'][]) =>
    verdicts.flatMap((verdict) =>
      all.filter(({ check }) => check.verdict === verdict && !isCancelled([check])).map(row),
    );
  const cancelled = all.filter(({ check }) => isCancelled([check])).map(row);
  const [problems, others] = problemSections(run.diagnostics);
  const sections: readonly (Section | undefined)[] = [
    problems,
    { noun: 'finding', header: HEADER, rows: of('fail', 'error') },
    { summary: 'Warnings', noun: 'warning', header: HEADER, rows: of('warn') },
    { summary: 'Not measured, cancelled', noun: 'cancelled check', header: HEADER, rows: cancelled },
    others,
    {
      summary: 'Tables',
      noun: 'table',
      header: ['', 'Contract', 'Table', 'Where', 'Checks'],
      rows: worstOfFirst(tablesOf(run), ({ table }) => table.checks).map(tableRow),
    },
  ];
  return sections.filter((section) => section !== undefined && section.rows.length > 0) as readonly Section[];
}

function row({ contract, check }: Found): readonly string[] {
  const { verdict, path, at, promise, message, hint, samples, rules, responsible } = check;
  const shown = samples?.rows.slice(0, MOST_ROWS) ?? [];
  const more = (samples?.rows.length ?? 0) - shown.length;
  return [
    `${SIGN[verdict]} ${verdict}`,
    [code(path), code(contract.contract), code(`${at.file}:${at.line}`)].join('<br>'),
    [
      prose(message),
      `promised: ${prose(promise)}`,
      ...(rules.length > 0
        ? [`by rule: ${rules.map(({ rule, rows }) => `${prose(rule)} ${grouped(rows)}`).join(', ')}`]
        : []),
      ...(hint === null ? [] : [prose(hint)]),
    ].join('<br>'),
    [
      ...shown.map((values) =>
        values.map((value, index) => code(`${samples?.columns[index] ?? ''}: ${value ?? '(null)'}`, 100)).join(' '),
      ),
      ...(more > 0 ? [`and ${plural(more, 'more row')}`] : []),
    ].join('<br>'),
    listed(
      responsible.map((name) => prose(name)),
      5,
    ),
  ];
}

interface TableOf {
  readonly contract: ContractResult;
  readonly table: TableResult;
}

function tablesOf({ contracts }: Run): readonly TableOf[] {
  return contracts.flatMap((contract) => contract.tables.map((table) => ({ contract, table })));
}

function tableRow({ contract, table: { table, verdict, location, checks } }: TableOf): readonly string[] {
  return [
    `${SIGN[verdict]} ${verdict}`,
    `${code(contract.contract)} ${prose(contract.version)}`,
    code(table),
    code(location, 100),
    tally(checks),
  ];
}
