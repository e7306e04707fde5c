import type { Column } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Literal } from '../../src/sql/literal.ts';
import type { Field } from '../../src/sql/shape.ts';
import type { Chain, Code } from '../code.ts';
import { type RowBound, type RowRules, rowRules, wholeBounds } from '../row-rules.ts';
import { literal as quoted } from '../typescript/text.ts';
import type { Reading } from './reading.ts';
import { textSchema } from './text-value.ts';

/** The schema of one value: how it is read, and the rules on it. */
export function valueSchema({ column, path, type }: Field<Column>, reading: Reading): Chain {
  const { rules, leftOut } = column
    ? rowRules(column, reading.table)
    : { rules: { bounds: [], listed: [] }, leftOut: [] };
  for (const message of leftOut) reading.note(path, message);
  const ruled = ruledSchema(type, rules, path, reading);
  if (rules.listed.length === 0) return ruled;
  return {
    head: { open: 'z.union([', close: '])', items: [{ value: listedSchema(type, rules, reading) }, { value: ruled }] },
    calls: [],
  };
}

/** Values that count as missing. */
function listedSchema(type: LogicalType, { listed }: RowRules, reading: Reading): Code {
  const values: Code = { open: '[', close: ']', items: listed.map((each) => ({ value: valueCode(each, type) })) };
  if (type.name === 'string') return { open: 'z.literal(', close: ')', items: [{ value: values }] };
  const { head, calls } = ruledSchema(type, { bounds: [], listed: [] }, '', reading);
  const among: Code = {
    open: '.refine((value) => ',
    close: '.includes(value))',
    items: [{ value: values }],
  };
  return { head, calls: [...calls, among] };
}

function ruledSchema(type: LogicalType, rules: RowRules, path: string, reading: Reading): Chain {
  if (rules.values?.length === 0) return { head: 'z.never()', calls: [] };
  switch (type.name) {
    case 'string':
      return textSchema(rules, path, reading);
    case 'integer':
      return type.bits === 64 || type.bits === undefined
        ? bigSchema(type.bits, rules, reading)
        : smallSchema(type.bits, rules);
    case 'decimal': {
      reading.uses('decimal');
      const { precision, scale = 0 } = type;
      const head = precision === undefined ? 'decimal()' : `decimal(${precision}, ${scale})`;
      if (rules.bounds.length > 0 || rules.values) reading.uses('compareDecimals');
      const compare = (other: Literal, operator: string) =>
        `compareDecimals(value, ${quoted(other.text)}) ${operator} 0`;
      return { head, calls: orderCalls(rules, compare, (other) => compare(other, '===')) };
    }
    case 'float': {
      const head = type.bits === 32 ? 'float32' : 'float64';
      reading.uses(head);
      const compare = ({ text }: Literal, operator: string) => `value ${operator} ${text}`;
      return {
        head,
        calls: orderCalls(rules, compare, ({ text }) => (text === 'NaN' ? 'Number.isNaN(value)' : `value === ${text}`)),
      };
    }
    case 'boolean':
      return {
        head: rules.values ? `z.literal([${rules.values.map(({ text }) => text).join(', ')}])` : 'z.boolean()',
        calls: [],
      };
    case 'date':
      return timeSchema('localDate', type, rules, reading);
    case 'time':
      return timeSchema('localTime', type, rules, reading);
    case 'timestamp':
    case 'instant':
      return timeSchema(type.name, type, rules, reading);
    case 'uuid':
      return { head: 'z', calls: ['.guid()', '.toLowerCase()', ...pipedValues(type, rules)] };
    case 'bytes':
      reading.note(path, 'bytes are read as Uint8Array: JSON has none');
      return { head: 'z.instanceof(Uint8Array)', calls: [] };
    default:
      if (type.name === 'native')
        reading.note(path, `values of the engine's own type ${type.native} are not looked at`);
      return { head: 'z.unknown()', calls: [] };
  }
}

function smallSchema(bits: 8 | 16 | 32, rules: RowRules): Chain {
  if (rules.values) return { head: `z.literal([${rules.values.map(({ text }) => text).join(', ')}])`, calls: [] };
  const { least, most } = wholeBounds(rules.bounds, bits);
  if (bits === 32) return { head: 'z', calls: ['.int32()', ...range(least, most, '')] };
  const limit = 2n ** BigInt(bits - 1);
  return { head: 'z', calls: ['.int()', ...range(least ?? -limit, most ?? limit - 1n, '')] };
}

function bigSchema(bits: 64 | undefined, rules: RowRules, reading: Reading): Chain {
  const head = bits === 64 ? 'int64' : 'whole';
  reading.uses(head);
  if (rules.values) return { head, calls: pipedValues({ name: 'integer' }, rules) };
  const { least, most } = wholeBounds(rules.bounds, bits);
  const calls = range(least, most, 'n');
  return { head, calls: calls.length > 0 ? [`.pipe(z.bigint()${calls.join('')})`] : [] };
}

function range(least: bigint | undefined, most: bigint | undefined, suffix: string): readonly string[] {
  return [
    ...(least === undefined ? [] : [`.gte(${least}${suffix})`]),
    ...(most === undefined ? [] : [`.lte(${most}${suffix})`]),
  ];
}

/** Bounds and values as refinements. */
function orderCalls(
  { bounds, values }: RowRules,
  compare: (other: Literal, operator: RowBound['operator']) => string,
  equals: (other: Literal) => string,
): readonly Code[] {
  const among: Code[] = values
    ? [`.refine((value) => ${values.map(equals).join(' || ')}, 'expected one of the values of the contract')`]
    : [];
  return [
    ...among,
    ...bounds.map(
      ({ literal, operator, words }) =>
        `.refine((value) => ${compare(literal, operator)}, ${quoted(`expected ${words}`)})`,
    ),
  ];
}

function timeSchema(head: string, type: LogicalType, rules: RowRules, reading: Reading): Chain {
  reading.uses(head);
  // Their texts sort as they do, the infinities before and behind all digits.
  const compare = (other: Literal, operator: string): string =>
    `value ${operator} ${quoted(canonicalTime(other.text, type))}`;
  return {
    head,
    calls: [...pipedValues(type, rules), ...orderCalls({ bounds: rules.bounds, listed: [] }, compare, () => '')],
  };
}

function pipedValues(type: LogicalType, { values }: RowRules): readonly Code[] {
  if (!values) return [];
  return [{ open: '.pipe(z.literal([', close: ']))', items: values.map((each) => ({ value: valueCode(each, type) })) }];
}

/** With six digits of a second, as the schemas give it. */
function canonicalTime(text: string, { name }: LogicalType): string {
  if (name === 'date') return text;
  const [clock = '', fraction = ''] = text.replace(/Z$/, '').split('.');
  return `${clock}.${fraction.padEnd(6, '0')}${name === 'instant' ? 'Z' : ''}`;
}

function valueCode({ text }: Literal, type: LogicalType): string {
  switch (type.name) {
    case 'integer':
      return type.bits === 64 || type.bits === undefined ? `${text}n` : text;
    case 'float':
    case 'boolean':
      return text;
    case 'time':
    case 'timestamp':
    case 'instant':
      return quoted(canonicalTime(text, type));
    case 'decimal': {
      const [whole = '', fraction = ''] = text.split('.');
      const places = type.precision === undefined ? fraction : fraction.padEnd(type.scale ?? 0, '0');
      return quoted(places === '' ? whole : `${whole}.${places}`);
    }
    default:
      return quoted(text);
  }
}
