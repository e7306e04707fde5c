import type { Diagnostic } from '../model/diagnostic.ts';

const LONGEST_MESSAGE = 600;

/** The problems of a file by place, each once: one of a definition is found once for each column that uses it. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [identityOf(each), each])).values()].toSorted(byPlace);
}

/** A file that is not selected stops nothing, and is left alone by fixes. */
export function softened({ fix: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic.severity === 'error' ? { ...diagnostic, severity: 'warning' } : diagnostic;
}

/** Of what several files say of one place in surety.yaml, the worst. */
export function worst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const errors = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(identityOf));
  const known = new Set<string>();
  return diagnostics.filter((each) => {
    if (each.at === undefined) return true;
    const identity = identityOf(each);
    if (known.has(identity) || (each.severity !== 'error' && errors.has(identity))) return false;
    known.add(identity);
    return true;
  });
}

/** Messages quote what stands in the file, which may be long. */
export function shortened(diagnostic: Diagnostic): Diagnostic {
  const { message, hint } = diagnostic;
  return { ...diagnostic, message: cut(message), ...(hint !== undefined && { hint: cut(hint) }) };
}

function cut(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  const letters = [...text];
  const half = LONGEST_MESSAGE / 2;
  return `${letters.slice(0, half).join('')} … ${letters.slice(-half).join('')}`;
}

function identityOf({ code, message, at }: Diagnostic): string {
  return `${code} ${at?.file} ${at?.line} ${at?.column} ${message}`;
}

function byPlace(left: Diagnostic, right: Diagnostic): number {
  return (left.at?.line ?? 0) - (right.at?.line ?? 0) || (left.at?.column ?? 0) - (right.at?.column ?? 0);
}
