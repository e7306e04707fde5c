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
  let shift = 0;
  const places = orderedFixes(fixes, Number.POSITIVE_INFINITY).map((fix) => {
    const start = fix.start + shift;
    shift += fix.text.length - (fix.end - fix.start);
    return { fix, start, end: start + fix.text.length, shift };
  });
  return (offset, edge) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const place = places[middle];
      if (place && (place.start < offset || (place.start === offset && edge === 'start'))) low = middle + 1;
      else high = middle;
    }
    const place = places[low - 1];
    if (!place) return offset;
    if (offset < place.end || (offset === place.end && edge === 'end')) return place.fix[edge];
    return offset - place.shift;
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
