import { isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Fix } from '../../model/diagnostic.ts';
import { blockLines, flowText } from './entry-text.ts';
import { behindItem, behindLine, colonBehind, columnOf, endOf, startOf } from './places.ts';
import type { WaiverEntry } from './waiver.ts';

/** The text to add to waivers.yaml for a further entry; undefined where its `waivers` is nothing that entries can be added to. */
export function insertion(text: string, root: YAMLMap | undefined, entry: WaiverEntry): readonly Fix[] | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const block = (indent: number): string => {
    const [first, ...rest] = blockLines(entry);
    const blanks = ' '.repeat(indent);
    return [`${blanks}- ${first}`, ...rest.map((line) => `${blanks}  ${line}`), ''].join(eol);
  };
  if (!root) return [insertLines(text, text.length, `waivers:${eol}${block(2)}`, eol)];
  const pair = root.items.find(({ key }) => String(key) === 'waivers') as Pair<Node, Node | null> | undefined;
  const indent = columnOf(text, startOf(root));
  if (!pair) {
    if (root.flow) return undefined;
    const lines = `${' '.repeat(indent)}waivers:${eol}${block(indent + 2)}`;
    return [insertLines(text, behindLine(text, endOf(root)), lines, eol)];
  }
  const { value } = pair;
  const colon = colonBehind(text, endOf(pair.key));
  if (!isSeq(value)) {
    const isNothing = !root.flow && text.slice(colon, value ? endOf(value) : colon).trim() === '';
    return isNothing ? [insertLines(text, behindLine(text, colon), block(indent + 2), eol)] : undefined;
  }
  if (!value.flow) {
    const last = value.items.at(-1) as Node;
    const dash = columnOf(text, startOf(value));
    return [insertLines(text, behindItem(text, endOf(last), dash), block(dash), eol)];
  }
  const isPlain = text.slice(colon, endOf(value)).replaceAll(/[ \t]/g, '') === '[]';
  if (!isPlain || root.flow) return intoBrackets(text, value, flowText(entry), eol);
  return [
    { start: colon, end: endOf(value), text: '' },
    insertLines(text, behindLine(text, endOf(value)), block(indent + 2), eol),
  ];
}

/** Whole lines at the beginning of a line, or behind a last line that has no end. */
function insertLines(text: string, at: number, lines: string, eol: string): Fix {
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return { start: at, end: at, text: isOpen ? `${eol}${lines}` : lines };
}

function intoBrackets(text: string, list: YAMLSeq, entry: string, eol: string): readonly Fix[] {
  const last = list.items.at(-1) as Node | undefined;
  if (!last) return [{ start: startOf(list) + 1, end: startOf(list) + 1, text: entry }];
  const end = endOf(last);
  const column = columnOf(text, startOf(last));
  const before = text.slice(startOf(last) - column, startOf(last));
  const [line = '', comma] = /^[ \t]*(,?)[ \t]*(?:#[^\n]*)?(?=\r?\n)/.exec(text.slice(end)) ?? [];
  // One entry a line stays so; what is said behind the last one stays there.
  if (before.trim() !== '' || line === '') return [{ start: end, end, text: `, ${entry}` }];
  const next = behindLine(text, end);
  const added = { start: next, end: next, text: `${before}${entry}${comma}${eol}` };
  return comma ? [added] : [{ start: end, end, text: ',' }, added];
}
