import { unquote } from '../../sql/lexer.ts';
import { lexSql, type SqlSyntax, type TokenKind } from '../../sql/tokens.ts';

/** Names of the old version → names of the new one. */
export interface Renames {
  readonly column?: (name: string) => string;
  readonly table?: (name: string) => string;
}

/**
 * Contract SQL as one text for everything that reads the same: blanks, comments, the case of bare words and needless quotes do not matter,
 * and columns and `{tables}` have their new names. Two different conditions that mean the same keep different texts.
 */
export function normalSql(text: string, renames: Renames = {}, syntax: SqlSyntax = 'standard'): string {
  const { column = same, table = same } = renames;
  const pieces: Piece[] = [];
  let isApart = true;
  for (const { kind, text: piece } of lexSql(text, syntax).tokens) {
    if (kind === 'blank' || kind === 'comment') {
      isApart = true;
      continue;
    }
    const last = pieces.at(-1);
    if (!isApart && last?.kind === 'symbol' && kind === 'symbol' && OPERATORS.has(last.text + piece)) {
      last.text += piece;
    } else pieces.push({ kind, text: normalPiece(kind, piece, column, table) });
    isApart = false;
  }
  return pieces
    .map((piece, index) => (isGlued(pieces, index) ? piece.text : ` ${piece.text}`))
    .join('')
    .trimStart();
}

interface Piece {
  readonly kind: TokenKind;
  text: string;
}

/** Symbols that are one operator where nothing stands between them, and what they begin with. */
const OPERATORS = new Set(
  '<= >= <> != <=> == || && :: := => -> ->> #> #>> @> <@ @@ ?| !~ !~* ~* ~~ !~~ << >> ** // ^@'.split(' '),
);

/** Words before a bracket that are no functions. */
const KEYWORDS = new Set(
  'all and any as asc between by case cross desc distinct else except exists filter from full group having ilike in inner intersect interval is join lateral like limit not null offset on or order outer over partition return returning select similar some then union using values when where with within xor'.split(
    ' ',
  ),
);

function normalPiece(
  kind: TokenKind,
  piece: string,
  column: (name: string) => string,
  table: (name: string) => string,
): string {
  switch (kind) {
    case 'placeholder':
      return `{${table(piece.slice(1, -1).trim())}}`;
    case 'word':
      return column(piece).toLowerCase();
    case 'name': {
      const name = column(unquote(piece));
      return /^[a-z_][a-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
    }
    default:
      return piece;
  }
}

/** Whether a piece is read together with the one before it. It only spares blanks: other pieces never give the same text. */
function isGlued(pieces: readonly Piece[], index: number): boolean {
  const [before, last, piece, next] = [pieces[index - 2], pieces[index - 1], pieces[index], pieces[index + 1]];
  if (!last || !piece) return false;
  if (/^[)\],]$/.test(piece.text)) return true;
  if (isSymbol(last, '(') || isSymbol(last, '[')) return true;
  if (isSymbol(piece, '::') || isSymbol(last, '::')) return true;
  if (isSymbol(piece, '(')) return isName(last) && !KEYWORDS.has(last.text);
  if (isSymbol(piece, '[')) return isName(last) || isSymbol(last, ')') || isSymbol(last, ']');
  if (isSymbol(piece, '.')) return isName(last) && (isName(next) || isSymbol(next, '*'));
  if (isSymbol(last, '.')) return isName(before) && (isName(piece) || isSymbol(piece, '*'));
  // A sign of a number, where nothing stands before it that it could be taken from.
  return /^[-+]$/.test(last.text) && piece.kind === 'number' && !isOperand(before);
}

function isSymbol(piece: Piece | undefined, text: string): boolean {
  return piece?.kind === 'symbol' && piece.text === text;
}

function isName(piece: Piece | undefined): boolean {
  return piece?.kind === 'word' || piece?.kind === 'name' || piece?.kind === 'placeholder';
}

function isOperand(piece: Piece | undefined): boolean {
  if (!piece) return false;
  return piece.kind === 'symbol' ? /^[)\]]$/.test(piece.text) : !KEYWORDS.has(piece.text);
}

function same(name: string): string {
  return name;
}
