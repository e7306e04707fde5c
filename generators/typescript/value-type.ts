import type { Column } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { CURRENCY_CODES } from '../../src/sql/currency-codes.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import type { Field } from '../../src/sql/shape.ts';
import { isValue } from '../../src/values/enum-values.ts';
import type { TypeScriptOptions } from './options.ts';
import { literal } from './text.ts';
import { meetsBroken } from './tolerance.ts';

/** What a type is printed with. */
export interface TypeContext {
  readonly options: TypeScriptOptions;
  /** Path of a struct with declared members → its interface. */
  readonly nested: ReadonlyMap<string, string>;
  /** Name under which the module has something of the runtime, or of Kysely; it is imported from then on. */
  use(exported: string): string;
  useKysely(exported: string): string;
}

/** Who holds the value: a reader meets what the contract tolerates, a writer keeps every rule. */
export type Side = 'reader' | 'writer';

const CURRENCIES: ReadonlySet<string> = new Set(CURRENCY_CODES);

/** Type of a field as the members of a union, `null` among them where it may stand there. */
export function typeOf(field: Field<Column>, side: Side, context: TypeContext): readonly string[] {
  const members = valueType(field, side, context);
  return field.required || members.includes('unknown') ? members : [...members, 'null'];
}

function valueType(field: Field<Column>, side: Side, context: TypeContext): readonly string[] {
  const { shape, path, column } = field;
  switch (shape.kind) {
    case 'array': {
      const element = typeOf(shape.element, side, context);
      return [`readonly ${element.length === 1 ? element[0] : `(${element.join(' | ')})`}[]`];
    }
    case 'map':
      return [
        `ReadonlyMap<${plainType(shape.key, undefined, context)}, ${typeOf(shape.value, side, context).join(' | ')}>`,
      ];
    case 'struct':
      return [context.nested.get(path) ?? 'Record<string, unknown>'];
    case 'value': {
      const plain = plainType(shape.type, column?.unit, context);
      return column ? enumType(column, plain, side) : [plain];
    }
  }
}

/** Type of one value of a logical type. */
function plainType(type: LogicalType, unit: string | undefined, { options, use }: TypeContext): string {
  const carrier = carrierOf(type, options);
  if (!options.brands) return carrier;
  if (unit !== undefined && CURRENCIES.has(unit)) {
    if (type.name === 'decimal') return `${use('Money')}<'${unit}'>`;
    if (type.name === 'integer' || type.name === 'float') return `${use('Money')}<'${unit}', ${carrier}>`;
  }
  const brand = BRANDS[type.name];
  return brand === undefined || carrier !== 'string' ? carrier : use(brand);
}

const BRANDS: Readonly<Partial<Record<LogicalType['name'], string>>> = {
  decimal: 'Decimal',
  instant: 'Instant',
  timestamp: 'Timestamp',
  date: 'LocalDate',
  time: 'LocalTime',
  uuid: 'Uuid',
};

/** What JavaScript holds the value in. */
function carrierOf(type: LogicalType, { instants }: TypeScriptOptions): string {
  switch (type.name) {
    case 'integer':
      return type.bits === undefined || type.bits === 64 ? 'bigint' : 'number';
    case 'float':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'instant':
      return instants === 'date' ? 'Date' : 'string';
    case 'bytes':
      return 'Uint8Array';
    case 'string':
    case 'decimal':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'uuid':
      return 'string';
    default:
      return 'unknown';
  }
}

/** The values of an enum where they are texts, whole numbers or booleans; other values keep the plain type. */
function enumType(column: Column, plain: string, side: Side): readonly string[] {
  const { enum: set, type, missing } = column;
  if (!set || !['string', 'number', 'bigint', 'boolean'].includes(plain) || type.name === 'float') return [plain];
  const values = set.values.map(({ text }) => enumLiteral(text, type, plain));
  // A value that counts as missing keeps every rule.
  const blanks = (missing?.values ?? []).flatMap(({ text }) =>
    isValue(text, type) ? [enumLiteral(text, type, plain)] : [],
  );
  const known = [...new Set([...values, ...blanks])];
  const isOpen = set.open || (side === 'reader' && meetsBroken(column));
  // The intersection keeps the known values visible, which a plain union would swallow.
  return isOpen ? [...known, `(${plain} & {})`] : known;
}

function enumLiteral(text: string, type: LogicalType, plain: string): string {
  if (type.name === 'string') return literal(text);
  const parsed = parseLiteral(text, type, 'value');
  const value = 'literal' in parsed ? parsed.literal.text : text;
  return plain === 'bigint' ? `${BigInt(value)}n` : value;
}
