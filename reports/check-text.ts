import type { Verdict } from '../src/model/outcome.ts';
import type { Run, Samples } from '../src/model/run.ts';
import { indent } from './diagnostics.ts';
import { SENTENCE, shown } from './gate-words.ts';
import { paint } from './paint.ts';
import { plural } from './plural.ts';
import type { ReportContext } from './report.ts';
import { excerptsOf, ownersWords, positionText, rulesWords, SIGN } from './run-words.ts';
import { alignedTable } from './table.ts';
import type { Alike } from './told-once.ts';

export function sign(verdict: Verdict, colour: boolean): string {
  return paint(SIGN[verdict], verdict === 'skipped' ? 'faint' : verdict, colour);
}

/** A finding: what was measured against what was promised, failing rows, the line of the contract, the owner. */
export function checkText([check, ...alike]: Alike, run: Run, { colour }: ReportContext): string {
  const { verdict, path, message, rules, samples, at, responsible, hint } = check;
  const style = verdict === 'skipped' ? 'plain' : verdict;
  const more = alike.length > 0 ? ` and ${plural(alike.length, 'more check')}` : '';
  const place = paint(positionText(at), 'faint', colour);
  const excerpt = excerptsOf(run)(at);
  return [
    `${sign(verdict, colour)} ${paint(verdict, style, colour)} ${shown(path)}${more}: ${shown(message, SENTENCE)}`,
    ...(rules.length > 0 ? [`  by rule: ${rulesWords(check)}`] : []),
    ...(samples ? [indent(sampleTable(samples))] : []),
    `  ${place}${responsible.length > 0 ? `  responsible: ${ownersWords(check)}` : ''}`,
    ...(excerpt === undefined ? [] : [indent(paint(excerpt, 'faint', colour))]),
    ...(hint === null ? [] : [`  hint: ${shown(hint, SENTENCE)}`]),
  ].join('\n');
}

function sampleTable({ columns, rows }: Samples): string {
  return alignedTable(
    columns.map((name) => shown(name)),
    rows.map((row) => row.map((value) => (value === null ? null : shown(value)))),
  );
}
