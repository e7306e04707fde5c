import type { LogicalType } from '../model/logical-type.ts';
import { parseLiteral } from '../sql/literal.ts';
import { readerOf } from './reader.ts';

/** Whether a text of a contract stands for a value of the type. */
export function isValue(text: string, type: LogicalType): boolean {
  return !('problem' in parseLiteral(text, type, 'value'));
}

/** The canonical values that texts of a contract stand for; of instants always the texts. Throws `RangeError`. */
export function valuesOf(texts: readonly string[], type: LogicalType): ReadonlySet<unknown> {
  const read = readerOf({ name: '', path: '', type, required: false, shape: { kind: 'value', type } });
  return new Set(
    texts.flatMap((text) => {
      const parsed = parseLiteral(text, type, 'value');
      if ('problem' in parsed) throw new RangeError(parsed.problem.message);
      // No value is always that of the moment.
      return parsed.literal.kind === 'now' ? [] : [read(parsed.literal.text)];
    }),
  );
}
