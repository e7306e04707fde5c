import { diagnosticFindings, type Finding, gateFindings, runFindings } from './findings.ts';
import { shown } from './gate-words.ts';
import { markdown } from './markdown.ts';
import { plural } from './plural.ts';
import type { Report } from './report.ts';

/** GitHub shows that many of a level for a step, and drops the others silently. */
const MOST = 10;

/** Workflow commands, which GitHub shows as annotations of lines; notices are not worth one. */
export const github: Report = {
  name: 'github',
  // GitHub takes no more of a step.
  appended: { report: markdown, variable: 'GITHUB_STEP_SUMMARY', limit: 1_048_576 },
  diagnostics: (diagnostics, context) => commands(diagnosticFindings(diagnostics, context)),
  run: (run, context) => commands(runFindings(run, context)),
  gate: (result, context) => commands(gateFindings(result, context)),
};

function commands(findings: readonly Finding[]): string {
  const levels = (['error', 'warning'] as const).map((level) => findings.filter((finding) => finding.level === level));
  const more = levels.flatMap((found, index) =>
    found.length > MOST ? plural(found.length - MOST, index === 0 ? 'more error' : 'more warning') : [],
  );
  const lines = levels.flatMap((found) => found.slice(0, MOST).map(command));
  const rest =
    more.length > 0 ? [`::notice title=surety::and ${more.join(', ')}: the other outputs list them all`] : [];
  return [...lines, ...rest].map((line) => `${line}\n`).join('');
}

function command({ level, rule, subject, message, notes, place }: Finding): string {
  const properties = [
    ...(place
      ? [
          ['file', shown(place.path)],
          ['line', String(place.line)],
          ['col', String(place.column)],
        ]
      : []),
    ['title', `${rule} ${subject}`.trimEnd()],
  ].map(([name, value = '']) => `${name}=${escapedProperty(value)}`);
  return `::${level} ${properties.join(',')}::${escapedData([message, ...notes].join('\n'))}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
