import { Composer, type Document, Lexer, Parser } from 'yaml';
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

/** Parses YAML 1.2 to the first document. Duplicate keys, tags and aliases are left to `buildTree`. */
export function compose(text: string): Composed {
  const lexer = new Lexer();
  const parser = new Parser();
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, version: '1.2', logLevel: 'silent' });
  const extra: SyntaxProblem[] = [];
  const documents: Document.Parsed[] = [];
  // The parser makes an Error of each problem; the stack of each costs more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (const lexeme of lexer.lex(text)) {
      for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
      // The document itself and the scalar at hand stand on the stack too. Recursion only begins when it is unwound.
      if (parser.stack.length > MAX_DEPTH + 2) {
        return { problems: [tooDeep(Math.min(parser.offset, text.length - 1))] };
      }
    }
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end(true, text.length));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [{ code: 'unreadable', message: `this is not YAML (${reason})`, start: 0, end: 0 }] };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const [document, second] = documents;
  if (second) {
    const marker = markerBefore(text, second.range[0]);
    extra.push({
      code: 'several-documents',
      message: 'a second document begins here, a file holds one',
      start: marker,
      end: marker + 3,
    });
  }
  const directive = /^%.*$/m.exec(text.slice(0, document?.contents?.range?.[0] ?? 0));
  if (directive && document?.directives?.docStart) {
    extra.push({
      code: 'directive',
      message: `the directive "${directive[0].slice(0, 40)}" is not supported`,
      start: directive.index,
      end: directive.index + directive[0].length,
    });
  }
  const errors = (document?.errors ?? []).map((error) => ({
    code: error.code.toLowerCase().replaceAll('_', '-'),
    message: error.message,
    start: error.pos[0],
    end: error.pos[1],
  }));
  return { ...(document && { document }), problems: [...errors, ...extra] };
}

export function tooDeep(at: number): SyntaxProblem {
  const message = `maps and lists are nested more than ${MAX_DEPTH} levels deep here`;
  return { code: 'too-deep', message, start: at, end: at + 1 };
}

function markerBefore(text: string, offset: number): number {
  const before = text.lastIndexOf('\n---', offset);
  return before >= 0 ? before + 1 : offset;
}
