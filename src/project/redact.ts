import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';

const SECRET_KEY = /(?:^|[\s{,"'])(?:url|token|webhook|teams|pagerduty|store|password|secret|key)["']?\s*:\s*/g;
const CREDENTIALS = /[a-z][a-z0-9+.-]*:\/\/[^\s"'@/]+@/gi;
const TOKEN = /\b(?:xox[a-z]-|xapp-|whsec_|sk_|ghp_|glpat-)[\w-]+/g;
const VARIABLE = /\$\{[^}]*\}/g;

/** The pieces of surety.yaml that may hold a secret, as spans of its text; `${ENV}` is none. */
function secretSpans(text: string): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const match of text.matchAll(SECRET_KEY)) {
    const start = match.index + match[0].length;
    spans.push([start, start + valueLength(text.slice(start))]);
  }
  for (const form of [CREDENTIALS, TOKEN]) {
    for (const match of text.matchAll(form)) spans.push([match.index, match.index + match[0].length]);
  }
  return spans;
}

function valueLength(rest: string): number {
  const quoted = /^(?:"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?)/.exec(rest)?.[0];
  if (quoted) return quoted.length;
  return /^[^\n,}]*/.exec(rest)?.[0].trimEnd().length ?? 0;
}

/** The file as excerpts may show it: what may be a secret is covered, places stay the same. */
export function redactSource(source: SourceFile): SourceFile {
  const letters = source.text.split('');
  for (const [start, end] of secretSpans(source.text)) {
    const piece = source.text.slice(start, end);
    const shown = new Set<number>();
    for (const match of piece.matchAll(VARIABLE)) {
      // A default value may be a secret as well.
      const name = /^\$\{[^:}]*/.exec(match[0])?.[0].length ?? 0;
      for (let at = 0; at < name; at++) shown.add(match.index + at);
      shown.add(match.index + match[0].length - 1);
    }
    for (let at = 0; at < piece.length; at++) {
      if (!shown.has(at) && !/["'\s]/.test(piece[at] ?? '')) letters[start + at] = '*';
    }
  }
  return { name: source.name, text: letters.join('') };
}

/** Takes what may be a secret out of messages about the file. */
export function redactDiagnostics(source: SourceFile, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const secrets = [...new Set(secretSpans(source.text).map(([start, end]) => source.text.slice(start, end)))]
    .map((secret) => secret.replace(/^["']|["']$/g, ''))
    .filter((secret) => secret.length > 3 && secret.replace(/\$\{[^}:]*\}/g, '') !== '')
    .toSorted((left, right) => right.length - left.length);
  const clean = (text: string) => secrets.reduce((all, secret) => all.replaceAll(secret, '[redacted]'), text);
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: clean(diagnostic.message),
    ...(diagnostic.hint !== undefined && { hint: clean(diagnostic.hint) }),
  }));
}
