import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt word most likely means: the same but for case, `_` and `-`, else few edits away. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  // A distance takes the product of both lengths.
  if (word.length > 100) return undefined;
  const known = [...candidates];
  const bare = bareWord(word);
  const same = known.find((candidate) => bareWord(candidate) === bare);
  if (same !== undefined) return same;
  let best: string | undefined;
  // Short words are near to everything.
  let limit = word.length < 3 ? 0 : Math.max(1, Math.min(3, Math.floor(word.length / 3)));
  for (const candidate of known) {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (edits <= limit) {
      best = candidate;
      limit = edits - 1;
    }
  }
  return best;
}

/** Two neighbours that changed places are one slip of the fingers and two edits. */
function editsBetween(word: string, candidate: string): number {
  const at = [...word].findIndex((letter, index) => letter !== candidate[index]);
  const swapped = `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`;
  return at >= 0 && swapped === candidate ? 1 : distance(word, candidate);
}

/** For comparing words however they are written: `time_column`, `time-column` and `timeColumn` are one. */
export function bareWord(word: string): string {
  return word.replace(/[_\-\s]/g, '').toLowerCase();
}
