import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { visible } from '../util/visible.ts';
import { MAX_DEPTH } from './scan.ts';
import { lineEnd, plainStop } from './written.ts';

/** Something that the YAML parser refuses; offsets are UTF-16 code units, `end` is behind the last one. */
export interface SyntaxProblem {
  /** Kebab case. */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface Composed {
  /** The first document; absent where the text is too deep or broke the parser. */
  readonly document?: Document.Parsed;
  readonly problems: readonly SyntaxProblem[];
}

/** The parser is stopped behind so many problems: it takes ten times as long for each as for what is right. */
const MAX_PROBLEMS = 1500;

/** Parses YAML 1.2 to the first document. Duplicate keys, tags and aliases are left to `buildTree`. */
export function compose(text: string): Composed {
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, version: '1.2', logLevel: 'silent' });
  const problems: SyntaxProblem[] = [];
  const documents: Document.Parsed[] = [];
  const stop = new Error('too many problems');
  // The composer's own list is of Errors with their stacks and has no end.
  Object.assign(composer, {
    onError: (source: Place, code: string, message: string, warning?: boolean) => {
      if (warning) return;
      const [start, end] = rangeOf(source);
      problems.push({ code: code.toLowerCase().replaceAll('_', '-'), message, start, end });
      if (problems.length > MAX_PROBLEMS) throw stop;
    },
  });
  try {
    for (const token of tokensOf(text, problems)) {
      if (token.type === 'error') {
        const message = `${token.message}: ${JSON.stringify(token.source)}`;
        problems.push({ code: 'unexpected-token', message, start: token.offset, end: token.offset + 1 });
        if (problems.length > MAX_PROBLEMS) throw stop;
      } else documents.push(...composer.next(token));
      if (documents.length > 1) break;
    }
    if (documents.length < 2) documents.push(...composer.end(true, text.length));
  } catch (error) {
    if (error === stop || error === TOO_DEEP) return { problems };
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [{ code: 'unreadable', message: `this is not YAML (${reason})`, start: 0, end: 0 }] };
  }
  const [document, second] = documents;
  if (second) {
    const start = Math.max(0, text.lastIndexOf('\n---', second.range[0]) + 1);
    const message = 'a second document begins here, a file holds one';
    problems.push({ code: 'several-documents', message, start, end: start + 3 });
  }
  return { ...(document && { document }), problems: withBlamedLines(text, problems) };
}

const TOO_DEEP = new Error('too deep');

/** Reads token by token, as only so nesting is seen before the parser recurses into it. Directives are left out. */
function* tokensOf(text: string, problems: SyntaxProblem[]): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type !== 'directive') yield token;
      else if (!problems.some((problem) => problem.code === 'directive')) {
        const { offset: start, source } = token;
        const message = `the directive "${visible(source, 40)}" is not supported`;
        problems.push({ code: 'directive', message, start, end: start + source.length });
      }
    }
    // The document itself and the scalar at hand stand on the stack too.
    if (parser.stack.length > MAX_DEPTH + 2) {
      problems.push(tooDeep(Math.max(0, Math.min(parser.offset, text.length - 1))));
      throw TOO_DEEP;
    }
  }
  yield* parser.end();
}

type Place = number | readonly number[] | { readonly offset: number; readonly source?: string };

function rangeOf(place: Place): readonly [number, number] {
  if (typeof place === 'number') return [place, place + 1];
  if ('offset' in place) return [place.offset, place.offset + (place.source ?? '').length];
  return [place[0] ?? 0, place[1] ?? 0];
}

/**
 * A key below a value that takes none, such as `b: 2` indented below `a: 1`: the parser blames the value above it,
 * once as too long a key and once as a map that begins on the line of its key.
 */
function blamedLine(text: string, problem: SyntaxProblem): SyntaxProblem | undefined {
  if (problem.code !== 'block-as-implicit-key') return undefined;
  const end = lineEnd(text, problem.start);
  if (plainStop(text, problem.start, end, false) < end) return undefined;
  const start = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
  const message = 'this line is indented further than the one above it, which has a value already';
  return { code: 'bad-indent', message, start, end: lineEnd(text, start) };
}

/** One problem for all the lines that stand too far right together. */
function withBlamedLines(text: string, problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const blamed = new Map<number, SyntaxProblem>();
  for (const problem of problems) {
    const line = blamedLine(text, problem);
    if (line) blamed.set(problem.start, line);
  }
  if (blamed.size === 0) return problems;
  const kept = problems.flatMap((problem) => {
    const line = blamed.get(problem.start);
    if (!line) return [problem];
    return problem.code === 'block-as-implicit-key' ? [line] : [];
  });
  let behind = 0;
  return kept
    .toSorted((left, right) => left.start - right.start)
    .filter((problem) => {
      if (problem.code !== 'bad-indent') return true;
      if (problem.start < behind) return false;
      behind = behindBlock(text, problem.start);
      return true;
    });
}

/** The end of the lines that are indented at least as far as the one whose first character stands at `start`. */
function behindBlock(text: string, start: number): number {
  const column = start - text.lastIndexOf('\n', start - 1) - 1;
  const next = new RegExp(`\\n {0,${Math.max(0, column - 1)}}[^\\s#]`, 'g');
  next.lastIndex = start;
  return column > 0 && column < 1000 ? (next.exec(text)?.index ?? text.length) : start;
}

export function tooDeep(at: number): SyntaxProblem {
  const message = `maps and lists are nested more than ${MAX_DEPTH} levels deep here`;
  return { code: 'too-deep', message, start: at, end: at + 1 };
}
