import type { Diagnostic, Position } from '../model/diagnostic.ts';

/** What is said of a piece of text that has a problem already is not told again. */
export function withoutRepeats(
  diagnostics: readonly Diagnostic[],
  known: readonly Diagnostic[],
): readonly Diagnostic[] {
  const errors = known.flatMap(({ severity, at }) => (severity === 'error' && at ? [at] : []));
  return diagnostics.filter(({ at }) => at === undefined || !errors.some((error) => overlap(at, error)));
}

function overlap(left: Position, right: Position): boolean {
  const isBefore = (one: Position, other: Position) =>
    one.endLine < other.line || (one.endLine === other.line && one.endColumn <= other.column);
  return left.file === right.file && !isBefore(left, right) && !isBefore(right, left);
}
