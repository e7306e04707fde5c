import type { NativeType } from './engine.ts';

const WORD = '[A-Za-z_][A-Za-z0-9_]*';
/** Up to four words, sizes, and square brackets: `timestamp(3) with time zone`, `public.citext`, `int[]`. */
const FORM = new RegExp(
  `^${WORD}(?:\\.${WORD}|(?: ${WORD}){0,3})(?: ?\\([0-9]+(?:, ?[0-9]+)?\\))?(?: ${WORD}){0,3}(?:\\[\\])*$`,
);

/** An engine's own type as the contract writes it; what is no plain name of a type is not put into a statement. */
export function nativeText(native: string, otherwise: string): NativeType {
  if (FORM.test(native)) return { text: native };
  return { text: otherwise, notes: [`it is a ${otherwise}: "${native}" is no plain name of a type`] };
}
