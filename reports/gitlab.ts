import { diagnosticFindings, type Finding, gateFindings, runFindings } from './findings.ts';
import type { Level } from './gate-words.ts';
import type { Report } from './report.ts';

/** A line of the merge request each; what needs nothing done would count as a loss of quality there. */
const SEVERITY = {
  error: 'critical',
  warning: 'minor',
  waived: 'info',
  notice: null,
  safe: null,
} as const satisfies Record<Level, string | null>;

/** Code Quality report of GitLab. */
export const gitlab: Report = {
  name: 'gitlab',
  diagnostics: (diagnostics, context) => qualityReport(diagnosticFindings(diagnostics, context)),
  run: (run, context) => qualityReport(runFindings(run, context)),
  gate: (result, context) => qualityReport(gateFindings(result, context)),
};

function qualityReport(findings: readonly Finding[]): string {
  const issues = findings.flatMap((finding) => {
    const { rule, subject, message, notes, fingerprint } = finding;
    const severity = SEVERITY[finding.level];
    if (severity === null) return [];
    // GitLab drops what has no file.
    const { path, line } = finding.place ?? finding.was?.place ?? { path: 'surety.yaml', line: 1 };
    return {
      description: [subject === '' ? message : `${subject}: ${message}`, ...notes].join('; '),
      check_name: rule,
      fingerprint,
      severity,
      location: { path, lines: { begin: line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
