import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';

const TOKEN = /\b(?:xox[a-z]-|xapp-|whsec_|ghp_|glpat-|AKIA)[\w-]{8,}/g;
/** `user:password@` of an address. */
const CREDENTIALS = /(?<=[a-z][a-z0-9+.-]*:\/\/)[^\s"'@/:]+:[^\s"'@/]+(?=@)/gi;

/** Where a contract holds what looks like a secret, as spans of its text. */
export function secretSpans(text: string): readonly (readonly [number, number])[] {
  return [TOKEN, CREDENTIALS].flatMap((form) =>
    [...text.matchAll(form)].map(({ index, 0: found }) => [index, index + found.length] as const),
  );
}

/** The file as excerpts may show it: secrets are covered, places stay the same. */
export function coveredSource(source: SourceFile): SourceFile {
  let { text } = source;
  for (const [start, end] of secretSpans(text)) {
    text = text.slice(0, start) + '*'.repeat(end - start) + text.slice(end);
  }
  return text === source.text ? source : { name: source.name, text };
}

/** Takes the secrets of contracts out of what is said about them. */
export function coveredDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { message, hint } = diagnostic;
  const covered = coveredText(message);
  const coveredHint = hint === undefined ? undefined : coveredText(hint);
  if (covered === message && coveredHint === hint) return diagnostic;
  return { ...diagnostic, message: covered, ...(coveredHint !== undefined && { hint: coveredHint }) };
}

function coveredText(text: string): string {
  return text.replace(TOKEN, '[redacted]').replace(CREDENTIALS, '[redacted]');
}
