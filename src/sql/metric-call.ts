import type { Problem } from '../model/problem.ts';
import { compareDecimals, type Decimal, parseDecimal, printDecimal } from '../util/decimal.ts';
import { unquote } from './lexer.ts';
import { lexSql, type SqlSyntax, type Token } from './tokens.ts';

const COLUMN_CALLS = ['count', 'distinct', 'sum', 'avg', 'min', 'max', 'stddev', 'median'] as const;
const DRIFT_TESTS = ['psi', 'ks', 'chi2'] as const;

export type ColumnCall = (typeof COLUMN_CALLS)[number];
export type DriftTest = (typeof DRIFT_TESTS)[number];

/** What a metric asks for. Everything but `sql` means the same on every engine; columns are names of the contract. */
export type MetricCall =
  | { readonly call: ColumnCall; readonly column: string }
  | { readonly call: 'percentile'; readonly column: string; readonly fraction: Decimal }
  | { readonly call: 'share'; readonly condition: string }
  | { readonly call: 'rows' }
  | { readonly call: 'drift'; readonly test: DriftTest; readonly column: string }
  /** The warehouse's own: one aggregate expression, or a whole statement. */
  | { readonly call: 'sql'; readonly text: string; readonly statement: boolean };

type Parsed = MetricCall | { readonly problem: Problem };

const ZERO: Decimal = { coefficient: 0n, scale: 0 };
const ONE: Decimal = { coefficient: 1n, scale: 0 };

/**
 * Reads a metric (semantics §7): a portable call over one column or condition, else the warehouse's own SQL. A column is a bare word, a
 * dotted path to a member, or one quoted name; a call over anything else is the warehouse's. The SQL itself is not checked here.
 */
export function parseMetricCall(text: string, syntax: SqlSyntax = 'standard'): Parsed {
  const { tokens, problem } = lexSql(text, syntax);
  if (problem) return { problem };
  const pieces = tokens.filter(isPiece);
  const [first] = pieces;
  if (!first) return refuse('the metric is empty', 'write a call such as avg(amount)');
  const word = first.kind === 'word' ? first.text.toLowerCase() : '';
  if (word === 'select' || word === 'with') return { call: 'sql', text, statement: true };
  const inner = word === '' ? undefined : argumentsOf(tokens);
  if (!inner) {
    if (word !== '' && pieces.length === 1)
      return refuse(`"${text}" is no metric: it is not one number`, `write a call such as avg(${text.trim()})`);
    if (isOurs(word) && pieces[1]?.text === '(') {
      return refuse(
        `"${text}" computes with ${word}(…), which only stands alone`,
        'write the whole in SQL of the warehouse',
      );
    }
    return { call: 'sql', text, statement: false };
  }
  return readCall(text, word, inner);
}

function readCall(text: string, word: string, inner: readonly Token[]): Parsed {
  const parts = splitAtCommas(inner);
  const pieces = inner.filter(isPiece);
  const columnCall = COLUMN_CALLS.find((name) => name === word);
  const drift = DRIFT_TESTS.find((name) => name === word);
  if ((columnCall || isOurs(word)) && pieces.length === 0) {
    return refuse(`"${text}" names no ${word === 'share' ? 'condition' : 'column'}`, hintFor(word));
  }
  if (word === 'share') {
    if (parts.length > 1) return refuse(`"${text}" has ${parts.length} conditions, expected one`, 'join them by and');
    return {
      call: 'share',
      condition: inner
        .map((token) => token.text)
        .join('')
        .trim(),
    };
  }
  if (word === 'percentile') return readPercentile(text, parts);
  const column = parts.length === 1 ? columnOf(inner) : undefined;
  if (drift) return column === undefined ? notColumn(text, word) : { call: 'drift', test: drift, column };
  if (columnCall && column !== undefined) return { call: columnCall, column };
  if (word === 'count' && pieces.length === 1 && pieces[0]?.text === '*') return { call: 'rows' };
  if (word === 'count' && pieces[0]?.kind === 'word' && pieces[0].text.toLowerCase() === 'distinct') {
    const distinct = columnOf(inner.slice(inner.indexOf(pieces[0]) + 1));
    if (distinct !== undefined) return { call: 'distinct', column: distinct };
  }
  if (word === 'distinct') return notColumn(text, word);
  return { call: 'sql', text, statement: false };
}

function readPercentile(text: string, parts: readonly (readonly Token[])[]): Parsed {
  const [first = [], second, ...more] = parts;
  if (second === undefined || more.length > 0) return refuse(`"${text}" is no percentile`, hintFor('percentile'));
  const column = columnOf(first);
  if (column === undefined) return notColumn(text, 'percentile');
  const written = second
    .filter(isPiece)
    .map((token) => token.text)
    .join('');
  const fraction = parseDecimal(written);
  if (fraction && compareDecimals(fraction, ZERO) >= 0 && compareDecimals(fraction, ONE) <= 0) {
    return { call: 'percentile', column, fraction };
  }
  const percent = parseDecimal(written.replace(/%$/, ''));
  const meant = percent && percent.coefficient >= 0n ? { ...percent, scale: percent.scale + 2 } : undefined;
  return refuse(
    `"${text}" asks for the fraction "${written}", expected 0 to 1`,
    meant && compareDecimals(meant, ONE) <= 0 ? `did you mean ${printDecimal(meant)}?` : hintFor('percentile'),
  );
}

/** What stands between the brackets if the text is one call; undefined where it is more or less than that. */
function argumentsOf(tokens: readonly Token[]): readonly Token[] | undefined {
  const significant = tokens.flatMap((token, index) => (isPiece(token) ? [index] : []));
  const [, open] = significant;
  const close = significant.at(-1);
  if (open === undefined || close === undefined || !isSymbol(tokens[open], '(')) return undefined;
  let depth = 0;
  for (const index of significant.slice(1)) {
    if (isSymbol(tokens[index], '(')) depth += 1;
    if (isSymbol(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index === close ? tokens.slice(open + 1, close) : undefined;
  }
  return undefined;
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth += 1;
    if (isSymbol(token, ')') || isSymbol(token, ']')) depth -= 1;
    if (depth === 0 && isSymbol(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Words that look like a column and are a value. */
const VALUES: ReadonlySet<string> = new Set([
  'null',
  'true',
  'false',
  'current_date',
  'current_timestamp',
  'distinct',
  'all',
]);

function columnOf(tokens: readonly Token[]): string | undefined {
  const pieces = tokens.filter(isPiece);
  const [first] = pieces;
  // A text in double quotes is a string to MySQL, of which nothing can be computed: here it is an odd name all the same.
  const quoted = first?.kind === 'name' || (first?.kind === 'string' && first.text.startsWith('"'));
  if (first && quoted) return pieces.length === 1 ? unquote(first.text) : undefined;
  const path = pieces.every((token, index) => (index % 2 === 0 ? token.kind === 'word' : isSymbol(token, '.')));
  if (!first || !path || pieces.length % 2 === 0) return undefined;
  return VALUES.has(first.text.toLowerCase()) ? undefined : pieces.map((token) => token.text).join('');
}

function isPiece({ kind }: Token): boolean {
  return kind !== 'blank' && kind !== 'comment';
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text;
}

/** Calls that no engine has under this name. */
function isOurs(word: string): boolean {
  return word === 'share' || word === 'percentile' || DRIFT_TESTS.some((name) => name === word);
}

function hintFor(word: string): string {
  if (word === 'share') return "write share(status = 'returned')";
  if (word === 'percentile') return 'write percentile(amount, 0.95)';
  return word === 'count' ? 'write count(*) for rows, or count(amount) for rows that have it' : `write ${word}(amount)`;
}

function notColumn(text: string, word: string): { readonly problem: Problem } {
  const hint =
    word === 'distinct'
      ? 'write count(distinct …) for an expression'
      : 'odd names stand in double quotes; declare a feature for an expression';
  return refuse(`"${text}" is over an expression, but ${word} takes one column`, hint);
}

function refuse(message: string, hint: string): { readonly problem: Problem } {
  return { problem: { message, hint } };
}
