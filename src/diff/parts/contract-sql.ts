import type { Column, Table, WrittenText } from '../../model/contract.ts';
import { unquote } from '../../sql/lexer.ts';
import { lexSql, type SqlSyntax } from '../../sql/tokens.ts';
import type { Pair, TableContext } from '../rules/rule.ts';
import type { Order } from './order.ts';
import { normalSql } from './sql-text.ts';

type Text = WrittenText | undefined;

/** A piece of SQL as normal text, and the name that it may be. */
interface Piece {
  readonly text: string;
  readonly name?: string;
}

/** How contract SQL of a table is compared: names that were changed by a `renamedFrom` are the same, wherever they stand. */
export interface SqlComparison {
  /** Whether both say the same, word by word. */
  same(old: Text, now: Text): boolean;
  /**
   * Which of two conditions more rows meet; the order of what `and` joins does not matter. Without a condition all rows do. Two conditions of which neither has all
   * parts of the other are incomparable: which of them says more cannot be told from their texts.
   */
  order(old: Text, now: Text): Order;
  /** Both as normal texts; null where there is none. */
  texts(old: Text, now: Text): Pair<string | null>;
}

export function compareSql(context: TableContext): SqlComparison {
  const { contract, world, table } = context;
  const syntaxOf = (side: 'old' | 'new'): SqlSyntax => {
    const warehouse = table[side].warehouse ?? contract[side].warehouse;
    return world[side].engineOf(warehouse?.text) === 'mysql' ? 'mysql' : 'standard';
  };
  const syntax = { old: syntaxOf('old'), new: syntaxOf('new') };
  const renames = renamesOf(context);
  const alike = (old: readonly Piece[], now: readonly Piece[]) =>
    old.length === now.length && old.every((piece, index) => isAlike(piece, now[index], renames));
  const order = (old: Text, now: Text): Order => {
    const before = old ? conditionsOf(old.text, syntax.old) : [];
    const after = now ? conditionsOf(now.text, syntax.new) : [];
    const keeps = before.every((condition) => after.some((each) => alike(condition, each)));
    const adds = !after.every((condition) => before.some((each) => alike(each, condition)));
    if (keeps) return adds ? 'tighter' : 'equal';
    return adds ? 'incomparable' : 'looser';
  };
  return {
    order,
    same(old, now) {
      if (!old || !now) return old === now;
      return alike(piecesOf(old.text, syntax.old), piecesOf(now.text, syntax.new));
    },
    texts: (old, now) => ({
      old: old ? normalSql(old.text, { column: context.renamed, table: context.renamedTable }, syntax.old) : null,
      new: now ? normalSql(now.text, {}, syntax.new) : null,
    }),
  };
}

function isAlike(old: Piece, now: Piece | undefined, renames: ReadonlySet<string>): boolean {
  if (!now) return false;
  return old.text === now.text || (old.name !== undefined && renames.has(renaming(old.name, now.name ?? '')));
}

function renaming(old: string, now: string): string {
  return JSON.stringify([old.toLowerCase(), now.toLowerCase()]);
}

/** Every renaming of the contract: SQL of one table can name columns of others. */
function renamesOf({ contract, renamedTable }: TableContext): ReadonlySet<string> {
  const renames = new Set<string>();
  for (const old of contract.old.tables) {
    const name = renamedTable(old.name);
    const now = contract.new.tables.find((table) => table.name === name);
    if (!now) continue;
    if (name !== old.name) renames.add(renaming(old.name, name));
    for (const [from, to] of columnRenames(old, now)) renames.add(renaming(lastPart(from), lastPart(to)));
  }
  return renames;
}

function columnRenames(old: Table, now: Table): readonly (readonly [string, string])[] {
  const named = (table: Table, name: string): Column | undefined =>
    [...table.columns, ...table.features].find((column) => column.name === name);
  return [...now.columns, ...now.features].flatMap(({ name, renamedFrom }) =>
    renamedFrom !== undefined && named(old, renamedFrom) && !named(now, renamedFrom)
      ? [[renamedFrom, name] as const]
      : [],
  );
}

function lastPart(path: string): string {
  return path.split(/\.|\[\]|\{\}/).findLast((part) => part !== '') ?? path;
}

function piecesOf(text: string, syntax: SqlSyntax): readonly Piece[] {
  return lexSql(text, syntax).tokens.flatMap(({ kind, text: piece }): readonly Piece[] => {
    switch (kind) {
      case 'blank':
      case 'comment':
        return [];
      case 'word':
        return [{ text: piece.toLowerCase(), name: piece }];
      case 'placeholder':
        return [{ text: `{${piece.slice(1, -1).trim()}}`, name: piece.slice(1, -1).trim() }];
      case 'name': {
        const name = unquote(piece);
        return [{ text: /^[a-z_][a-z0-9_]*$/.test(name) ? name : JSON.stringify(name), name }];
      }
      default:
        return [{ text: piece }];
    }
  });
}

/** Longer texts are compared as they stand: nobody joins so many conditions. */
const MOST_PIECES = 2000;

/** The conditions that `and` joins; one where `or` or another word that binds less tightly stands between them. */
function conditionsOf(text: string, syntax: SqlSyntax): readonly (readonly Piece[])[] {
  const pieces = piecesOf(text, syntax);
  return pieces.length > MOST_PIECES ? [pieces] : split(pieces, syntax);
}

function split(written: readonly Piece[], syntax: SqlSyntax): readonly (readonly Piece[])[] {
  const pieces = withoutBrackets(written);
  const conditions: Piece[][] = [[]];
  let depth = 0;
  let between = 0;
  for (const piece of pieces) {
    if (/^[([]$/.test(piece.text) || piece.text === 'case') depth++;
    if (/^[)\]]$/.test(piece.text) || piece.text === 'end') depth--;
    if (depth === 0) {
      if (piece.text === 'or' || piece.text === 'xor' || (syntax === 'mysql' && /^[&|]$/.test(piece.text)))
        return [pieces];
      if (piece.text === 'between') between++;
      if (piece.text === 'and' && between > 0) between--;
      else if (piece.text === 'and') {
        conditions.push([]);
        continue;
      }
    }
    conditions.at(-1)?.push(piece);
  }
  if (conditions.length === 1) return [pieces];
  return conditions.flatMap((condition) => split(condition, syntax));
}

function withoutBrackets(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces[0]?.text !== '(' || pieces.at(-1)?.text !== ')') return pieces;
  let depth = 0;
  for (const [index, { text }] of pieces.entries()) {
    if (text === '(') depth++;
    if (text === ')') depth--;
    if (depth === 0 && index < pieces.length - 1) return pieces;
  }
  return withoutBrackets(pieces.slice(1, -1));
}
