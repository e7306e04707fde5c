import { Document, isMap, type Scalar } from 'yaml';
import { WAIVER_KEYS } from './schema.ts';
import type { WaiverEntry } from './waiver.ts';

const WHOLE = { lineWidth: 0, blockQuote: false } as const;

type Style = 'block' | 'flow';

/** The keys that an entry writes: the contract as a whole has no path. */
export function writtenKeys(entry: WaiverEntry): readonly (keyof WaiverEntry)[] {
  return WAIVER_KEYS.filter((key) => key !== 'path' || entry.path !== '');
}

/** An entry as lines of a map, without indentation. */
export function blockLines(entry: WaiverEntry): readonly string[] {
  return writtenKeys(entry).map((key) => pairText(key, entry[key], 'block'));
}

/** An entry in braces, on one line. */
export function flowText(entry: WaiverEntry): string {
  return `{${writtenKeys(entry)
    .map((key) => pairText(key, entry[key], 'flow'))
    .join(', ')}}`;
}

/** `key: value`; what people wrote stands in quotes. */
export function pairText(key: keyof WaiverEntry, value: string, style: Style): string {
  return `${key}: ${scalarText(value, style, key === 'reason' ? 'QUOTE_DOUBLE' : 'PLAIN')}`;
}

/** A text as it stands behind a key, in quotes where they are wanted or needed. */
export function scalarText(value: string, style: Style, quotes: Scalar.Type): string {
  const document = new Document({ k: value });
  const scalar = document.get('k', true) as Scalar;
  scalar.type = quotes === 'BLOCK_FOLDED' || quotes === 'BLOCK_LITERAL' ? 'QUOTE_DOUBLE' : quotes;
  if (style === 'block') return document.toString(WHOLE).trim().slice('k: '.length);
  if (isMap(document.contents)) document.contents.flow = true;
  return document.toString(WHOLE).trim().slice('{ k: '.length, -' }'.length);
}
