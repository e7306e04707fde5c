import type { Column } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { parsePattern } from '../sql/pattern.ts';
import { formatText } from './format-text.ts';
import { patternText } from './pattern-text.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';
import { letters, word } from './words.ts';

type TextRules = Partial<Pick<Column, 'pattern' | 'format' | 'minLength' | 'maxLength'>>;

/** Longest text where nothing bounds it. */
const LONGEST = 24;

/** Texts of the pattern or the format, else words of the allowed length. */
export function textSource(rules: TextRules, { length }: Extract<LogicalType, { name: 'string' }>): Source {
  const { pattern, format } = rules;
  const least = rules.minLength?.count ?? 1;
  const most = Math.min(rules.maxLength?.count ?? Infinity, length ?? Infinity);
  const parsed = pattern && parsePattern(pattern.text);
  const tree = parsed && 'tree' in parsed ? parsed.tree : undefined;
  return {
    any(random, attempt) {
      // Of a pattern and a format one leads and the other is asked.
      if (format && (!tree || attempt % 2 === 1)) return formatText(format.text, random, attempt);
      if (tree) return patternText(tree, random, attempt, { least: rules.minLength?.count ?? 0 });
      return words(random, least, Math.min(most, Math.max(least, LONGEST)), attempt);
    },
  };
}

/** Words with blanks between them; later attempts end in a number. */
function words(random: Random, least: number, most: number, attempt: number): string {
  const last = attempt === 0 ? [] : [String(random.below(2 ** 32))];
  const parts = [...Array.from({ length: 1 + random.below(3) }, () => word(random)), ...last];
  let text = parts.join(' ');
  while (text.length < least) text += ` ${word(random)}`;
  if (text.length <= most) return text;
  // What is cut must neither end in a blank nor lose the number that tells texts apart.
  return letters(random, Math.max(least, Math.min(most, 1 + random.below(most))));
}
