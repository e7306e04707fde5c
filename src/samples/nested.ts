import type { Column } from '../model/contract.ts';
import type { Field } from '../sql/shape.ts';
import { setOwn } from '../values/own.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

/** Most elements of a list or a map. */
const MOST = 3;
/** One member in so many is NULL where it may be. */
const ABSENT = 10;

/** Structs, lists and maps, made of the values of their parts. */
export function nestedSource(field: Field<Column>, sourceOf: (part: Field<Column>) => Source): Source {
  const { shape } = field;
  switch (shape.kind) {
    case 'struct': {
      const members = shape.fields.map((part) => ({ part, source: sourceOf(part) }));
      return {
        any(random, attempt) {
          const value = {};
          for (const { part, source } of members) {
            const member = partValue(part, source, random, attempt);
            if (member === undefined) return undefined;
            setOwn(value, part.name, member);
          }
          return value;
        },
      };
    }
    case 'array': {
      const source = sourceOf(shape.element);
      return {
        any(random, attempt) {
          const elements = Array.from({ length: random.below(MOST + 1) }, () =>
            partValue(shape.element, source, random, attempt),
          );
          return elements.includes(undefined) ? undefined : elements;
        },
      };
    }
    case 'map': {
      const key: Field<Column> = {
        name: '',
        path: '',
        type: shape.key,
        required: true,
        shape: { kind: 'value', type: shape.key },
      };
      const keys = sourceOf(key);
      const source = sourceOf(shape.value);
      return {
        any(random, attempt) {
          const entries = Array.from(
            { length: random.below(MOST + 1) },
            () => [keys.any(random, attempt), partValue(shape.value, source, random, attempt)] as const,
          );
          return entries.some((entry) => entry.includes(undefined)) ? undefined : new Map(entries);
        },
      };
    }
    default:
      return { any: () => undefined };
  }
}

/** A member or an element; NULL now and then where the contract does not count them. */
function partValue(part: Field<Column>, source: Source, random: Random, attempt: number): unknown {
  const mayMiss = !part.required && !part.column?.missing?.allow;
  return mayMiss && random.oneIn(ABSENT) ? null : source.any(random, attempt);
}
