import { createHash } from 'node:crypto';
import type { Diagnostic, DiagnosticSeverity, Position } from '../src/model/diagnostic.ts';
import type { GateFinding, GateResult } from '../src/model/gate.ts';
import type { CheckResult, Run } from '../src/model/run.ts';
import { LEVELS, type Level, levelOf, notesOf, SENTENCE, shown, waiverText } from './gate-words.ts';
import type { ReportContext } from './report.ts';
import { type Place, type Repository, repositoryOf } from './repository-path.ts';
import { checkMessage, checkNotes, checksIn } from './run-words.ts';
import { worstFirst } from './worst-first.ts';

/** A finding of the gate, a check that is not kept or a diagnostic, as formats for machines need it. Texts are one line each and safe to show. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  /** Of itself, whatever became of it. */
  readonly severity: DiagnosticSeverity;
  /** Contract of a finding or check; null of a diagnostic. */
  readonly contract: string | null;
  /** What it is about: a path inside the contract, or the contract; empty where a diagnostic does not say. */
  readonly subject: string;
  readonly message: string;
  /** `label: text` */
  readonly notes: readonly string[];
  /** No two findings of a list have the same. */
  readonly fingerprint: string;
  /** In a file that is there; null: there is none to point at. */
  readonly place: Place | null;
  /** In the old version. */
  readonly was: Related | null;
  readonly related: readonly Related[];
  readonly waiver: { readonly text: string; readonly place: Place | null } | null;
}

interface Related {
  readonly text: string;
  readonly place: Place;
}

/** All findings of the gate and all its diagnostics, worst first; of equals the diagnostics first, then as the result has them. */
export function gateFindings(result: GateResult, context: ReportContext): readonly Finding[] {
  const repository = repositoryOf(context, { before: result.before.commit, after: result.after.commit });
  const findings = result.contracts.flatMap((contract) => contract.findings);
  return inOrder([
    ...result.diagnostics.map((diagnostic) => ofDiagnostic(diagnostic, repository)),
    ...findings.map((finding) => ofGate(finding, repository)),
  ]);
}

export function diagnosticFindings(diagnostics: readonly Diagnostic[], context: ReportContext): readonly Finding[] {
  const repository = repositoryOf(context);
  return inOrder(diagnostics.map((diagnostic) => ofDiagnostic(diagnostic, repository)));
}

/** What a run found wrong, and its diagnostics; broken promises before what could not be measured, else as the run has them. */
export function runFindings(run: Run, context: ReportContext): readonly Finding[] {
  // A saved run comes without the files.
  const repository = repositoryOf({ ...context, sources: new Map() });
  const found = run.contracts.flatMap((result) =>
    checksIn(result).map((check) => ({ check, verdict: check.verdict, contract: result.contract })),
  );
  const checks = worstFirst(found).flatMap(({ check, contract }) => ofCheck(check, contract, repository) ?? []);
  return inOrder([...run.diagnostics.map((diagnostic) => ofDiagnostic(diagnostic, repository)), ...checks]);
}

const OF_VERDICT = { pass: null, skipped: null, warn: 'warning', fail: 'error', error: 'error' } as const;

function ofCheck(check: CheckResult, contract: string, repository: Repository): Finding | undefined {
  const severity = OF_VERDICT[check.verdict];
  if (severity === null) return undefined;
  const place = repository.place(check.at);
  const notes = checkNotes(check).map(([label, text]) => `${label}: ${text}`);
  return {
    rule: shown(check.kind),
    level: severity,
    severity,
    contract,
    subject: shown(check.path),
    message: checkMessage(check),
    notes: place ? notes : [...notes, ...placeNotes(check.at)],
    fingerprint: check.fingerprint,
    place,
    was: null,
    related: [],
    waiver: null,
  };
}

function ofGate(finding: GateFinding, repository: Repository): Finding {
  const { rule, severity, contract, path, message, fingerprint, at, was, related, waiver } = finding;
  const place = at && repository.place(at);
  const notes = notesOf(finding).map(([label, text]) => `${label}: ${text}`);
  return {
    rule,
    level: levelOf(finding),
    severity,
    contract,
    subject: shown(path === '' ? contract : path),
    message: shown(message, SENTENCE),
    notes: place ? notes : [...notes, ...placeNotes(at ?? was)],
    fingerprint,
    place: place ?? repository.project,
    was: was && relatedTo(was, `was ${placeText(was)}`, repository),
    related: related.flatMap((other) => relatedTo(other.at, shown(other.message, SENTENCE), repository) ?? []),
    waiver: waiver && { text: waiverText(waiver), place: repository.place(waiver.at) },
  };
}

function ofDiagnostic({ code, severity, message, hint, path = '', at }: Diagnostic, repository: Repository): Finding {
  // A line of an old version is another one now, if it is there at all.
  const place = at && !repository.isOld(at.file) ? repository.place(at) : null;
  const notes = hint === undefined ? [] : [`hint: ${shown(hint, SENTENCE)}`];
  return {
    rule: shown(code),
    level: severity === 'info' ? 'notice' : severity,
    severity,
    contract: null,
    subject: shown(path),
    message: shown(message, SENTENCE),
    notes: place ? notes : [...notes, ...placeNotes(at)],
    // Neither line nor commit: it is the same problem when something is written above it.
    fingerprint: hash(code, at ? (repository.path(at.file) ?? at.file) : '', path, message),
    place: place ?? (at ? repository.project : null),
    was: null,
    related: [],
    waiver: null,
  };
}

function relatedTo(at: Position, text: string, repository: Repository): Related | null {
  const place = repository.place(at);
  return place && { text, place };
}

/** Tells a place that cannot be pointed at. */
function placeNotes(at: Position | null | undefined): readonly string[] {
  return at ? [`at: ${placeText(at)}`] : [];
}

function placeText({ file, line }: Position): string {
  return `${shown(file)}:${line}`;
}

/** Worst first, the fingerprints of what is told twice made different. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return findings
    .map((finding) => {
      const times = seen.get(finding.fingerprint) ?? 0;
      seen.set(finding.fingerprint, times + 1);
      return times === 0 ? finding : { ...finding, fingerprint: hash(finding.fingerprint, String(times)) };
    })
    .toSorted((left, right) => LEVELS.indexOf(left.level) - LEVELS.indexOf(right.level));
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
