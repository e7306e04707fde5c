import { extname } from 'node:path';

/** How a template prints values into a format in which they could become markup. */
export interface Escape {
  text(text: string): string;
  /** Helpers that give what is escaped already. */
  readonly helpers: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
};

/** Escaped for texts and quoted attributes of HTML and XML. */
export function markupText(text: string): string {
  return text.replace(/[&<>"'`=]/g, (character) => ENTITIES[character] ?? character);
}

const MARKUP: Escape = { text: markupText, helpers: ['html', 'xml'] };

/** By extension, in lower case. */
const BY_EXTENSION: ReadonlyMap<string, Escape> = new Map(
  ['.html', '.htm', '.xhtml', '.xml', '.svg'].map((extension) => [extension, MARKUP]),
);

/** The kind of file that a template makes, by its name without `.hbs`: `page.html.hbs` → `.html`; empty: the name does not tell. */
export function outputExtension(template: string): string {
  return extname(template.replace(/\.(?:hbs|handlebars)$/i, ''));
}

/** Of any of these kinds of files; absent: values print as they are. */
export function escapeOf(...extensions: readonly string[]): Escape | undefined {
  return extensions.flatMap((extension) => BY_EXTENSION.get(extension.toLowerCase()) ?? [])[0];
}

/** What a spreadsheet takes for the start of a formula, also in its wide form. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NEGATIVE = /^-\d+(?:\.\d+)?$/;
const SPECIAL = /[",;\t\r\n]|^\s|\s$/;

/** A field of a CSV file, in quotes where RFC 4180 wants them; what a spreadsheet would run gets an apostrophe in front, negative numbers do not. */
export function csvField(text: string): string {
  const inert = FORMULA.test(text) && !NEGATIVE.test(text) ? `'${text}` : text;
  return SPECIAL.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** An address of the web or of mail; empty: following it could run something. */
export function linkAddress(text: string): string {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  return address && SCHEMES.has(address.protocol) ? address.href : '';
}
