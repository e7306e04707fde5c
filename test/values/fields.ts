import { parseLogicalType } from '../../src/sql/logical-type.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import type { Readable } from '../../src/values/reader.ts';

/** The first column of a list of names and types, with its members. */
export function fieldOf(columns: Readonly<Record<string, string>>, classification?: string): Field<Readable> {
  const declared = Object.entries(columns).map(([name, text]): Readable => {
    const parsed = parseLogicalType(text);
    if ('problem' in parsed) throw new Error(parsed.problem.message);
    return { name, type: parsed.type, required: false, ...(classification !== undefined && { classification }) };
  });
  return fieldsOf(declared)[0] as Field<Readable>;
}

/** A column `c` of a plain type. */
export function plainField(type: string, classification?: string): Field<Readable> {
  return fieldOf({ c: type }, classification);
}
