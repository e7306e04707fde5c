import type { TableView } from '../checks/check.ts';
import { visible } from '../util/visible.ts';

/**
 * What an engine may say of rows that contract SQL gives it to say (`error(email)`, `cast(email as regoper)`): text of any form. DuckDB
 * begins with the sort of the error, of which one is free; servers put such text behind a colon.
 */
const FREE_TEXT = /^(Invalid Input Error: |(?!(?:\w+ )+Error: )[^:]*: )(.*)$/;
/** Apostrophes that quote nothing. */
const CONTRACTION = /\b(ca|does|is|do|wo|could|has|have)n't\b/g;

/**
 * An engine's error text without values of the data: what it quotes stays only if the contract says the same as a whole, and so do numbers.
 * Engines put values into their messages (`could not convert string 'ann@example.org'`), quotes and line breaks of the value included.
 * With `hides`, a message whose form the contract's SQL can choose is not shown at all unless the contract says it.
 */
export function redact(message: string, known: string, hides = false): string {
  const [first = ''] = message.replace(CONTRACTION, '$1n’t').split('\n');
  const [, kind, free] = (hides && FREE_TEXT.exec(first)) || [];
  if (kind !== undefined && free !== undefined && !says(known, free)) return visible(`${kind}‹…›`);
  return visible(
    withoutQuotes(first, known).replace(/\d[\d.:TZ+-]*/g, (number) =>
      number.length < 3 || says(known, number) ? number : '‹…›',
    ),
  );
}

/** From the first quoted text that the contract does not say, nothing stands up to the last quote: a value may hold quotes itself. */
function withoutQuotes(text: string, known: string): string {
  const unknown = [...text.matchAll(/(['"])(.*?)(\1|$)/g)].find(
    ([, , inside = '', close]) => close === '' || !says(known, inside),
  );
  if (!unknown) return text;
  const [, quote = ''] = unknown;
  const last = text.lastIndexOf(quote);
  const closed = last > unknown.index && (text.split(quote).length - 1) % 2 === 0;
  return `${text.slice(0, unknown.index)}${quote}‹…›${quote}${closed ? text.slice(last + 1) : ''}`;
}

/** Whether the text stands in `known` as a whole, not as a part of a longer word. */
export function says(known: string, text: string): boolean {
  if (text === '') return false;
  for (let at = known.indexOf(text); at >= 0; at = known.indexOf(text, at + 1)) {
    const around = `${/^\w/.test(text) ? (known[at - 1] ?? '') : ''} ${/\w$/.test(text) ? (known[at + text.length] ?? '') : ''}`;
    if (!/\w/.test(around)) return true;
  }
  return false;
}

/** Takes addresses and folders out of a message. */
export function coverSecrets(message: string, secrets: readonly string[]): string {
  const longest = secrets.filter((secret) => secret.length > 1).toSorted((left, right) => right.length - left.length);
  return longest.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), message);
}

/** What a message about the table may quote: the contract's own text and the names and types of the catalog. */
export function knownText(view: TableView): string {
  const names = view.source.columns.flatMap(({ name, native }) => [name, native]);
  return [view.contract.source.text, view.source.place, ...names].join('\n');
}
