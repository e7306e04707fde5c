import type { TableView } from '../checks/check.ts';
import { visible } from '../util/visible.ts';

/**
 * An engine's error text without values of the data: what it quotes stays only if the contract says it too, and so do long numbers.
 * Engines put values into their messages (`could not convert string 'ann@example.org'`).
 */
export function redact(message: string, known: string): string {
  const [first = ''] = message.split('\n');
  const words = new Set([...wordsOf(known), ...TYPE_WORDS]);
  const text = first
    .replace(/'(?:[^']|'')*'|"[^"]*"/g, (quoted) => {
      const inside = wordsOf(quoted);
      return inside.length > 0 && inside.every((word) => words.has(word)) ? quoted : `${quoted[0]}‹…›${quoted[0]}`;
    })
    .replace(/\d[\d.:T-]{2,}/g, (number) => (known.includes(number) ? number : '‹…›'));
  return visible(text);
}

/** Names of types in signatures such as `sum(VARCHAR)`; no value of the data is told by them. */
const TYPE_WORDS = ['varchar', 'bigint', 'integer', 'smallint', 'double', 'float', 'boolean', 'date', 'timestamp', 'decimal', 'int32', 'int64'];

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** What a message about the table may quote: the contract's own text and the names and types of the catalog. */
export function knownText(view: TableView): string {
  const names = view.source.columns.flatMap(({ name, native }) => [name, native]);
  return [view.contract.source.text, view.source.place, ...names].join('\n');
}
