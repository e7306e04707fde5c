import type { Fix } from '../model/diagnostic.ts';

/** Replaces the pieces that fixes name and nothing else; of two that overlap the earlier one is kept. */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  let result = '';
  let at = 0;
  for (const fix of orderedFixes(fixes, text.length)) {
    result += text.slice(at, fix.start) + fix.text;
    at = fix.end;
  }
  return result + text.slice(at);
}

/** Where an offset of the fixed text stands in the original; inside a replacement it is the replaced piece's edge. */
export function originalOffset(fixes: readonly Fix[]): (offset: number, edge: 'start' | 'end') => number {
  const ordered = orderedFixes(fixes, Number.POSITIVE_INFINITY);
  return (offset, edge) => {
    let shift = 0;
    for (const fix of ordered) {
      const start = fix.start + shift;
      const end = start + fix.text.length;
      if (offset < start || (offset === start && edge === 'end')) break;
      if (offset < end || (offset === end && edge === 'end' && fix.end > fix.start)) {
        return edge === 'start' ? fix.start : fix.end;
      }
      shift += fix.text.length - (fix.end - fix.start);
    }
    return offset - shift;
  };
}

function orderedFixes(fixes: readonly Fix[], length: number): readonly Fix[] {
  const kept: Fix[] = [];
  let at = 0;
  for (const fix of fixes.toSorted((left, right) => left.start - right.start || left.end - right.end)) {
    if (fix.start < at || fix.end < fix.start || fix.end > length) continue;
    kept.push(fix);
    at = fix.end;
    // Two insertions at one place would overlap as well.
    if (fix.end === fix.start) at = fix.end + 1;
  }
  return kept;
}
