import { isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Fix } from '../../model/diagnostic.ts';
import { pairText, scalarText, writtenKeys } from './entry-text.ts';
import { behindLine, colonBehind, columnOf, endOf, startOf } from './places.ts';
import { WAIVER_KEYS } from './schema.ts';
import type { WaiverEntry } from './waiver.ts';

type Written = Pair<Node, Node | null>;

/** What to change in an entry so that it says what `entry` says; comments, order and the quotes of each value stay. */
export function renewal(text: string, old: YAMLMap, entry: WaiverEntry): readonly Fix[] {
  const pairs = old.items as readonly Written[];
  const pairOf = (key: string): Written | undefined => pairs.find((pair) => String(pair.key) === key);
  const changed = WAIVER_KEYS.flatMap((key) => {
    const pair = pairOf(key);
    return pair && textOf(pair.value) !== entry[key] ? [replacement(text, pair, entry[key], old.flow === true)] : [];
  });
  const missing = writtenKeys(entry).filter((key) => !pairOf(key));
  const last = pairs.at(-1);
  if (missing.length === 0 || !last) return changed;
  const style = old.flow ? 'flow' : 'block';
  const added = missing.map((key) => pairText(key, entry[key], style));
  const end = endOf(last.value ?? last.key);
  if (old.flow) return [...changed, { start: end, end, text: added.map((pair) => `, ${pair}`).join('') }];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = behindLine(text, end);
  const blanks = ' '.repeat(columnOf(text, startOf(old)));
  const lines = added.map((line) => `${blanks}${line}${eol}`).join('');
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return [...changed, { start: at, end: at, text: isOpen ? `${eol}${lines}` : lines }];
}

function textOf(value: Node | null): string | undefined {
  return isScalar(value) ? (value.source ?? '') : undefined;
}

function replacement(text: string, { key, value }: Written, written: string, isFlow: boolean): Fix {
  const type = isScalar(value) ? value.type : undefined;
  const renewed = scalarText(written, isFlow ? 'flow' : 'block', (type ?? 'PLAIN') as Scalar.Type);
  const [start, end] = value ? [startOf(value), endOf(value)] : [0, 0];
  const old = text.slice(start, end);
  if (old === '') {
    const at = colonBehind(text, endOf(key));
    return { start: at, end: at, text: ` ${renewed}` };
  }
  if (type !== 'BLOCK_FOLDED' && type !== 'BLOCK_LITERAL') return { start, end, text: renewed };
  // A text below its key ends with its last line, and may have a comment beside the key.
  const [comment = ''] = /[ \t]+#[^\r\n]*/.exec(/^[^\r\n]*/.exec(old)?.[0] ?? '') ?? [];
  const [eol = ''] = /\r?\n$/.exec(old) ?? [];
  return { start, end, text: `${renewed}${comment}${eol}` };
}
