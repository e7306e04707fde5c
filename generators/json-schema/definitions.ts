import type { LogicalType } from '../../src/model/logical-type.ts';
import * as shapes from '../../src/sql/format-patterns.ts';
import { type Format, formatByName } from '../../src/sql/formats.ts';
import { ecmaPattern } from './ecma.ts';
import { type Json, type JsonObject, number, object } from './json.ts';
import { NO_BREAK_AT_END } from './text.ts';

/** A schema that several columns share, under its name in `$defs`. */
export interface Definition {
  readonly name: string;
  readonly schema: JsonObject;
}

/** Names of JSON Schema's own for formats that let in all that these do; validators refuse some emails and URIs of ours. */
const OWN: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  hostname: 'hostname',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  date: 'date',
};

/** A format of texts; the check digits of an IBAN are beyond patterns. */
export function formatDefinition({ name, description, pattern, values, maxLength }: Format): Definition {
  return {
    name,
    schema: object(
      ['description', description],
      ['type', 'string'],
      ['format', OWN[name]],
      values ? ['enum', values] : ['pattern', ecmaPattern(pattern)],
      ['not', values ? undefined : NO_BREAK_AT_END],
      ['maxLength', maxLength === undefined ? undefined : number(maxLength)],
    ),
  };
}

/** Dates, times and uuids: texts in ISO form. */
export function typeDefinition(type: LogicalType): Definition | undefined {
  switch (type.name) {
    case 'date':
    case 'uuid':
      return formatDefinition(formatByName(type.name) as Format);
    case 'time':
      return text(named('time', type), 'time of day, HH:MM:SS[.fraction]', clock(type.precision));
    case 'timestamp':
      return text(
        named('timestamp', type),
        'date, T or blank, time, without an offset',
        `${CALENDAR}[T ]${clock(type.precision)}`,
      );
    case 'instant':
      return text(
        named('instant', type),
        'date, T, time with seconds, Z or ±HH:MM (RFC 3339)',
        `${CALENDAR}T${clock(type.precision)}(?:Z|[+-]${MINUTE})`,
        'date-time',
      );
    default:
      return undefined;
  }
}

const CALENDAR = shapes.DATE.slice(1, -1);
const MINUTE = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const MOST_DIGITS = 6;

function clock(precision = MOST_DIGITS): string {
  const fraction = precision === 0 ? '' : `(?:\\.[0-9]{1,${precision}})?`;
  return `${MINUTE}:[0-5][0-9]${fraction}`;
}

function named(name: string, { precision }: { readonly precision?: number }): string {
  return precision === undefined || precision === MOST_DIGITS ? name : `${name}(${precision})`;
}

function text(name: string, description: string, pattern: string, format?: string): Definition {
  const schema: [string, Json | undefined][] = [
    ['description', description],
    ['type', 'string'],
    ['format', format],
    ['pattern', `^${pattern}$`],
    ['not', NO_BREAK_AT_END],
  ];
  return { name, schema: object(...schema) };
}
