import type { Column, Table } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Literal } from '../../src/sql/literal.ts';
import type { Field } from '../../src/sql/shape.ts';
import { printDecimal } from '../../src/util/decimal.ts';
import type { Code, Item } from '../code.ts';
import { type RowRules, rowRules, wholeBounds } from '../row-rules.ts';
import { enumItems } from './enum.ts';
import { pythonPattern } from './pattern.ts';
import { pythonText, rawText } from './text.ts';

/** What the models of a module gather on the way. */
export interface Reading {
  /** Whose rows are read. */
  readonly table: Table;
  /** A helper or an import that the module needs. */
  uses(...names: readonly string[]): void;
  note(path: string, message: string): void;
}

/** `Annotated[type, …]`, or the type alone where nothing is said of it. */
export function annotated(type: Code, more: readonly Code[], reading: Reading): Code {
  if (more.length === 0) return type;
  reading.uses('Annotated');
  const isAnnotated = typeof type !== 'string' && 'open' in type && type.open === 'Annotated[';
  const before = isAnnotated ? type.items : [{ value: type }];
  return { open: 'Annotated[', close: ']', items: [...before, ...more.map((value) => ({ value }))] };
}

/** The type of one value, with the rules on it. */
export function valueType({ column, path, type }: Field<Column>, reading: Reading): Code {
  const { rules, leftOut } = column
    ? rowRules(column, reading.table)
    : { rules: { bounds: [], listed: [] }, leftOut: [] };
  for (const message of leftOut) reading.note(path, message);
  const ruled = ruledType(type, rules, path, column, reading);
  return rules.listed.length === 0 ? ruled : { head: listedType(type, rules, reading), calls: [' | ', ruled] };
}

/** Values that count as missing, for which no rule holds. */
function listedType(type: LogicalType, { listed }: RowRules, reading: Reading): Code {
  if (type.name !== 'string') return oneOf(type, listed, reading);
  reading.uses('Literal');
  return { open: 'Literal[', close: ']', items: listed.map(({ text }) => ({ value: pythonText(text) })) };
}

function oneOf(type: LogicalType, values: readonly Literal[], reading: Reading): Code {
  reading.uses('_one_of');
  const items = values.map((each) => ({ value: valueCode(each, type, reading) }));
  return annotated(plainType(type, reading), [{ open: '_one_of(', close: ')', items }], reading);
}

function ruledType(
  type: LogicalType,
  rules: RowRules,
  path: string,
  column: Column | undefined,
  reading: Reading,
): Code {
  switch (type.name) {
    case 'string':
      return textType(rules, column, reading);
    case 'integer': {
      const { least, most } = wholeBounds(rules.bounds, type.bits);
      // A literal of pydantic has at most 64 bits.
      if (rules.values?.every(({ text }) => BigInt.asIntN(64, BigInt(text)) === BigInt(text)))
        return wholeValues(rules.values, column, reading);
      if (rules.values) return oneOf(type, rules.values, reading);
      const bounds = [...argument('ge', least?.toString()), ...argument('le', most?.toString())];
      return annotated(plainType(type, reading), fieldCall(bounds, reading), reading);
    }
    case 'json':
      return plainType(type, reading);
    case 'native':
      reading.note(path, `values of the engine's own type ${type.native} are not looked at`);
      return plainType(type, reading);
    default: {
      if (rules.values) return oneOf(type, rules.values, reading);
      const bounds = rules.bounds.flatMap(({ operator, literal }) =>
        argument(ARGUMENTS[operator], valueCode(literal, type, reading)),
      );
      return annotated(plainType(type, reading), fieldCall(bounds, reading), reading);
    }
  }
}

const ARGUMENTS = { '>=': 'ge', '>': 'gt', '<=': 'le', '<': 'lt' } as const;

function argument(name: string, value: Code | undefined): readonly Item[] {
  return value === undefined ? [] : [{ key: `${name}=`, value }];
}

export function fieldCall(items: readonly Item[], reading: Reading): readonly Code[] {
  if (items.length === 0) return [];
  reading.uses('Field');
  return [{ open: 'Field(', close: ')', items }];
}

function wholeValues(values: readonly Literal[], column: Column | undefined, reading: Reading): Code {
  reading.uses('Literal', '_whole', 'BeforeValidator');
  const literal: Code = { open: 'Literal[', close: ']', items: enumItems(values, column, ({ text }) => text) };
  return annotated(literal, ['BeforeValidator(_whole)'], reading);
}

function textType(rules: RowRules, column: Column | undefined, reading: Reading): Code {
  const { values, pattern, format, minLength, maxLength } = rules;
  if (values?.length === 0) return oneOf({ name: 'string' }, values, reading);
  if (values) {
    reading.uses('Literal');
    return {
      open: 'Literal[',
      close: ']',
      items: enumItems(values, column, ({ text }) => pythonText(text)),
      filled: values.length > MANY,
    };
  }
  const most = Math.min(maxLength ?? Infinity, format?.maxLength ?? Infinity);
  const own = pattern && rawText(pythonPattern(pattern));
  const formed = format && !format.checkDigits ? rawText(pythonPattern(format.pattern)) : undefined;
  const bounds = [
    ...argument('min_length', minLength === undefined ? undefined : String(minLength)),
    ...argument('max_length', Number.isFinite(most) ? String(most) : undefined),
    ...argument('pattern', own ?? formed),
  ];
  const after: string[] = [];
  if (format?.checkDigits) {
    reading.uses('_iban', 'AfterValidator');
    after.push('AfterValidator(_iban)');
  } else if (format && pattern) {
    // Constraints have one pattern; this one stands for the whole text.
    reading.uses('_like');
    after.push(`_like(${rawText(format.pattern.slice(1, -1))})`);
  }
  return annotated('str', [...textCall(bounds, reading), ...after], reading);
}

/** More values than stand on lines of their own. */
const MANY = 24;

function textCall(items: readonly Item[], reading: Reading): readonly Code[] {
  if (items.length === 0) return [];
  reading.uses('StringConstraints');
  return [{ open: 'StringConstraints(', close: ')', items }];
}

/** The type without rules. */
export function plainType(type: LogicalType, reading: Reading): Code {
  switch (type.name) {
    case 'string':
      return 'str';
    case 'integer':
      return alias(type.bits === undefined ? 'Integer' : `Int${type.bits}`, reading);
    case 'decimal': {
      reading.uses('Decimal', '_exact', 'BeforeValidator');
      const { precision, scale = 0 } = type;
      const limit = printDecimal({ coefficient: 10n ** BigInt((precision ?? 0) - scale), scale: 0 });
      const sizes =
        precision === undefined
          ? []
          : [
              // To pydantic the zero before the point is a digit.
              ...argument('max_digits', precision === scale ? undefined : `${precision}`),
              ...argument('decimal_places', `${scale}`),
              // Before 2.12 whole numbers might have any number of digits.
              ...argument('gt', `Decimal("-${limit}")`),
              ...argument('lt', `Decimal("${limit}")`),
            ];
      return annotated('Decimal', ['BeforeValidator(_exact)', ...fieldCall(sizes, reading)], reading);
    }
    case 'float':
      return type.bits === 32 ? alias('Float32', reading) : 'float';
    case 'boolean':
      return 'bool';
    case 'date':
      return alias('LocalDate', reading);
    case 'time':
      return alias('LocalTime', reading);
    case 'timestamp':
      return alias('Timestamp', reading);
    case 'instant':
      return alias('Instant', reading);
    case 'uuid':
      return alias('Guid', reading);
    case 'bytes':
      return 'bytes';
    default:
      return alias('Any', reading);
  }
}

function alias(name: string, reading: Reading): string {
  reading.uses(name);
  return name;
}

/** A value as an expression of Python. */
function valueCode({ text }: Literal, type: LogicalType, reading: Reading): string {
  switch (type.name) {
    case 'decimal':
      reading.uses('Decimal');
      return `Decimal("${text}")`;
    case 'float':
      return /^-?(?:NaN|Infinity)$/.test(text) ? `float("${text}")` : text;
    case 'boolean':
      return text === 'true' ? 'True' : 'False';
    case 'date':
      reading.uses('datetime');
      return `datetime.date(${numbers(text.split('-'))})`;
    case 'time':
      reading.uses('datetime');
      return `datetime.time(${clock(text)})`;
    case 'timestamp':
    case 'instant': {
      reading.uses('datetime');
      const [date = '', time = ''] = text.replace('Z', '').split('T');
      const zone = type.name === 'instant' ? ', tzinfo=datetime.timezone.utc' : '';
      return `datetime.datetime(${numbers(date.split('-'))}, ${clock(time)}${zone})`;
    }
    case 'uuid':
      reading.uses('UUID');
      return `UUID("${text}")`;
    case 'integer':
      return text;
    default:
      return pythonText(text);
  }
}

/** `02:30:00.5` → `2, 30, 0, 500000`. */
function clock(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return numbers([...whole.split(':'), ...(fraction === '' ? [] : [fraction.padEnd(6, '0')])]);
}

function numbers(parts: readonly string[]): string {
  return parts.map(Number).join(', ');
}
