import type { Position } from '../src/model/diagnostic.ts';
import type { GateFinding } from '../src/model/gate.ts';
import type { Samples } from '../src/model/run.ts';
import { excerpt } from '../src/util/excerpt.ts';
import { visible } from '../src/util/visible.ts';
import { indent } from './diagnostics.ts';
import { isUnmeasured, type Level, levelOf, levelWords, notesOf, SENTENCE } from './gate-words.ts';
import { type Paint, paint } from './paint.ts';
import type { ReportContext } from './report.ts';
import { alignedTable } from './table.ts';

const SIGN = { error: '✗', warning: '!', waived: '·', notice: '·', safe: '·' } as const satisfies Record<Level, string>;
const STYLE = {
  error: 'fail',
  warning: 'warn',
  waived: 'faint',
  notice: 'plain',
  safe: 'pass',
} as const satisfies Record<Level, Paint>;

/** A finding for people: a line each for what needs nothing done, the contract's lines and what to do for the others. */
export function findingText(finding: GateFinding, context: ReportContext): string {
  const { colour } = context;
  const level = levelOf(finding);
  const isToDo = level === 'error' || level === 'warning';
  const sign = level === 'warning' && isUnmeasured(finding) ? '?' : SIGN[level];
  const words = paint(`${sign} ${levelWords(finding)}`, STYLE[level], colour);
  const path = finding.path === '' ? '' : ` ${visible(finding.path)}`;
  const line = `${words}  ${paint(finding.rule, 'strong', colour)}${path}: ${visible(finding.message, SENTENCE)}`;
  const places = paint(placesText(finding), 'faint', colour);
  if (level === 'notice') return `${line}  ${places}`;
  const samples = finding.live?.samples ? `\n${indent(samplesText(finding.live.samples))}` : '';
  const notes = notesOf(finding).map(([label, text]) => `${label}: ${text}${label === 'live' ? samples : ''}`);
  return [
    line,
    indent(`${places}  fingerprint ${finding.fingerprint}`),
    ...(isToDo ? excerpts(finding, context).map((text) => indent(indent(paint(text, 'faint', colour)))) : []),
    ...notes.map((note) => indent(note)),
    ...(isToDo
      ? finding.related.map(({ message, at }) => indent(`see ${placeText(at)}: ${visible(message, SENTENCE)}`))
      : []),
  ].join('\n');
}

function placesText({ at, was }: GateFinding): string {
  return [...(at ? [placeText(at)] : []), ...(was ? [`was ${placeText(was)}`] : [])].join('  ');
}

function placeText({ file, line }: Position): string {
  return `${visible(file)}:${line}`;
}

/** The line as it is and as it was, under numbers of one width. */
function excerpts({ at, was, before, after }: GateFinding, { sources }: ReportContext): readonly string[] {
  // Of what is gone only a neighbour is left.
  const isGone = before !== null && after === null;
  const sides = isGone
    ? ([
        ['was', was],
        ['near', at],
      ] as const)
    : ([
        ['now', at],
        ['was', was],
      ] as const);
  const width = String(Math.max(at?.line ?? 0, was?.line ?? 0)).length;
  return sides.flatMap(([label, position]) => {
    const source = position && sources.get(position.file);
    if (!source) return [];
    const lead = ' '.repeat(width - String(position.line).length);
    const [line, caret] = excerpt(source, position).split('\n');
    return [`${label.padEnd(isGone ? 4 : 3)} ${lead}${line}\n${' '.repeat(isGone ? 5 : 4)}${lead}${caret}`];
  });
}

function samplesText({ columns, rows }: Samples): string {
  return alignedTable(
    columns.map((column) => visible(column)),
    rows.map((row) => row.map((cell) => (cell === null ? null : visible(cell)))),
  );
}
