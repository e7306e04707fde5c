import type { Diagnostic, Position, SourceFile } from '../src/model/diagnostic.ts';
import { excerpt } from '../src/util/excerpt.ts';
import { visible } from '../src/util/visible.ts';
import { paint } from './paint.ts';

/** A diagnostic for people: place, message, the line with a caret, hint. */
export function diagnosticText(
  diagnostic: Diagnostic,
  excerptAt: (at: Position) => string | undefined,
  colour: boolean,
): string {
  const { at, severity, code, message, hint } = diagnostic;
  const place = at ? `${visible(at.file)}:${at.line}:${at.column}: ` : '';
  const style = severity === 'error' ? 'fail' : severity === 'warning' ? 'warn' : 'plain';
  const shown = at && excerptAt(at);
  const lines = [`${place}${paint(severity, style, colour)}: ${visible(message, 1000)} [${visible(code)}]`];
  if (shown !== undefined) lines.push(indent(shown));
  if (hint !== undefined) lines.push(`  hint: ${visible(hint, 1000)}`);
  return lines.join('\n');
}

/** Excerpts of files that are there. */
export function excerptsIn(sources: ReadonlyMap<string, SourceFile>): (at: Position) => string | undefined {
  return (at) => {
    const source = sources.get(at.file);
    return source && excerpt(source, at);
  };
}

export function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}

/** `2 errors, 1 warning` */
export function countText(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((found) => found.severity === severity).length;
  const parts = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
  ] as const;
  return parts.map(([number, word]) => `${number} ${number === 1 ? word : `${word}s`}`).join(', ');
}
