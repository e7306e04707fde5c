import type { Diagnostic, DiagnosticSeverity } from '../../src/model/diagnostic.ts';
import type { GateResult } from '../../src/model/gate.ts';
import type { PartyResult, Run } from '../../src/model/run.ts';
import { placeKey } from '../../src/util/excerpt.ts';
import { coverageLine } from '../coverage-line.ts';
import { countText } from '../diagnostics.ts';
import { countContracts, countsLine, LEVELS, levelOf } from '../gate-words.ts';
import { headline } from '../headline.ts';
import { checksOf, VERDICTS } from '../run-words.ts';
import { isFound, worstFirst } from '../worst-first.ts';
import { shownIn } from './shown-in.ts';

const SEVERITIES: readonly DiagnosticSeverity[] = ['error', 'warning', 'info'];

/**
 * What a template gets of a run: all that its JSON has, each part always there, texts safe to show, and what a template cannot compute.
 * docs/templates.md describes it.
 */
export function runContext(run: Run) {
  const checks = checksOf(run);
  return shownIn({
    ...run,
    command: 'verify',
    diagnostics: run.diagnostics.map(diagnosticContext),
    summary: {
      headline: headline(run),
      coverage: coverageLine(run.coverage),
      contracts: run.contracts.length,
      tables: run.contracts.flatMap(({ tables }) => tables).length,
      checks: checks.length,
      ...counts(VERDICTS, checks, ({ verdict }) => verdict),
      problems: run.diagnostics.filter(({ severity }) => severity === 'error').length,
    },
    findings: runFindings(run),
  });
}

function runFindings(run: Run) {
  const all = run.contracts.flatMap(({ contract, version, title, tables }) =>
    tables.flatMap(({ table, warehouse, location, checks }) =>
      checks.map((check) => ({
        contract,
        version,
        title,
        table,
        warehouse,
        location,
        ...check,
        contacts: check.responsible.map((name) => contactOf(run, name)),
        excerpt: run.excerpts[placeKey(check.at)] ?? null,
      })),
    ),
  );
  return worstFirst(all.filter(isFound));
}

const UNDECLARED: PartyResult = { title: null, members: [], addresses: {} };

function contactOf({ parties }: Run, name: string) {
  const { title, members, addresses } = (Object.hasOwn(parties, name) ? parties[name] : undefined) ?? UNDECLARED;
  const all = Object.entries(addresses).flatMap(([channel, list]) => list.map((address) => ({ channel, address })));
  return { name, title, members, addresses: all };
}

/** The same of a comparison. */
export function gateContext(result: GateResult) {
  const all = result.contracts.flatMap(({ title, file, findings }) =>
    findings.map((finding) => ({ title, file, level: levelOf(finding), ...finding })),
  );
  return shownIn({
    ...result,
    diagnostics: result.diagnostics.map(diagnosticContext),
    summary: {
      headline: countsLine(result),
      contracts: countContracts(result.contracts),
      changed: countContracts(result.contracts.filter(({ findings }) => findings.length > 0)),
      ...counts(LEVELS, all, ({ level }) => level),
      problems: result.diagnostics.filter(({ severity }) => severity === 'error').length,
    },
    findings: inOrder(LEVELS, all, ({ level }) => level),
  });
}

/** The same of the problems of contracts. */
export function diagnosticsContext(given: readonly Diagnostic[]) {
  const diagnostics = given.map(diagnosticContext);
  return shownIn({
    format: 1,
    command: 'lint',
    diagnostics,
    summary: {
      headline: given.length === 0 ? 'no problems' : countText(given),
      ...counts(SEVERITIES, given, ({ severity }) => severity),
    },
    findings: inOrder(SEVERITIES, diagnostics, ({ severity }) => severity),
  });
}

function diagnosticContext({ code, severity, message, hint, path, at, fix }: Diagnostic) {
  return { code, severity, message, hint: hint ?? null, path: path ?? null, at: at ?? null, fix: fix ?? null };
}

function counts<Name extends string, Item>(
  names: readonly Name[],
  items: readonly Item[],
  nameOf: (item: Item) => Name,
): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, items.filter((item) => nameOf(item) === name).length]));
}

/** Those that are among the names, in the order of the names. */
function inOrder<Name extends string, Item>(
  names: readonly Name[],
  items: readonly Item[],
  nameOf: (item: Item) => Name,
): readonly Item[] {
  return names.flatMap((name) => items.filter((item) => nameOf(item) === name));
}
