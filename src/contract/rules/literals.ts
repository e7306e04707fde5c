import type { Column, Contract, EnumValue, Table, WrittenText } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Project } from '../../project/project.ts';
import { compareLiterals, type Literal, type LiteralUse, parseLiteral } from '../../sql/literal.ts';
import { doubtful, isReadable, wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { mayBeText } from './source-kind.ts';
import { brokenRule } from './value-holds.ts';

/** Literals are values of the column's type, and those of enum and default keep the column's own rules. */
export const literals: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) =>
    [...table.columns, ...table.features].flatMap((column) =>
      isReadable(column.type) ? problemsOf(contract, table, column, project) : [],
    ),
  );

const UNFIT = new Set(['struct', 'array', 'map', 'json', 'bytes', 'native']);

function problemsOf(contract: Contract, table: Table, column: Column, project: Project): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const path = `${table.name}.${column.name}`;
  const read = (written: WrittenText | undefined, use: LiteralUse): Literal | undefined => {
    if (!written || UNFIT.has(column.type.name)) return undefined;
    const parsed = parseLiteral(written.text, column.type, use);
    if ('literal' in parsed) return parsed.literal;
    const { message, hint = `write a value of type ${column.typeText.text}` } = parsed.problem;
    problems.push(wrong('bad-literal', written.at, message, hint, path));
    return undefined;
  };
  const isOrdered = !['string', 'boolean', 'uuid'].includes(column.type.name);
  const bound = (key: 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax') =>
    isOrdered ? read(column[key], 'bound') : undefined;
  const low = { closed: bound('min'), open: bound('exclusiveMin') };
  const high = { closed: bound('max'), open: bound('exclusiveMax') };
  problems.push(...rangeProblems(column, low, high, path));

  const seen = new Map<string, EnumValue>();
  for (const value of column.enum?.values ?? []) {
    const literal = read(value, 'value');
    if (!literal) continue;
    if (seen.has(literal.text)) {
      problems.push(wrong('repeated-value', value.at, `"${value.text}" stands here twice`, 'remove one', path));
    }
    seen.set(literal.text, value);
    const broken = brokenRule(column, value.text, false);
    if (broken) {
      const message = `"${value.text}" breaks the column's own ${broken}`;
      problems.push(wrong('unkept-rule', value.at, message, 'correct the value, or the rule', path));
    }
  }
  if (column.enum?.open === false && column.enum.values.length === 0) {
    problems.push(wrong('never-met', column.enum.at, '`enum` lists no values', 'name at least one', path));
  }
  if (column.default && read(column.default, 'value')) {
    const broken = brokenRule(column, column.default.text, true);
    if (broken) {
      const message = `the default "${column.default.text}" breaks the column's own ${broken}`;
      problems.push(wrong('unkept-rule', column.default.at, message, 'correct the default, or the rule', path));
    }
  }
  return [...problems, ...(mayBeText(contract, table, project) ? [] : missingProblems(column, path))];
}

interface Side {
  readonly closed: Literal | undefined;
  readonly open: Literal | undefined;
}

function rangeProblems(column: Column, low: Side, high: Side, path: string): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [lowKey, highKey, least, most, isOpen] of [
    ['min', 'max', low.closed, high.closed, false],
    ['min', 'exclusiveMax', low.closed, high.open, true],
    ['exclusiveMin', 'max', low.open, high.closed, true],
    ['exclusiveMin', 'exclusiveMax', low.open, high.open, true],
  ] as const) {
    const order = least && most ? compareLiterals(least, most) : undefined;
    const at = column[highKey]?.at;
    if (order === undefined || !at || order < 0 || (order === 0 && !isOpen)) continue;
    const message = `${lowKey} ${column[lowKey]?.text} leaves nothing below ${highKey} ${column[highKey]?.text}: no value can keep both`;
    problems.push(wrong('never-met', at, message, 'swap or correct them', path));
  }
  for (const [inclusive, exclusive] of [
    ['min', 'exclusiveMin'],
    ['max', 'exclusiveMax'],
  ] as const) {
    const at = column[exclusive]?.at;
    if (column[inclusive] && at) {
      problems.push(
        wrong('two-bounds', at, `\`${inclusive}\` and \`${exclusive}\` bound the same side`, 'keep one of them', path),
      );
    }
  }
  return [...problems, ...typeRangeProblems(column, low, high, path)];
}

/** Bounds beyond what the type can hold. */
function typeRangeProblems(column: Column, low: Side, high: Side, path: string): readonly Diagnostic[] {
  const limits = typeLimits(column);
  if (!limits) return [];
  const problems: Diagnostic[] = [];
  const compare = (literal: Literal, limit: string) =>
    compareLiterals(literal, { text: limit, kind: literal.kind }) ?? 0;
  const tell = (key: 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax', kebab: string, what: string): void => {
    const written = column[key];
    if (!written) return;
    const message = `${key} ${written.text} can never be ${what}: ${column.typeText.text} goes from ${limits.least} to ${limits.most}`;
    problems.push(wrong(kebab, written.at, message, 'correct the bound or the type', path));
  };
  for (const [key, literal, isLow] of [
    ['min', low.closed, true],
    ['exclusiveMin', low.open, true],
    ['max', high.closed, false],
    ['exclusiveMax', high.open, false],
  ] as const) {
    if (literal?.kind !== 'decimal') continue;
    const overTop = compare(literal, limits.most);
    const underBottom = compare(literal, limits.least);
    if (isLow ? overTop > 0 : underBottom < 0) tell(key, 'never-met', 'met');
    else if (isLow ? underBottom < 0 : overTop > 0) tell(key, 'never-broken', 'broken');
  }
  return problems;
}

function typeLimits({ type }: Column): { readonly least: string; readonly most: string } | undefined {
  if (type.name === 'integer' && type.bits !== undefined) {
    const limit = 2n ** BigInt(type.bits - 1);
    return { least: String(-limit), most: String(limit - 1n) };
  }
  if (type.name !== 'decimal' || type.precision === undefined) return undefined;
  const scale = type.scale ?? 0;
  const digits = `${'9'.repeat(type.precision - scale) || '0'}${scale > 0 ? `.${'9'.repeat(scale)}` : ''}`;
  return { least: `-${digits}`, most: digits };
}

/** Texts that count as missing on columns that are not text make sense only where cells are text. */
function missingProblems(column: Column, path: string): readonly Diagnostic[] {
  if (column.type.name === 'string') return [];
  return (column.missing?.values ?? []).flatMap((value) => {
    if ('literal' in parseLiteral(value.text, column.type, 'value')) return [];
    const message = `"${value.text}" is no ${column.typeText.text}, so it never comes in this table`;
    return [
      doubtful(
        'listed-missing',
        value.at,
        message,
        'only cells of text files can hold other texts; leave it out',
        path,
      ),
    ];
  });
}
