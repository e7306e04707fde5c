/** Blocks or calls inside each other: the time that the parser takes grows with their square. */
export const DEEPEST = 100;

/** What begins and ends tags and calls; `{{else if a}}` is a block in the other branch of the one before, and ends with it. */
const TOKEN = /\{\{~?(?:!--|[!#/]|\^(?=~?\s*[^\s~}])|\s*else\b(?=~?\s*[^\s~}]))?|\}\}|[()]/g;
const ENDS: Readonly<Record<string, RegExp>> = { '!': /\}\}/g, '!--': /--~?\}\}/g };

/** Line, from 1, in which a template gets too deep, by its text alone; undefined: in none. */
export function tooDeepLine(source: string): number | undefined {
  /** Of each open block, how many end with it. */
  const blocks: number[] = [];
  let [depth, calls] = [0, Number.NEGATIVE_INFINITY];
  const tokens = new RegExp(TOKEN);
  for (let found = tokens.exec(source); found; found = tokens.exec(source)) {
    const [token] = found;
    const kind = token.replace(/^\{\{~?\s*/, '');
    const end = ENDS[kind] && new RegExp(ENDS[kind]);
    if (end) {
      end.lastIndex = tokens.lastIndex;
      if (!end.test(source)) return undefined;
      tokens.lastIndex = end.lastIndex;
    }
    // Outside of tags a bracket is text.
    if (kind === '(' || kind === ')') calls += kind === '(' ? 1 : -1;
    else calls = token === '}}' || end ? Number.NEGATIVE_INFINITY : 0;
    if (kind === 'else') blocks.push((blocks.pop() ?? 0) + 1);
    if (kind === '#' || kind === '^') blocks.push(1);
    if (kind === '#' || kind === '^' || kind === 'else') depth += 1;
    if (kind === '/') depth -= blocks.pop() ?? 0;
    if (depth > DEEPEST || calls > DEEPEST) return source.slice(0, found.index).split('\n').length;
  }
  return undefined;
}
