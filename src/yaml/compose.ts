import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { MAX_DEPTH } from './scan.ts';

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
  return { ...(document && { document }), problems };
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
        const message = `the directive "${source.slice(0, 40)}" is not supported`;
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

export function tooDeep(at: number): SyntaxProblem {
  const message = `maps and lists are nested more than ${MAX_DEPTH} levels deep here`;
  return { code: 'too-deep', message, start: at, end: at + 1 };
}
