import { LANGUAGE_CODES } from './language-codes.ts';

/** The portable patterns of formats; nothing but text, so that every one can be read next to the rule that it comes from. */

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';

/** https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address, but at least one dot in the domain. */
export const EMAIL = `^[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})+$`;

export const HOSTNAME = `^${LABEL}(?:\\.${LABEL})*$`;

const UNRESERVED = "A-Za-z0-9._~!$&'()*+,;=";
const ENCODED = '%[0-9A-Fa-f]{2}';
const SEGMENT = `(?:[${UNRESERVED}:@-]|${ENCODED})`;
const HOST = `(?:\\[[0-9A-Fa-fv:.]+\\]|(?:[${UNRESERVED}-]|${ENCODED})*)`;
const AUTHORITY = `//(?:(?:[${UNRESERVED}:-]|${ENCODED})*@)?${HOST}(?::[0-9]*)?(?:/${SEGMENT}*)*`;
const PATH = `/?(?:${SEGMENT}+(?:/${SEGMENT}*)*)?`;
const QUERY = `(?:[${UNRESERVED}:@/?-]|${ENCODED})*`;

/** RFC 3986, 3: scheme, hierarchical part, query, fragment. */
export const URI = `^[A-Za-z][A-Za-z0-9+.-]*:(?:${AUTHORITY}|${PATH})(?:\\?${QUERY})?(?:#${QUERY})?$`;

export const UUID = '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$';

const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const DOTTED = `${BYTE}(?:\\.${BYTE}){3}`;

export const IPV4 = `^${DOTTED}$`;

const GROUP = '[0-9A-Fa-f]{1,4}';
const LOWEST = `(?:${GROUP}:${GROUP}|${DOTTED})`;
const upTo = (count: number): string => (count === 0 ? `(?:${GROUP})?` : `(?:(?:${GROUP}:){0,${count}}${GROUP})?`);

/** The nine alternatives of IPv6address in RFC 3986, 3.2.2. */
export const IPV6 = `^(?:${[
  `(?:${GROUP}:){6}${LOWEST}`,
  `::(?:${GROUP}:){5}${LOWEST}`,
  `${upTo(0)}::(?:${GROUP}:){4}${LOWEST}`,
  `${upTo(1)}::(?:${GROUP}:){3}${LOWEST}`,
  `${upTo(2)}::(?:${GROUP}:){2}${LOWEST}`,
  `${upTo(3)}::${GROUP}:${LOWEST}`,
  `${upTo(4)}::${LOWEST}`,
  `${upTo(5)}::${GROUP}`,
  `${upTo(6)}::`,
].join('|')})$`;

/** E.164: at most 15 digits, no leading zero; no country has numbers of fewer than seven, its code included. */
export const PHONE = '^\\+[1-9][0-9]{6,14}$';

/** ISO 13616: country, check digits 02 to 98, up to 30 letters and digits; the shortest (Norway) has 15 in all. */
export const IBAN = '^[A-Z]{2}(?:0[2-9]|[1-8][0-9]|9[0-8])[A-Z0-9]{11,30}$';

const YEAR = '(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)';
const DIVISIBLE = '(?:0[48]|[2468][048]|[13579][26])';
const LEAP_YEAR = `(?:[0-9]{2}${DIVISIBLE}|${DIVISIBLE}00)`;
const DAY =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))';
const CALENDAR = `(?:${YEAR}-${DAY}|${LEAP_YEAR}-02-29)`;
const MINUTE = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const SECOND = ':[0-5][0-9](?:\\.[0-9]{1,9})?';

export const DATE = `^${CALENDAR}$`;

export const TIME = `^${MINUTE}(?:${SECOND})?$`;

/** RFC 3339, 5.6; `T` and `Z` as capitals, no leap seconds, since no engine can store them. */
export const DATE_TIME = `^${CALENDAR}[T ]${MINUTE}${SECOND}(?:Z|[+-]${MINUTE})$`;

/** ISO 639 has more than 7,000 codes of three letters and gains some every year, so that only their shape is tested. */
export const LANGUAGE = `^(?:${LANGUAGE_CODES.join('|')}|[a-z]{3})$`;
