import type { Diagnostic, Position, SourceFile } from '../model/diagnostic.ts';
import type { TreeNode } from '../yaml/tree.ts';
import { type Span, secretLooks, secretNodes, textsOf } from './secret-spans.ts';

/** The name in it is none; its default may be one. */
const VARIABLE = /\$\{([A-Za-z_]\w*)(?::-[^}]*)?\}/g;
const BARE_VARIABLE = /\$\{[A-Za-z_]\w*\}/g;
/** Shorter texts stand in too many words. */
const SHORTEST = 4;

/** What may be a secret in a file: where it stands, and its texts. */
export interface Secrets {
  readonly spans: readonly Span[];
  /** The values that are or hold one. */
  readonly places: readonly Span[];
  readonly texts: readonly string[];
}

/** Finds what may be a secret in surety.yaml; `${ENV}` is none. Without a tree the text alone must tell. */
export function findSecrets({ text }: SourceFile, root?: TreeNode): Secrets {
  const offset = offsetsOf(text);
  const looks = secretLooks(text);
  const marked = new Uint8Array(text.length);
  for (const [start, end] of looks) marked.fill(1, start, end);
  const nodes = root ? secretNodes(root, ({ at }) => marked.subarray(...spanOf(at, offset)).includes(1)) : [];
  const places = root ? nodes.map(({ at }) => spanOf(at, offset)) : looks;
  const sources = nodes.flatMap(textsOf);
  // An alias stands elsewhere than its text.
  const aliases = nodes.filter(({ at }) => text[offset(at.line, at.column)] === '*').flatMap(textsOf);
  const elsewhere = [...new Set(aliases)].filter(isText).flatMap((alias) => occurrences(text, alias));
  const written = looks.map(([start, end]) => text.slice(start, end).replace(/^["']|["']$/g, ''));
  return {
    spans: [...looks, ...places, ...elsewhere],
    places,
    texts: [...new Set([...sources, ...written])].filter(isText),
  };
}

function isText(source: string): boolean {
  return source.length >= SHORTEST && source.replace(BARE_VARIABLE, '') !== '';
}

function occurrences(text: string, piece: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) {
    spans.push([at, at + piece.length]);
  }
  return spans;
}

/** Offset of a line and a column. */
function offsetsOf(text: string): (line: number, column: number) => number {
  const starts = [0, 0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line, column) => (starts[line] ?? text.length) + column - 1;
}

function spanOf({ line, column, endLine, endColumn }: Position, offset: ReturnType<typeof offsetsOf>): Span {
  return [offset(line, column), offset(endLine, endColumn)];
}

/** The file as excerpts may show it: what may be a secret is covered, places stay the same. */
export function redactSource(source: SourceFile, { spans }: Secrets): SourceFile {
  const letters = source.text.split('');
  for (const [start, end] of spans) {
    const piece = source.text.slice(start, end);
    const shown = new Set<number>();
    for (const match of piece.matchAll(VARIABLE)) {
      const name = 2 + (match[1]?.length ?? 0);
      for (let at = 0; at < name; at++) shown.add(match.index + at);
      shown.add(match.index + match[0].length - 1);
    }
    for (let at = 0; at < piece.length; at++) {
      if (!shown.has(at) && !/["'\s]/.test(piece[at] ?? '')) letters[start + at] = '*';
    }
  }
  return { name: source.name, text: letters.join('') };
}

/**
 * Takes what may be a secret out of messages about the file. One about a secret itself quotes nothing, not even a piece, and has no fix,
 * which would hold the text.
 */
export function redactDiagnostics(
  source: SourceFile,
  { spans, places, texts }: Secrets,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const offset = offsetsOf(source.text);
  const clean = remover(texts);
  return diagnostics.map((diagnostic) => {
    const { fix, ...rest } = diagnostic;
    // YAML's own problems are with pieces of values: a password that begins with ! is a tag.
    const known = diagnostic.code.startsWith('yaml/') ? spans : places;
    const about = diagnostic.at && placeAt(spanOf(diagnostic.at, offset), known);
    const cover = about ? (text: string) => clean(unquoted(text, source.text.slice(...about))) : clean;
    return {
      ...rest,
      message: cover(diagnostic.message),
      ...(diagnostic.hint !== undefined && { hint: cover(diagnostic.hint) }),
      ...(fix && !about && { fix }),
    };
  });
}

/** Takes texts out of a message, the longest first; a file may have tens of thousands of each. */
function remover(texts: readonly string[]): (message: string) => string {
  const byStart = new Map<string, string[]>();
  for (const text of texts.toSorted((left, right) => right.length - left.length)) {
    const start = text.slice(0, SHORTEST);
    const known = byStart.get(start);
    if (known) known.push(text);
    else byStart.set(start, [text]);
  }
  return (message) => {
    let clean = '';
    for (let at = 0; at < message.length; ) {
      const found = byStart.get(message.slice(at, at + SHORTEST))?.find((text) => message.startsWith(text, at));
      clean += found === undefined ? message[at] : '[redacted]';
      at += found?.length ?? 1;
    }
    return clean;
  };
}

function placeAt([start, end]: Span, places: readonly Span[]): Span | undefined {
  return places.find(([from, to]) => start < to && from < end);
}

/** Where the secret has quotes of its own, nobody can tell which one ends what is quoted; some messages have a piece without quotes. */
function unquoted(text: string, secret: string): string {
  const bare = text.replace(/["'\\]/.test(secret) ? /["'].*["']/s : /"[^"]*"/g, '[redacted]');
  const pieces = new Set(secret.slice(0, 10_000).match(/\w{4,}/g));
  return bare.replace(/\w{4,}/g, (word) => (pieces.has(word) ? '[redacted]' : word));
}
