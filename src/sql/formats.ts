import { COUNTRY_CODES } from './country-codes.ts';
import { CURRENCY_CODES } from './currency-codes.ts';
import * as shapes from './format-patterns.ts';
import { type Pattern, parsePattern, patternMatches } from './pattern.ts';

/** A named form of texts (semantics §6). A text has it if it matches the pattern and keeps every other rule that is there. */
export interface Format {
  readonly name: string;
  readonly description: string;
  /** Portable pattern; the whole text has to match. */
  readonly pattern: string;
  /** All texts that are allowed. */
  readonly values?: readonly string[];
  /** In code points; where the pattern cannot say it. */
  readonly maxLength?: number;
  readonly checkDigits?: 'iban';
}

export const FORMATS: readonly Format[] = [
  { name: 'email', description: 'e-mail address by the rule of HTML, with a dot in the domain', pattern: shapes.EMAIL },
  { name: 'uri', description: 'absolute URI with a scheme (RFC 3986)', pattern: shapes.URI },
  { name: 'uuid', description: 'UUID, 8-4-4-4-12 hexadecimal digits', pattern: shapes.UUID },
  {
    name: 'hostname',
    description: 'host name (RFC 1123), at most 253 characters',
    pattern: shapes.HOSTNAME,
    maxLength: 253,
  },
  { name: 'ipv4', description: 'IPv4 address, four numbers up to 255', pattern: shapes.IPV4 },
  { name: 'ipv6', description: 'IPv6 address (RFC 4291), without a zone', pattern: shapes.IPV6 },
  { name: 'phone', description: 'telephone number (E.164), + and 7 to 15 digits', pattern: shapes.PHONE },
  {
    name: 'iban',
    description: 'IBAN without blanks, its check digits right',
    pattern: shapes.IBAN,
    checkDigits: 'iban',
  },
  {
    name: 'country-code',
    description: 'country, two letters (ISO 3166-1)',
    pattern: '^[A-Z]{2}$',
    values: COUNTRY_CODES,
  },
  {
    name: 'currency-code',
    description: 'active currency, three letters (ISO 4217)',
    pattern: '^[A-Z]{3}$',
    values: CURRENCY_CODES,
  },
  {
    name: 'language-code',
    description: 'primary language of BCP 47: a two-letter code of ISO 639-1, or any three letters',
    pattern: shapes.LANGUAGE,
  },
  { name: 'date', description: 'day of the calendar, YYYY-MM-DD, years 0001 to 9999', pattern: shapes.DATE },
  { name: 'time', description: 'time of day, HH:MM[:SS[.fraction]], without an offset', pattern: shapes.TIME },
  {
    name: 'date-time',
    description: 'date, T or blank, time with seconds, Z or ±HH:MM (RFC 3339)',
    pattern: shapes.DATE_TIME,
  },
];

export function formatByName(name: string): Format | undefined {
  return FORMATS.find((format) => format.name === name);
}

const trees = new Map<string, Pattern>();

/** Whether the text has the format; throws `RangeError` for a name that is no format. */
export function formatHolds(name: string, text: string): boolean {
  const format = formatByName(name);
  if (!format) throw new RangeError(`"${name}" is no format`);
  return (
    (format.maxLength === undefined || [...text].length <= format.maxLength) &&
    patternMatches(treeOf(format), text) &&
    (format.values === undefined || format.values.includes(text)) &&
    (format.checkDigits === undefined || ibanChecks(text))
  );
}

function treeOf(format: Format): Pattern {
  const known = trees.get(format.name);
  if (known) return known;
  const parsed = parsePattern(format.pattern);
  if ('problem' in parsed) throw new Error(`format ${format.name}: ${parsed.problem.message}`);
  trees.set(format.name, parsed.tree);
  return parsed.tree;
}

/** Whether the check digits of an IBAN are right (ISO 7064, mod 97-10). The text must have the shape of one. */
export function ibanChecks(text: string): boolean {
  let rest = 0;
  for (const character of `${text.slice(4)}${text.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
