import { DATE, IBAN } from '../../src/sql/format-patterns.ts';
import { ecmaPattern } from '../json-schema/ecma.ts';

/** A declaration that a module carries if one of its schemas uses it. */
interface Helper {
  readonly name: string;
  /** Names of helpers that it uses; they stand before it. */
  readonly needs: readonly string[];
  readonly code: string;
}

const WHOLE = `/** A whole number, exactly: bigint, safe integer or text of digits. */
const whole = z
  .union([z.bigint(), z.int(), z.string().regex(/^[+-]?[0-9]{1,1000}$/)], 'expected a whole number, as text if it is large')
  .transform((value) => BigInt(value));
`;

const INT64 = `/** A whole number of 64 bits. */
const int64 = whole.pipe(z.bigint().gte(-9223372036854775808n).lte(9223372036854775807n));
`;

const DECIMAL = `/**
 * A decimal number, exactly: text, bigint, or a number of at most 15 digits. The result is text with as many digits behind
 * the point as are declared, else without trailing zeros.
 */
function decimal(precision?: number, scale?: number) {
  const given = z.union([z.string().max(1000), z.bigint(), z.number()], 'expected a decimal number');
  return given.transform((value, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const match = /^([+-]?)0*([0-9]+)(?:\\.([0-9]+))?$/.exec(String(value));
    if (!match) return refuse('expected a decimal number such as 12.50, without an exponent');
    const [, sign = '', units = '', places = ''] = match;
    const fraction = places.replace(/0+$/, '');
    const digits = \`\${units === '0' ? '' : units}\${fraction}\`;
    if (typeof value === 'number' && digits.length > 15) return refuse('a number keeps 15 digits: give it as text');
    if (precision !== undefined && scale !== undefined) {
      const isWide = fraction.length > scale || digits.length - fraction.length > precision - scale;
      if (isWide) return refuse(\`expected at most \${precision - scale} digits before the point and \${scale} behind it\`);
    }
    const shown = fraction.padEnd(scale ?? 0, '0');
    return \`\${sign === '-' && digits !== '' ? '-' : ''}\${units}\${shown === '' ? '' : \`.\${shown}\`}\`;
  });
}
`;

const COMPARE_DECIMALS = `/** Negative, zero or positive as the first number is less than, equal to or greater than the second. */
function compareDecimals(one: string, other: string): number {
  const places = Math.max(one.split('.')[1]?.length ?? 0, other.split('.')[1]?.length ?? 0);
  const scaled = (text: string): bigint => {
    const [units = '', fraction = ''] = text.split('.');
    return BigInt(units + fraction.padEnd(places, '0'));
  };
  const difference = scaled(one) - scaled(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
`;

const FLOAT64 = `/** A number of 64 bits, or the texts that JSON has for NaN and the infinities. */
const float64 = z.union(
  [
    z.custom<number>((value) => typeof value === 'number'),
    z.enum(['NaN', 'Infinity', '-Infinity']).transform((value) => Number(value)),
  ],
  'expected a number',
);
`;

const FLOAT32 = `/** A number of 32 bits, rounded as the column rounds it. */
const float32 = float64
  .refine((value) => !Number.isFinite(value) || Number.isFinite(Math.fround(value)), 'does not fit 32 bits')
  .transform((value) => Math.fround(value));
`;

const LOCAL_DATE = `/** Day of the calendar as YYYY-MM-DD, years 0001 to 9999, or an infinity. */
const localDate = z
  .string()
  .regex(
    /^(?:${(ecmaPattern(DATE) ?? '').slice(1, -1)}|-?infinity)$/u,
    'expected a day as YYYY-MM-DD',
  );
`;

const LOCAL_TIME = `/** Time of day as HH:MM[:SS[.f]]; the result has six digits of a second. */
const localTime = z.string().transform((text, context) => {
  const form = /^([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\\.([0-9]{1,6}))?)?$/;
  const [match, hour, minute, second = '00', fraction = ''] = form.exec(text) ?? [];
  if (match !== undefined) return \`\${hour}:\${minute}:\${second}.\${fraction.padEnd(6, '0')}\`;
  context.addIssue({ code: 'custom', message: 'expected a time as HH:MM:SS' });
  return z.NEVER;
});
`;

const TIMESTAMP = `/** Local date and time without an offset, or an infinity; the result is YYYY-MM-DDTHH:MM:SS.ffffff. */
const timestamp = z.string().transform((text, context) => {
  if (/^-?infinity$/.test(text)) return text;
  const date = localDate.safeParse(text.slice(0, 10));
  const time = localTime.safeParse(text.slice(11));
  if (date.success && time.success && /^[T ]$/.test(text.charAt(10))) return \`\${date.data}T\${time.data}\`;
  context.addIssue({ code: 'custom', message: 'expected YYYY-MM-DDTHH:MM:SS without an offset' });
  return z.NEVER;
});
`;

const INSTANT = `/** Point in time with its offset, or an infinity; the result is in UTC, with six digits of a second. */
const instant = z.string().transform((text, context) => {
  if (/^-?infinity$/.test(text)) return text;
  const [, shown = '', hours = '+00', minutes = '00'] = /^(.+?)(?:Z|([+-][0-9]{2})(?::?([0-5][0-9]))?)$/.exec(text) ?? [];
  const local = timestamp.safeParse(shown);
  if (local.success) {
    const utc = new Date(\`\${local.data.slice(0, 19)}\${hours}:\${minutes}\`);
    const year = utc.getUTCFullYear();
    if (year >= 1 && year <= 9999) return \`\${utc.toISOString().slice(0, 19)}\${local.data.slice(19)}Z\`;
  }
  context.addIssue({ code: 'custom', message: 'expected YYYY-MM-DDTHH:MM:SS and an offset such as Z or +02:00' });
  return z.NEVER;
});
`;

const HAS_LENGTH = `/** Whether a text has so many characters: code points, where zod itself counts UTF-16 units. */
function hasLength(least: number, most: number): (text: string) => boolean {
  return (text) => {
    if (text.length < least || text.length > 2 * most) return false;
    const { length } = [...text];
    return length >= least && length <= most;
  };
}
`;

const HAS_CHECK_DIGITS = `/** Whether a text has the form and the check digits of an IBAN. */
function hasCheckDigits(text: string): boolean {
  if (!/${ecmaPattern(IBAN)}/u.test(text)) return false;
  let rest = 0;
  for (const character of \`\${text.slice(4)}\${text.slice(0, 4)}\`) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
`;

const NOT_INHERITED = `/** What every object inherits under a name such as \`constructor\` is no value of a row. */
function notInherited(value: unknown): unknown {
  return typeof value === 'function' ? undefined : value;
}
`;

const HELPERS: readonly Helper[] = [
  { name: 'whole', needs: [], code: WHOLE },
  { name: 'int64', needs: ['whole'], code: INT64 },
  { name: 'decimal', needs: [], code: DECIMAL },
  { name: 'compareDecimals', needs: [], code: COMPARE_DECIMALS },
  { name: 'float64', needs: [], code: FLOAT64 },
  { name: 'float32', needs: ['float64'], code: FLOAT32 },
  { name: 'localDate', needs: [], code: LOCAL_DATE },
  { name: 'localTime', needs: [], code: LOCAL_TIME },
  { name: 'timestamp', needs: ['localDate', 'localTime'], code: TIMESTAMP },
  { name: 'instant', needs: ['timestamp'], code: INSTANT },
  { name: 'hasLength', needs: [], code: HAS_LENGTH },
  { name: 'hasCheckDigits', needs: [], code: HAS_CHECK_DIGITS },
  { name: 'notInherited', needs: [], code: NOT_INHERITED },
];

/** The declarations of these helpers and of those that they need, in an order in which each finds what it uses. */
export function helperCode(names: ReadonlySet<string>): readonly string[] {
  const wanted = new Set(names);
  for (const { name, needs } of HELPERS.toReversed()) {
    if (wanted.has(name)) for (const need of needs) wanted.add(need);
  }
  return HELPERS.filter(({ name }) => wanted.has(name)).map(({ code }) => code);
}
