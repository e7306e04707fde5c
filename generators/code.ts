/** Pieces of a program and how they are broken into lines, the way formatters of JavaScript and Python do. */
export type Code = string | Group | Chain;

/** Brackets with items: on one line where they fit, else an item a line. */
export interface Group {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Item[];
  /** Blanks inside the brackets of one line, as in `{ a }`. */
  readonly spaced?: boolean;
  /** Never on one line. */
  readonly broken?: boolean;
  /** As many items a line as fit; none of them is broken or has a comment. */
  readonly filled?: boolean;
}

export interface Item {
  /** Comment lines above it. */
  readonly above?: readonly string[];
  /** `name: `, `key=`; absent: none. */
  readonly key?: string;
  readonly value: Code;
  /** Comment behind it. */
  readonly behind?: string;
}

/** `head.call(…).call(…)`: the calls on lines of their own where they do not fit on one. */
export interface Chain {
  readonly head: Code;
  /** Each with its point: `.min(1)`. */
  readonly calls: readonly Code[];
}

export interface Layout {
  readonly width: number;
  /** Blanks of one step. */
  readonly step: number;
}

/** The code as text; `indent` is that of its line, `used` what stands on the line before it, `behind` how much follows it. */
export function printCode(code: Code, layout: Layout, indent = 0, used = indent, behind = 0): string {
  const line = flat(code);
  if (line !== undefined && used + line.length + behind <= layout.width) return line;
  if (typeof code === 'string') return code;
  return 'head' in code ? printChain(code, layout, indent, used, behind) : printGroup(code, layout, indent);
}

function printGroup(group: Group, layout: Layout, indent: number): string {
  const inner = indent + layout.step;
  const margin = ' '.repeat(inner);
  if (group.filled) {
    const texts = group.items.map(({ key = '', value }) => `${key}${flat(value) ?? ''},`);
    return [group.open, ...filledLines(texts, margin, layout.width), `${' '.repeat(indent)}${group.close}`].join('\n');
  }
  const lines = group.items.flatMap(({ above = [], key = '', value, behind }) => [
    ...above.map((comment) => `${margin}${comment}`.trimEnd()),
    `${margin}${key}${printCode(value, layout, inner, inner + key.length, 1)},${behind === undefined ? '' : ` ${behind}`}`,
  ]);
  return [group.open, ...lines, `${' '.repeat(indent)}${group.close}`].join('\n');
}

function filledLines(texts: readonly string[], margin: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= width) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`${margin}${text}`);
  }
  return lines;
}

function printChain({ head, calls }: Chain, layout: Layout, indent: number, used: number, behind: number): string {
  // Calls on something in brackets follow the bracket, and one call alone what it is called on.
  if (typeof head !== 'string' || calls.length === 1) {
    return calls.reduce<string>(
      (text, call) => `${text}${printCode(call, layout, indent, lastLine(text, used), behind)}`,
      printCode(head, layout, indent, used),
    );
  }
  const inner = indent + layout.step;
  const margin = ' '.repeat(inner);
  const lines = calls.map((each) => `${margin}${printCode(each, layout, inner, inner, behind)}`);
  return [head, ...lines].join('\n');
}

/** How much stands on the last line of a text that begins behind `used` characters. */
function lastLine(text: string, used: number): number {
  const at = text.lastIndexOf('\n');
  return at < 0 ? used + text.length : text.length - at - 1;
}

/** On one line; undefined where it cannot stand on one. */
function flat(code: Code): string | undefined {
  if (typeof code === 'string') return code;
  if ('head' in code) {
    const parts = [code.head, ...code.calls].map(flat);
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  if (code.broken || code.items.some(({ above, behind }) => above?.length || behind !== undefined)) return undefined;
  const items = code.items.map(({ key = '', value }) => {
    const line = flat(value);
    return line === undefined ? undefined : `${key}${line}`;
  });
  if (items.includes(undefined)) return undefined;
  const blank = code.spaced && items.length > 0 ? ' ' : '';
  return `${code.open}${blank}${items.join(', ')}${blank}${code.close}`;
}
