import type { Position, SourceFile } from '../model/diagnostic.ts';

/** Turns offsets (UTF-16 code units, the second behind the last one) into a position. */
export type Locate = (start: number, end: number) => Position;

/** Offsets outside the file are moved to its edge. */
export function locator(file: SourceFile): Locate {
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  const place = (offset: number): readonly [number, number] => {
    const inside = Math.min(Math.max(offset, 0), file.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return [low + 1, inside - (starts[low] ?? 0) + 1];
  };
  return (start, end) => {
    const [line, column] = place(start);
    const [endLine, endColumn] = place(Math.max(start, end));
    return { file: file.name, line, column, endLine, endColumn };
  };
}
