/** How deep maps and lists may be nested (semantics §11). */
export const MAX_DEPTH = 100;

const SPACE = 32;
const DASH = 45;
const BLOCK_HEADER = /(?:^|[\s:-])[|>][+\-\d]{0,2}[ \t]*(?:[ \t]#.*)?\r?$/;

/**
 * The offset where nesting first goes deeper than `limit`, found in one pass without building anything: `yaml` aborts
 * the process on 20,000 nested brackets. Follows quotes, comments and block texts only as far as plain nesting needs;
 * `compose` counts exactly.
 */
export function tooDeepAt(text: string, limit = MAX_DEPTH): number | undefined {
  const columns: number[] = [];
  let flow = 0;
  let flowIndent = 0;
  let blockText = -1;
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    let at = start;
    while (at < end && text.charCodeAt(at) === SPACE) at++;
    const indent = at - start;
    const blank = at === end || text[at] === '#' || text[at] === '\r';
    if (blockText >= 0 && !blank && indent <= blockText) blockText = -1;
    if (!blank && blockText < 0) {
      if (flow > 0 && indent <= flowIndent && !startsBracket(text, at)) flow = 0;
      if (flow === 0) {
        flowIndent = indent;
        while ((columns.at(-1) ?? -1) >= indent) columns.pop();
        columns.push(indent);
        // Lists and explicit keys may open several levels on one line.
        while ((text.charCodeAt(at) === DASH || text[at] === '?') && (text[at + 1] ?? ' ') === ' ' && at < end) {
          if (columns.length > limit) return at;
          at++;
          while (at < end && text.charCodeAt(at) === SPACE) at++;
          columns.push(at - start);
        }
        if (columns.length > limit) return Math.min(at, text.length - 1);
      }
      const deep = scanFlow(text, at, end, flow, limit - columns.length);
      if (deep.at !== undefined) return deep.at;
      flow = deep.flow;
      if (flow === 0 && BLOCK_HEADER.test(text.slice(Math.max(start, end - 200), end))) blockText = indent;
    }
    start = end + 1;
  }
  return undefined;
}

function scanFlow(text: string, from: number, end: number, open: number, room: number): { flow: number; at?: number } {
  let flow = open;
  // In block style a bracket opens a collection only where a value begins.
  let fresh = true;
  for (let at = from; at < end; at++) {
    const character = text[at];
    if (character === ' ' || character === '\t') continue;
    if (fresh && (character === '"' || character === "'")) {
      const close = closing(text, at, end);
      if (close < 0) return { flow };
      at = close;
    } else if ((flow > 0 || fresh) && (character === '[' || character === '{')) {
      if (++flow > room) return { flow, at };
      fresh = true;
      continue;
    } else if (flow > 0 && (character === ']' || character === '}')) flow--;
    else if (character === '#' && (at === from || text[at - 1] === ' ' || text[at - 1] === '\t')) return { flow };
    fresh = (flow > 0 && character === ',') || (character === ':' && (flow > 0 || (text[at + 1] ?? ' ') === ' '));
  }
  return { flow };
}

function closing(text: string, from: number, end: number): number {
  const quote = text[from];
  for (let at = from + 1; at < end; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function startsBracket(text: string, at: number): boolean {
  return /[[\]{}]/.test(text[at] ?? '');
}
