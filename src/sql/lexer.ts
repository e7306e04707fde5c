import type { Problem } from '../model/problem.ts';
import { lexSql, type SqlSyntax, type Token } from './tokens.ts';

const CLOSER: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/**
 * Why contract SQL may not be sent, or undefined where it may: one expression or statement that cannot leave the brackets it is put in,
 * on lines of its own (semantics §7). `placeholders` knows the tables; `{now}` is always known.
 */
export function checkContractSql(
  text: string,
  placeholders: (name: string) => boolean,
  syntax: SqlSyntax = 'standard',
): Problem | undefined {
  if (text.includes('\0')) return { message: 'the SQL holds a NUL character' };
  const { tokens, problem } = lexSql(text, syntax);
  if (problem) return problem;
  const pieces = tokens.filter(({ kind }) => kind !== 'blank' && kind !== 'comment');
  if (pieces.length === 0) return { message: 'the SQL is empty' };
  const hidden = tokens.find(
    ({ kind, text: piece }) => kind === 'comment' && syntax === 'mysql' && /^\/\*M?!/.test(piece),
  );
  if (hidden)
    return {
      message: `the comment "${hidden.text.slice(0, 20)}" would be run`,
      hint: 'write the SQL without a comment around it',
    };
  return checkPieces(pieces, placeholders, syntax) ?? checkLocks(pieces, syntax) ?? checkBrackets(pieces);
}

function checkPieces(
  pieces: readonly Token[],
  placeholders: (name: string) => boolean,
  syntax: SqlSyntax,
): Problem | undefined {
  for (const [index, piece] of pieces.entries()) {
    const problem = checkPiece(piece, pieces[index + 1], syntax) ?? checkBraces(piece, placeholders);
    if (problem) return problem;
  }
  return undefined;
}

function checkPiece({ kind, text }: Token, next: Token | undefined, syntax: SqlSyntax): Problem | undefined {
  if (kind === 'symbol' && text === ';')
    return { message: '";" ends a statement, and there is only one here', hint: 'leave it out' };
  if (kind === 'symbol' && text === '?') {
    const hint = 'write the value itself; instead of the operator "?" of PostgreSQL write jsonb_exists(a, b)';
    return { message: '"?" stands for a bound value, and contract SQL has none', hint };
  }
  if (kind === 'symbol' && text === '$' && syntax === 'standard' && next) {
    return {
      message: `"$${next.text}" stands for a bound value, and contract SQL has none`,
      hint: 'write the value itself',
    };
  }
  if (kind === 'word' && /[\p{Z}\p{Cf}\u0085]/u.test(text)) {
    const odd = /[\p{Z}\p{Cf}\u0085]/u.exec(text)?.[0]?.codePointAt(0) ?? 0;
    const code = odd.toString(16).toUpperCase().padStart(4, '0');
    return {
      message: `the SQL holds the invisible character U+${code} outside quotes`,
      hint: 'replace it by an ordinary blank',
    };
  }
  if (syntax === 'mysql') return undefined;
  if (kind === 'name' && text.startsWith('`')) {
    return { message: `${text} stands in backquotes`, hint: `write ${JSON.stringify(text.slice(1, -1))}` };
  }
  // PostgreSQL reads two strings on two lines as one, in the manner of the first: a backslash in the second would escape its quote.
  if (/^[eE]'/.test(text) && kind === 'string' && next?.kind === 'string' && next.text.startsWith("'")) {
    return { message: `the strings ${text} and ${next.text} stand side by side`, hint: 'join them by ||' };
  }
  return undefined;
}

/** MySQL and MariaDB lock rows even in a read-only transaction; PostgreSQL refuses, and DuckDB has no such words. */
function checkLocks(pieces: readonly Token[], syntax: SqlSyntax): Problem | undefined {
  if (syntax !== 'mysql') return undefined;
  const words = pieces.map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : ''));
  const at = words.findIndex(
    (word, index) =>
      (word === 'for' && ['update', 'share'].includes(words[index + 1] ?? '')) ||
      (word === 'lock' && words[index + 1] === 'in'),
  );
  if (at < 0) return undefined;
  return { message: `"${words.slice(at, at + 2).join(' ')}" would lock rows that others write`, hint: 'leave it out' };
}

function checkBraces({ kind, text }: Token, placeholders: (name: string) => boolean): Problem | undefined {
  const hint = 'braces hold only {now} or {table} with the name of a table of this contract';
  if (kind === 'symbol' && (text === '{' || text === '}')) return { message: `"${text}" is no placeholder`, hint };
  if (kind !== 'placeholder') return undefined;
  const name = text.slice(1, -1);
  return name === 'now' || placeholders(name) ? undefined : { message: `"${text}" is no placeholder`, hint };
}

function checkBrackets(pieces: readonly Token[]): Problem | undefined {
  const open: string[] = [];
  for (const { kind, text } of pieces) {
    if (kind !== 'symbol') continue;
    if (text in CLOSER) open.push(text);
    else if ((text === ')' || text === ']') && CLOSER[open.pop() ?? ''] !== text)
      return { message: `"${text}" closes nothing` };
  }
  const last = open.at(-1);
  return last === undefined ? undefined : { message: `"${last}" is not closed` };
}

/** The text cut at its placeholders; those inside strings, quoted names and comments are left alone. */
export function sqlPieces(
  text: string,
  syntax: SqlSyntax = 'standard',
): readonly ({ readonly text: string } | { readonly placeholder: string })[] {
  const pieces: ({ text: string } | { placeholder: string })[] = [];
  for (const token of lexSql(text, syntax).tokens) {
    const last = pieces.at(-1);
    if (token.kind === 'placeholder') pieces.push({ placeholder: token.text.slice(1, -1) });
    else if (last && 'text' in last) last.text += token.text;
    else pieces.push({ text: token.text });
  }
  return pieces;
}

/** Every name that the text may mention, once: words as written (keywords and functions too) and quoted names without their quotes. */
export function sqlNames(text: string, syntax: SqlSyntax = 'standard'): readonly string[] {
  const names = new Set<string>();
  for (const { kind, text: piece } of lexSql(text, syntax).tokens) {
    if (kind === 'word') names.add(piece);
    if (kind === 'name') names.add(unquote(piece));
  }
  return [...names];
}

/** The name between double quotes or backquotes, its doubled quotes made single. */
export function unquote(name: string): string {
  const quote = name.charAt(0);
  return name.slice(1, -1).replaceAll(quote + quote, quote);
}
