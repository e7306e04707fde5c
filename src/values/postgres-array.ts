/** An element as text, null, or a list of one dimension less. */
export type ArrayElement = string | null | readonly ArrayElement[];

/** `[0:1]=` before an array whose first index is not 1. */
const BOUNDS = /^(?:\[[+-]?\d+:[+-]?\d+\])+=/;
const TOKENS = /"((?:[^"\\]|\\[\s\S])*)"|[{}]|[^{},"]+/g;

const QUOTED = /"(?:[^"\\]|\\[\s\S])*"/g;
/** Of what is left without quoted texts: elements that are not there, brackets amid a list, half a quote. */
const MALFORMED = /[{,],|,\}|\}[^,}]|[^{,]\{|"/;

export function isPostgresArray(text: string): boolean {
  return text.startsWith('{') || BOUNDS.test(text);
}

/** Reads an array as PostgreSQL prints it: `{1,NULL,"a,b"}`; undefined where it is none. */
export function parsePostgresArray(text: string): ArrayElement | undefined {
  const plain = text.replace(BOUNDS, '');
  if (MALFORMED.test(plain.replace(QUOTED, 'q'))) return undefined;
  const stack: ArrayElement[][] = [[]];
  for (const [token, quoted] of plain.matchAll(TOKENS)) {
    const top = stack.at(-1);
    if (token === '{') stack.push([]);
    else if (token === '}') {
      const list = stack.pop();
      const parent = stack.at(-1);
      if (!list || !parent) return undefined;
      parent.push(list);
    } else if (quoted !== undefined) top?.push(quoted.replace(/\\([\s\S])/g, '$1'));
    else top?.push(token === 'NULL' ? null : token);
  }
  return stack.length === 1 && stack[0]?.length === 1 ? stack[0][0] : undefined;
}
