import type { TableView } from '../checks/check.ts';
import { visible } from '../util/visible.ts';

/**
 * An engine's error text without values of the data: what it quotes stays only if the contract says it too, and so do long numbers.
 * Engines put values into their messages (`could not convert string 'ann@example.org'`).
 */
export function redact(message: string, known: string): string {
  const [first = ''] = message.split('\n');
  const text = first
    .replace(/'(?:[^']|'')*'|"[^"]*"/g, (quoted) => (known.includes(quoted.slice(1, -1)) && quoted.length > 2 ? quoted : `${quoted[0]}‹…›${quoted[0]}`))
    .replace(/\d[\d.:T-]{2,}/g, (number) => (known.includes(number) ? number : '‹…›'));
  return visible(text);
}

/** What a message about the table may quote: the contract's own text and the names and types of the catalog. */
export function knownText(view: TableView): string {
  const names = view.source.columns.flatMap(({ name, native }) => [name, native]);
  return [view.contract.source.text, view.source.place, ...names].join('\n');
}
