import { unquote } from '../../sql/lexer.ts';
import { lexSql, type SqlSyntax } from '../../sql/tokens.ts';

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
  const { tokens } = lexSql(text, syntax);
  const pieces = tokens.flatMap(({ kind, text: piece }) => {
    switch (kind) {
      case 'blank':
      case 'comment':
        return [];
      case 'placeholder':
        return [`{${table(piece.slice(1, -1).trim())}}`];
      case 'word':
        return [column(piece).toLowerCase()];
      case 'name': {
        const name = column(unquote(piece));
        return [/^[a-z_][a-z0-9_]*$/.test(name) ? name : JSON.stringify(name)];
      }
      default:
        return [piece];
    }
  });
  return pieces.join(' ');
}

function same(name: string): string {
  return name;
}
