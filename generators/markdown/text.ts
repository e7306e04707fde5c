import { code, prose } from '../../src/util/markdown-escape.ts';

/** A contract file holds no more. */
const ALL = 1_048_576;
/** What begins a list, a heading, a rule or a fence where a line starts. */
const BLOCK_START = /^(?:[-+=:]|\d+[.)])/;
const ITEM = /^\s*[-*•]\s+/;

/** A whole text in one line: paragraphs and items of lists are told apart by line breaks that a table can hold. */
export function inline(text: string): string {
  return blocks(text)
    .map(({ lines, isList }) => lines.map((line) => (isList ? `• ${escaped(line)}` : escaped(line))).join('<br>'))
    .join('<br>');
}

/** A whole text as paragraphs and lists. */
export function paragraphs(text: string): readonly string[] {
  return blocks(text).map(({ lines, isList }) =>
    lines.map((line) => (isList ? `- ${started(line)}` : started(line))).join('\n'),
  );
}

/** A name, a value or SQL, whole. */
export function span(text: string): string {
  return code(text, ALL);
}

/** One line of a text that a person wrote. */
export function escaped(text: string): string {
  return prose(text, ALL);
}

function started(line: string): string {
  return escaped(line).replace(BLOCK_START, (start) => `${start.slice(0, -1)}\\${start.at(-1)}`);
}

interface Block {
  readonly isList: boolean;
  readonly lines: readonly string[];
}

/** Lines that follow each other are one, but for those that begin an item. */
function blocks(text: string): readonly Block[] {
  const found: { isList: boolean; lines: string[] }[] = [];
  let isApart = true;
  for (const line of text.split(/\r\n|[\r\n\u2028\u2029]/)) {
    const words = line
      .trim()
      .replace(ITEM, '')
      .replace(/[\t ]+/g, ' ');
    const isItem = ITEM.test(line);
    const last = found.at(-1);
    if (words === '') {
      isApart = true;
      continue;
    }
    if (!last || (isApart && !isItem) || isItem !== last.isList) {
      if (last && !isApart && !isItem) last.lines[last.lines.length - 1] += ` ${words}`;
      else found.push({ isList: isItem, lines: [words] });
    } else if (isItem) last.lines.push(words);
    else last.lines[last.lines.length - 1] += ` ${words}`;
    isApart = false;
  }
  return found;
}

const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** A link where the address is one of the web or of mail, else the address as text. The label is a code span: some readers undo escapes in labels. */
export function link(label: string, address: string): string {
  const target = URL.canParse(address) ? new URL(address) : undefined;
  if (!target || !SCHEMES.has(target.protocol) || target.username !== '' || target.password !== '')
    return `${span(label)}: ${span(address)}`;
  const safe = target.href.replace(
    /[^\w\-.~:/?#@!$&*+,;=%]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${span(label)}](${safe})`;
}

/** A table; columns in which all rows are empty are left out, except the first. */
export function grid(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = header.map((_, index) => index === 0 || rows.some((row) => (row[index] ?? '') !== ''));
  const line = (cells: readonly string[]): string => `| ${cells.filter((_, index) => kept[index]).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
