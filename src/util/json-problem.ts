/** Where a text stops being JSON. */
export interface JsonProblem {
  /** Of the odd word or character; UTF-16 code units. */
  readonly offset: number;
  /** Nothing is odd, but there should be more. */
  readonly isCut: boolean;
}

/** What is wrong with a text as JSON; undefined: nothing. */
export function jsonProblem(text: string): JsonProblem | undefined {
  const found = toldOffset(text);
  if (found === undefined) return undefined;
  if (!isOdd(text)) return { offset: text.trimEnd().length, isCut: true };
  return { offset: Number.isNaN(found) ? oddOffset(text) : found, isCut: false };
}

/** Whether there is no JSON that begins so. */
function isOdd(text: string): boolean {
  const offset = toldOffset(text);
  return offset !== undefined && !(offset >= text.trimEnd().length);
}

/** Offset of what is wrong as the engine tells it: infinity where the text ends too early, NaN where it tells none; undefined: nothing is. */
function toldOffset(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith('Unexpected end')) return Number.POSITIVE_INFINITY;
    return Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  }
}

/** Start of the odd word: the shortest beginning of the text that is more than cut off ends inside it. */
function oddOffset(text: string): number {
  let [good, odd] = [0, text.length];
  while (odd - good > 1) {
    const middle = (good + odd) >> 1;
    if (isOdd(text.slice(0, middle))) odd = middle;
    else good = middle;
  }
  return good - (/\w*$/.exec(text.slice(Math.max(0, good - 100), good))?.[0].length ?? 0);
}
