import { createHash } from 'node:crypto';
import type { CheckResult, ContractResult, Run } from '../../src/model/run.ts';
import { coverageLine } from '../coverage-line.ts';
import { SENTENCE, shown } from '../gate-words.ts';
import { headline, overallVerdict } from '../headline.ts';
import { grouped, plural } from '../plural.ts';
import { checksIn, checksOf, excerptsOf, positionText, rowsRead, SIGN, VERDICTS } from '../run-words.ts';
import { worstOfFirst } from '../worst-first.ts';
import { anchors } from './anchors.ts';
import { contractView } from './contract-view.ts';
import { findingsOf, type Told } from './findings.ts';
import { type Lineage, lineageOf, lineageSvg } from './lineage.ts';
import { roomForSql } from './sql-text.ts';
import { chartsOf } from './table-view.ts';
import { openTemplates } from './templates.ts';

/** Tables with pictures: more of them would only make the page slow. */
const MOST_DRAWN = 30;
/** Findings that the list at the top names. */
const MOST_FINDINGS = 100;

/** The report of a run as one page that needs nothing else. */
export async function page(run: Run): Promise<string> {
  const templates = openTemplates();
  const { style, script } = templates;
  const view = await pageView(run);
  return templates.page({
    ...view,
    style,
    script,
    policy: [
      "default-src 'none'",
      `style-src '${sourceHash(style)}'`,
      `script-src '${sourceHash(script)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
  });
}

/** How a policy names a script or a style that stands in the page (Content Security Policy Level 3, §2.3.1). */
function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function pageView(run: Run) {
  const anchorOf = anchors();
  const contracts = worstOfFirst(run.contracts, checksIn).map((contract) => ({
    contract,
    anchor: anchorOf('c', contract.contract),
  }));
  const byContract = new Map(contracts.map(({ contract, anchor }) => [contract, anchor]));
  const findings = findingsOf(
    contracts.map(({ contract }) => contract),
    anchorOf,
  );
  const lineage = lineageOf(run, (contract) => byContract.get(contract) ?? '');
  const { charts, undrawn } = drawnOf(contracts.map(({ contract }) => contract));
  const whole = {
    run,
    findings,
    charts,
    room: roomForSql(run),
  };
  const words = headline(run);
  const checks = checksOf(run);
  return {
    title: `Surety: ${words}`,
    headline: words,
    verdict: overallVerdict(run),
    sign: SIGN[overallVerdict(run)],
    facts: factsOf(run),
    totals: totalsOf(run, checks),
    verdicts: VERDICTS.map((verdict) => ({ verdict, sign: SIGN[verdict] })),
    coverage: shown(coverageLine(run.coverage), SENTENCE),
    problems: run.diagnostics.map(({ code, severity, message, hint, path, at }) => ({
      code: shown(code),
      severity,
      isError: severity === 'error',
      message: shown(message, SENTENCE),
      hint: hint === undefined ? null : shown(hint, SENTENCE),
      path: path ? shown(path) : null,
      place: at ? positionText(at) : null,
      excerpt: (at && excerptsOf(run)(at)) ?? null,
    })),
    findings: findings.told.slice(0, MOST_FINDINGS).map(findingLine),
    moreFindings: findings.told.length > MOST_FINDINGS ? grouped(findings.told.length - MOST_FINDINGS) : null,
    untold: findings.untold > 0 ? grouped(findings.untold) : null,
    contracts: contracts.map(({ contract, anchor }) => contractView(contract, anchorOf, anchor, whole)),
    undrawn: undrawn > 0 ? grouped(undrawn) : null,
    lineage: await lineageView(lineage),
    checkCount: grouped(checks.length),
  };
}

/** The pictures of the tables that come first, and how many others have none. */
function drawnOf(contracts: readonly ContractResult[]) {
  const worth = contracts
    .flatMap(({ tables }) => worstOfFirst(tables, ({ checks }) => checks))
    .map((table) => [table, chartsOf(table)] as const)
    .filter(([, charts]) => charts.length > 0);
  return { charts: new Map(worth.slice(0, MOST_DRAWN)), undrawn: Math.max(0, worth.length - MOST_DRAWN) };
}

function findingLine({ contract, alike: [check, ...others], anchor }: Told) {
  return {
    anchor,
    verdict: check.verdict,
    sign: SIGN[check.verdict],
    contract: shown(contract.contract),
    path: shown(check.path),
    more: others.length > 0 ? plural(others.length, 'more check') : null,
    message: shown(check.message, 200),
  };
}

async function lineageView(lineage: Lineage) {
  if (lineage.arrows.length === 0) return null;
  return { svg: await lineageSvg(lineage), left: lineage.left > 0 ? plural(lineage.left, 'more contract') : null };
}

function factsOf(run: Run) {
  const read = rowsRead(run);
  return [
    ['Measured at', shown(run.now)],
    ['Environment', run.environment === null ? 'production' : shown(run.environment)],
    ['Took', `${run.seconds.toFixed(2)} s`],
    ['Rows read', read === null ? 'none' : grouped(read)],
    ['Surety', shown(run.surety)],
  ].map(([name, value]) => ({ name, value }));
}

/** How many contracts, tables and checks came to each verdict. */
function totalsOf(run: Run, checks: readonly CheckResult[]) {
  const tables = run.contracts.flatMap((contract) => contract.tables);
  const of = [
    ['contracts', run.contracts],
    ['tables', tables],
    ['checks', checks],
  ] as const;
  return of.map(([name, list]) => ({
    name,
    total: grouped(list.length),
    counts: VERDICTS.map((verdict) => {
      const count = list.filter((each) => each.verdict === verdict).length;
      return { verdict: count > 0 ? verdict : 'none', count: grouped(count) };
    }),
  }));
}
