import type { LogicalType } from '../model/logical-type.ts';
import type { Declared, Field } from '../sql/shape.ts';
import { maskedIn } from './masked-in.ts';
import { arrayReader, jsonReader, mapReader, type Part, structReader } from './nested.ts';
import { booleanReader, decimalReader, floatReader, integerReader } from './numbers.ts';
import { refusal, type ScalarOptions } from './scalar.ts';
import { isMasked, showOf } from './shown.ts';
import { bytesReader, textReader, uuidReader } from './texts.ts';
import { dateReader, instantReader, timeReader, timestampReader } from './times.ts';
import { faultsOf, ValueProblem } from './value-problem.ts';

/** What a reader needs to know of a declared column or member. */
export interface Readable extends Declared {
  /** A class that is neither `public` nor `internal`: its values are not quoted in messages. */
  readonly classification?: string;
}

/** How raw values are written where they come from. */
export interface ReaderOptions extends Omit<ScalarOptions, 'show'> {
  /** A text in a column of JSON is a value, and no JSON to be parsed. */
  readonly isParsed?: boolean;
}

/** Gives the canonical value, null for null and undefined; throws `ValueProblem`. */
export type Reader = (raw: unknown) => unknown;

/**
 * Compiles the reader of a column: from what a driver, JSON or CSV gives (text, number, bigint, Date, bytes, values of DuckDB, JSON as
 * text or parsed) to the canonical value of its type, exactly. It asks for no rule, nor for `required`.
 */
export function readerOf(field: Field<Readable>, options: ReaderOptions = {}): Reader {
  const { isParsed = false } = options;
  const read = partOf(field, undefined, options);
  const missing = options.cell?.missing;
  const isNull = (raw: unknown): boolean =>
    typeof raw === 'string' && ((raw === '' && field.type.name !== 'string') || missing?.includes(raw) === true);
  return (raw) => {
    try {
      return read(missing && isNull(raw) ? null : raw, isParsed);
    } catch (error) {
      throw new ValueProblem(faultsOf(error, field.name));
    }
  };
}

function partOf(field: Field<Readable>, inherited: string | undefined, options: ReaderOptions): Part {
  const own = field.column?.classification;
  // What is personal in a member is personal in the whole, and the other way round.
  const classification = isMasked(own) ? own : (inherited ?? own);
  const show = showOf(maskedIn(field, (column) => column.classification) ?? classification);
  const refuse = refusal(show);
  const { shape } = field;
  switch (shape.kind) {
    case 'value':
      return orNull(valueReader(shape.type, { ...options, show }));
    case 'struct': {
      const members = shape.fields.map((each) => [each.name, partOf(each, classification, options)] as const);
      return orNull(structReader(shape.isOpen, members, refuse));
    }
    case 'array':
      return orNull(arrayReader(partOf(shape.element, classification, options), refuse));
    case 'map': {
      const key = orNull(valueReader(shape.key, { ...options, show }));
      return orNull(mapReader(key, partOf(shape.value, classification, options), refuse, show));
    }
  }
}

function orNull(read: Part): Part {
  return (raw, isParsed) => (raw === null || raw === undefined ? null : read(raw, isParsed));
}

function valueReader(type: LogicalType, options: ScalarOptions): Part {
  switch (type.name) {
    case 'string':
      return textReader(options);
    case 'integer':
      return integerReader(type, options);
    case 'decimal':
      return decimalReader(type, options);
    case 'float':
      return floatReader(type, options);
    case 'boolean':
      return booleanReader(options);
    case 'date':
      return dateReader(options);
    case 'time':
      return timeReader(options);
    case 'timestamp':
      return timestampReader(options);
    case 'instant':
      return instantReader(options);
    case 'uuid':
      return uuidReader(options);
    case 'bytes':
      return bytesReader(options);
    case 'json':
      return jsonReader(refusal(options.show));
    default:
      return (raw) => raw;
  }
}
