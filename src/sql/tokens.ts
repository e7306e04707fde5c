import type { Problem } from '../model/problem.ts';

/**
 * How an engine's SQL splits into pieces. `standard` is PostgreSQL and DuckDB: nested comments, dollar quotes, `E'…'`. `mysql` is MySQL and
 * MariaDB: backslashes in all strings, double-quoted strings, `#` comments, `--` comments only before a blank.
 */
export type SqlSyntax = 'standard' | 'mysql';

export type TokenKind =
  | 'blank'
  | 'comment'
  | 'string'
  | 'name'
  | 'word'
  | 'number'
  | 'placeholder'
  | 'symbol'
  | 'unclosed';

/** A piece of SQL as it was written. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** All pieces together are the text. Where a string, a name or a comment is not closed, the last one is `unclosed` and `problem` says so. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly problem?: Problem;
}

type Rule = readonly [kind: TokenKind, form: RegExp];

const SHARED: readonly Rule[] = [
  ['placeholder', /\{[^{}'"`\r\n]+\}/y],
  // No letter but an exponent belongs to a number: in 1E'\'' the engines see the string E'\''.
  ['number', /(?:\d+(?:_\d+)*(?:\.(?!\.)(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?/y],
  ['word', /[A-Za-z_\u{80}-\u{10ffff}][\w$\u{80}-\u{10ffff}]*/uy],
  ['symbol', /[\s\S]/uy],
];

const BLANK: Rule = ['blank', /[ \t\n\r\f\v]+/y];
const BACKQUOTED: Rule = ['name', /`[^`]*(?:``[^`]*)*`/y];

const RULES: Readonly<Record<SqlSyntax, readonly Rule[]>> = {
  standard: [
    BLANK,
    ['comment', /--[^\r\n]*/y],
    ['string', /[eE]'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/y],
    ['string', /'[^']*(?:''[^']*)*'/y],
    ['name', /"[^"]*(?:""[^"]*)*"/y],
    BACKQUOTED,
    ['string', /\$((?:[A-Za-z_\u{80}-\u{10ffff}][\w\u{80}-\u{10ffff}]*)?)\$[\s\S]*?\$\1\$/uy],
    ['unclosed', /(?:[eE]?'|["`]|\/\*|\$(?:[A-Za-z_\u{80}-\u{10ffff}][\w\u{80}-\u{10ffff}]*)?\$)[\s\S]*/uy],
    ...SHARED,
  ],
  mysql: [
    BLANK,
    ['comment', /(?:#|--(?=[\u0000-\u0020\u007f]|$))[^\n]*/y],
    ['comment', /\/\*[\s\S]*?\*\//y],
    ['string', /'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/y],
    ['string', /"[^"\\]*(?:(?:\\[\s\S]|"")[^"\\]*)*"/y],
    BACKQUOTED,
    ['unclosed', /(?:['"`]|\/\*)[\s\S]*/y],
    ...SHARED,
  ],
};

/** Splits contract SQL into pieces. Never throws; time is linear in the length. */
export function lexSql(text: string, syntax: SqlSyntax = 'standard'): Lexed {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    const token = (syntax === 'standard' ? nestedComment(text, start) : undefined) ?? match(RULES[syntax], text, start);
    tokens.push(token);
    if (token.kind === 'unclosed') return { tokens, problem: unclosed(token.text) };
    start += token.text.length;
  }
  return { tokens };
}

function match(rules: readonly Rule[], text: string, start: number): Token {
  for (const [kind, form] of rules) {
    form.lastIndex = start;
    const piece = form.exec(text)?.[0];
    if (piece !== undefined) return { kind, text: piece };
  }
  return { kind: 'symbol', text: text.charAt(start) };
}

function nestedComment(text: string, start: number): Token | undefined {
  if (!text.startsWith('/*', start)) return undefined;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(text); found; found = edge.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', text: text.slice(start, edge.lastIndex) };
  }
  return { kind: 'unclosed', text: text.slice(start) };
}

function unclosed(text: string): Problem {
  const what = text.startsWith('/*') ? 'comment' : /^["`]/.test(text) ? 'quoted name' : 'string';
  const excerpt = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  return { message: `the ${what} that begins with ${excerpt} is not closed` };
}
