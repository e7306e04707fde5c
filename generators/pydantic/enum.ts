import type { Column, EnumValue } from '../../src/model/contract.ts';
import { type Literal, parseLiteral } from '../../src/sql/literal.ts';
import type { Item } from '../code.ts';
import { deprecationWords } from '../words/column.ts';
import { PLAIN } from '../words/wording.ts';
import { pythonComment } from './text.ts';

/** The values of an enum, each with what the contract says of it in a comment. */
export function enumItems(
  values: readonly Literal[],
  column: Column | undefined,
  code: (value: Literal) => string,
): readonly Item[] {
  const told = new Map(
    (column?.enum?.values ?? []).flatMap((value) => {
      const parsed = column && parseLiteral(value.text, column.type, 'value');
      const words = wordsOf(value);
      return parsed && 'literal' in parsed && words !== undefined ? [[parsed.literal.text, words] as const] : [];
    }),
  );
  return values.map((value) => {
    const words = told.get(value.text);
    return { value: code(value), ...(words !== undefined && { behind: pythonComment(words) }) };
  });
}

function wordsOf({ description, deprecated }: EnumValue): string | undefined {
  const words = deprecated && deprecationWords(deprecated, PLAIN);
  const parts = [
    ...(description === undefined ? [] : [description]),
    ...(words === undefined ? [] : [`deprecated${words === '' ? '' : ` ${words}`}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' ');
}
