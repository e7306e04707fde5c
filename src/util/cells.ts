import { visible } from './visible.ts';

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f1e6}-\u{1f1ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const COMBINING = /\p{Mn}|\p{Me}/u;

/** A character as a terminal shows it. */
interface Cell {
  readonly text: string;
  readonly width: number;
}

/** Control characters become visible escapes, tabs two blanks. */
export function cells(text: string): readonly Cell[] {
  return [...text].map((character) => {
    if (character === '\t') return { text: '  ', width: 2 };
    const shown = visible(character);
    if (shown !== character) return { text: shown, width: shown.length };
    return { text: shown, width: COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1 };
  });
}

/** As many as fit into a width. */
export function takeFirst(list: readonly Cell[], width: number): readonly Cell[] {
  let used = 0;
  const stop = list.findIndex((cell) => {
    used += cell.width;
    return used > width;
  });
  return stop < 0 ? list : list.slice(0, stop);
}

export function takeLast(list: readonly Cell[], width: number): readonly Cell[] {
  return takeFirst([...list].reverse(), width).toReversed();
}

export function widthOf(list: readonly Cell[]): number {
  return list.reduce((sum, cell) => sum + cell.width, 0);
}

export function textOf(list: readonly Cell[]): string {
  return list.map((cell) => cell.text).join('');
}
