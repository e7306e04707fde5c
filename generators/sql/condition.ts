import type { DeclaredCheck } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { unquote } from '../../src/sql/lexer.ts';
import { lexSql, type Token } from '../../src/sql/tokens.ts';
import type { DdlEngine } from './engine.ts';

/** A column that conditions may name: as it is called in the warehouse. */
interface NamedColumn {
  readonly name: string;
  readonly column: { readonly type: LogicalType };
}

const WORDS = new Set(['and', 'or', 'not', 'is', 'null', 'in', 'between', 'true', 'false']);
const SYMBOLS = '()<>=!+-*,';
const TIMES: ReadonlySet<string> = new Set(['date', 'timestamp', 'instant']);

/**
 * Row conditions without exceptions as conditions of the table: those that compare columns with each other and with literals. Whatever else
 * there is in SQL may ask other tables, or give another answer tomorrow; what is undecided holds in both places.
 */
export function rowConditions(
  checks: readonly DeclaredCheck[],
  columns: readonly NamedColumn[],
  engine: DdlEngine,
): readonly { readonly id: string; readonly text: string }[] {
  return checks.flatMap((check) => {
    const text = isPlain(check) ? printed(check.condition.text, columns, engine) : undefined;
    return text === undefined ? [] : [{ id: check.id, text }];
  });
}

function isPlain(check: DeclaredCheck): check is Extract<DeclaredCheck, { readonly kind: 'expect' }> {
  const { kind, allow, where, window, by, per, segments } = check;
  return kind === 'expect' && !allow && !where && !window && !by && !per && segments.length === 0;
}

function printed(condition: string, columns: readonly NamedColumn[], engine: DdlEngine): string | undefined {
  const { tokens, problem } = lexSql(condition, engine.syntax);
  if (problem) return undefined;
  const used: LogicalType[] = [];
  const parts = tokens.map((token) => {
    const column = columnOf(token, columns, engine);
    if (column) used.push(column.column.type);
    return column ? engine.quote(column.name) : plainToken(token);
  });
  if (parts.includes(undefined) || used.length === 0) return undefined;
  // An instant is compared with other times in the zone of whoever writes the row.
  const times = new Set(used.map(({ name }) => name).filter((name) => TIMES.has(name)));
  const hasText = tokens.some(({ kind }) => kind === 'string');
  if (times.has('instant') && (times.size > 1 || hasText)) return undefined;
  return parts.join('').trim();
}

function columnOf({ kind, text }: Token, columns: readonly NamedColumn[], engine: DdlEngine): NamedColumn | undefined {
  if (kind === 'name') {
    const name = unquote(text);
    return columns.find((column) => column.name === name);
  }
  if (kind !== 'word' || WORDS.has(text.toLowerCase())) return undefined;
  return columns.find(({ name }) =>
    engine.foldsNames ? name === text.toLowerCase() : name.toLowerCase() === text.toLowerCase(),
  );
}

/** The token itself; undefined where it may be more than a comparison of values. */
function plainToken({ kind, text }: Token): string | undefined {
  switch (kind) {
    case 'blank':
      return ' ';
    case 'number':
      return text;
    case 'word':
      return WORDS.has(text.toLowerCase()) ? text.toLowerCase() : undefined;
    case 'string':
      return /^'[^\\]*'$/.test(text) && !/[\p{Cc}]/u.test(text) ? text : undefined;
    case 'symbol':
      return SYMBOLS.includes(text) ? text : undefined;
    default:
      return undefined;
  }
}
