import type { Diagnostic, SourceFile } from '../src/model/diagnostic.ts';
import { excerpt } from '../src/util/excerpt.ts';
import { visible } from '../src/util/visible.ts';
import { paint } from './paint.ts';

/** A diagnostic for people: place, message, the line with a caret, hint. */
export function diagnosticText(
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, SourceFile>,
  colour: boolean,
): string {
  const { at, severity, code, message, hint } = diagnostic;
  const place = at ? `${at.file}:${at.line}:${at.column}: ` : '';
  const style = severity === 'error' ? 'fail' : severity === 'warning' ? 'warn' : 'plain';
  const source = at && sources.get(at.file);
  const lines = [`${place}${paint(severity, style, colour)}: ${visible(message, 1000)} [${code}]`];
  if (source && at) lines.push(indent(excerpt(source, at)));
  if (hint !== undefined) lines.push(`  hint: ${visible(hint, 1000)}`);
  return lines.join('\n');
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
