import { SENTENCE, shown } from '../gate-words.ts';

/** Parts whose texts have lines; everywhere else a line break is made visible. */
const OF_LINES: ReadonlySet<string> = new Set(['description', 'sql', 'excerpt', 'excerpts']);
/** Characters of a text of several lines that are shown. */
const LONGEST = 50_000;

/** The same value, each text and each name in it safe to show, and cut where it is long. */
export function shownIn<Value extends object>(value: Value): Value {
  return parts(value, false) as Value;
}

function parts(value: unknown, hasLines: boolean): unknown {
  if (typeof value === 'string') return hasLines ? shownLines(value) : shown(value, SENTENCE);
  if (Array.isArray(value)) return value.map((item) => parts(item, hasLines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [shown(name, SENTENCE), parts(part, hasLines || OF_LINES.has(name))]),
  );
}

function shownLines(text: string): string {
  const lines = text.slice(0, LONGEST).split(/\r?\n/);
  const all = lines.map((line) => shown(line.replaceAll('\t', '  '), LONGEST)).join('\n');
  return text.length > LONGEST ? `${all}…` : all;
}
