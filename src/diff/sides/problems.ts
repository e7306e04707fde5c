import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Side } from './side.ts';

const NOTHING_FOUND = 'select/nothing-found';

/** Problems of the new side. What it lacks and the old side has was deleted, which is no problem but a finding. */
export function presentProblems(after: Side, before: Side): readonly Diagnostic[] {
  const lacked = new Set(before.loaded.diagnostics.filter(({ code }) => code === NOTHING_FOUND).map(messageOf));
  return after.loaded.diagnostics.filter(
    (diagnostic) => diagnostic.code !== NOTHING_FOUND || lacked.has(messageOf(diagnostic)),
  );
}

/** What of the old side cannot be read: one problem a file. The others are compared. */
export function pastProblems({ loaded, shown }: Side): Diagnostic[] {
  const files = new Set<string>();
  return loaded.diagnostics.flatMap((diagnostic) => {
    const { severity, code, message, at } = diagnostic;
    if (severity !== 'error' || code === NOTHING_FOUND) return [];
    const file = at?.file ?? '';
    if (files.has(file)) return [];
    files.add(file);
    const old: Diagnostic = {
      ...diagnostic,
      code: 'gate/unreadable-base',
      message: `the old version cannot be read: ${message} [${code}]`,
      hint: `compare with a version in which it is valid (${shown.label} is compared with now): \`--against COMMIT\``,
    };
    return [old];
  });
}

function messageOf({ message }: Diagnostic): string {
  return message;
}
