import type { LogicalType } from '../../model/logical-type.ts';
import { parseLiteral } from '../../sql/literal.ts';

/** A value of the type as one text for all ways to write it: `1.0` and `1` are one number. */
export function valueText(text: string, type: LogicalType): string {
  const parsed = parseLiteral(text, type, 'value');
  return 'literal' in parsed ? parsed.literal.text : text;
}

/** A value in a sentence or a list: quoted where its ends could not be seen. */
export function shownValue(text: string): string {
  return /^[\p{L}\p{N}_.+:/-]+$/u.test(text) ? text : JSON.stringify(text);
}

/** Whether two versions of a column name the same value; after a change of type the same digits are. */
export function sameValue(old: string, oldType: LogicalType, now: string, nowType: LogicalType): boolean {
  return old === now || valueText(old, oldType) === valueText(now, nowType);
}
