import type { Declared, Field } from '../sql/shape.ts';
import { isMasked } from './shown.ts';

/** The first class of a column or of its members whose values may not be shown: a message about the whole might quote one. */
export function maskedIn<Column extends Declared>(
  { column, shape }: Field<Column>,
  classOf: (column: Column) => string | undefined,
): string | undefined {
  const own = column && classOf(column);
  if (isMasked(own)) return own;
  const inside =
    shape.kind === 'struct'
      ? shape.fields
      : shape.kind === 'array'
        ? [shape.element]
        : shape.kind === 'map'
          ? [shape.value]
          : [];
  return inside.map((field) => maskedIn(field, classOf)).find((found) => found !== undefined);
}
