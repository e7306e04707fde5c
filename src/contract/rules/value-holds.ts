import type { Column } from '../../model/contract.ts';
import { formatByName, formatHolds } from '../../sql/formats.ts';
import { compareLiterals, parseLiteral } from '../../sql/literal.ts';
import { parsePattern, patternMatches } from '../../sql/pattern.ts';

/** The first of the column's rules that a value of the contract breaks, as `pattern ^A`; undefined where it keeps all. */
export function brokenRule(column: Column, text: string, withEnum: boolean): string | undefined {
  return (
    (column.type.name === 'string' ? brokenByText(column, text) : brokenByOrder(column, text)) ??
    (withEnum ? brokenEnum(column, text) : undefined)
  );
}

function brokenByText(column: Column, text: string): string | undefined {
  const { pattern, format, minLength, maxLength, type } = column;
  const tree = pattern && parsePattern(pattern.text);
  if (tree && 'tree' in tree && !patternMatches(tree.tree, text)) return `pattern ${pattern?.text}`;
  if (format && formatByName(format.text) && !formatHolds(format.text, text)) return `format ${format.text}`;
  const length = [...text].length;
  if (minLength && length < minLength.count) return `minLength ${minLength.count}`;
  if (maxLength && length > maxLength.count) return `maxLength ${maxLength.count}`;
  if (type.name === 'string' && type.length !== undefined && length > type.length)
    return `type ${column.typeText.text}`;
  return undefined;
}

function brokenByOrder(column: Column, text: string): string | undefined {
  const value = parseLiteral(text, column.type, 'bound');
  if ('problem' in value) return undefined;
  for (const [key, isBroken] of [
    ['min', (order: number) => order < 0],
    ['exclusiveMin', (order: number) => order <= 0],
    ['max', (order: number) => order > 0],
    ['exclusiveMax', (order: number) => order >= 0],
  ] as const) {
    const bound = column[key];
    const limit = bound && parseLiteral(bound.text, column.type, 'bound');
    const order = limit && 'literal' in limit ? compareLiterals(value.literal, limit.literal) : undefined;
    if (bound && order !== undefined && isBroken(order)) return `${key} ${bound.text}`;
  }
  return undefined;
}

function brokenEnum(column: Column, text: string): string | undefined {
  if (!column.enum || column.enum.open) return undefined;
  const read = (written: string) => {
    const parsed = parseLiteral(written, column.type, 'value');
    return 'literal' in parsed ? parsed.literal.text : written;
  };
  return column.enum.values.some((value) => read(value.text) === read(text)) ? undefined : 'enum';
}
