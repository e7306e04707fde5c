import { formatByName } from '../sql/formats.ts';
import { parsePattern } from '../sql/pattern.ts';
import type { Pattern } from '../sql/pattern-tree.ts';
import { uuid } from './bits.ts';
import { patternText } from './pattern-text.ts';
import type { Random } from './random.ts';
import { word } from './words.ts';

/** A text of a format, of addresses and numbers that belong to nobody where there are such; undefined where none was found. */
export function formatText(name: string, random: Random, attempt: number): string | undefined {
  const own = OWN[name];
  if (own) return own(random, attempt);
  const format = formatByName(name);
  if (format?.values) return random.pick(format.values);
  const tree = format && treeOf(format.pattern);
  return tree && patternText(tree, random, attempt, { least: 0 });
}

const trees = new Map<string, Pattern | undefined>();

/** One tree a pattern, since matchers are compiled once a tree. */
function treeOf(pattern: string): Pattern | undefined {
  if (!trees.has(pattern)) {
    const parsed = parsePattern(pattern);
    trees.set(pattern, 'tree' in parsed ? parsed.tree : undefined);
  }
  return trees.get(pattern);
}

const TOP = ['com', 'org', 'net'];

function host(random: Random): string {
  return `example.${random.pick(TOP)}`;
}

/** A number that makes texts differ; later attempts have longer ones. */
function number(random: Random, attempt: number): string {
  return String(random.below(attempt === 0 ? 1000 : 2 ** 32));
}

const OWN: Readonly<Record<string, (random: Random, attempt: number) => string>> = {
  email: (random, attempt) => `${word(random)}.${word(random)}${number(random, attempt)}@${host(random)}`,
  uri: (random, attempt) => `https://${host(random)}/${word(random)}/${number(random, attempt)}`,
  hostname: (random, attempt) => `${word(random)}-${number(random, attempt)}.${host(random)}`,
  uuid,
  // RFC 5737 and RFC 3849: for examples only; there are too few of the former for every table.
  ipv4: (random, attempt) =>
    attempt < 3
      ? `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.below(256)}`
      : `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`,
  ipv6: (random) => `2001:db8::${random.below(65536).toString(16)}:${random.below(65536).toString(16)}`,
  // No country has the code 999 (ITU-T E.164).
  phone: (random) => `+999${String(random.below(10 ** 9)).padStart(9, '0')}`,
  iban: (random) => iban('DE', Array.from({ length: 18 }, () => random.below(10)).join('')),
};

/** The check digits make the number, read as ISO 13616 says, one more than a multiple of 97. */
function iban(country: string, account: string): string {
  const letters = [...country].map((letter) => letter.charCodeAt(0) - 55).join('');
  const check = 98n - (BigInt(`${account}${letters}00`) % 97n);
  return `${country}${String(check).padStart(2, '0')}${account}`;
}
