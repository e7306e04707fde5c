import type { Pattern } from '../../src/sql/pattern.ts';
import type { Chain, Code } from '../code.ts';
import { ecmaPattern, printEcma } from '../json-schema/ecma.ts';
import type { RowRules } from '../row-rules.ts';
import { literal as quoted } from '../typescript/text.ts';
import type { Reading } from './reading.ts';

/** More values than stand on lines of their own. */
const MANY = 24;

/** The schema of a text: its values, or its length, pattern and format. */
export function textSchema(
  { values, pattern, format, minLength, maxLength }: RowRules,
  path: string,
  reading: Reading,
): Chain {
  if (values) {
    const items = values.map(({ text }) => ({ value: quoted(text) }));
    return { head: { open: 'z.enum([', close: '])', items, filled: items.length > MANY }, calls: [] };
  }
  const calls: Code[] = [];
  if (minLength !== undefined || maxLength !== undefined) calls.push(lengthCall(minLength ?? 0, maxLength, reading));
  if (pattern) {
    if (mayBacktrack(pattern)) {
      reading.note(path, 'JavaScript may take long to match the pattern against a long text: maxLength would bound it');
    }
    calls.push(matchCall(printEcma(pattern), 'expected a text that matches the pattern of the contract'));
  }
  if (format?.checkDigits === 'iban') {
    reading.uses('hasCheckDigits');
    calls.push(".refine(hasCheckDigits, 'expected an IBAN')");
  } else if (format) {
    calls.push(matchCall(ecmaPattern(format.pattern) ?? '', `expected the format ${format.name}`));
    if (format.maxLength !== undefined) calls.push(lengthCall(0, format.maxLength, reading));
  }
  return { head: 'z', calls: ['.string()', ...calls] };
}

function lengthCall(least: number, most: number | undefined, reading: Reading): Code {
  reading.uses('hasLength');
  const range = most === undefined ? `at least ${least}` : least === 0 ? `at most ${most}` : `${least} to ${most}`;
  const words = least === most ? `${least}` : range;
  const noun = /(?:^| )1$/.test(words) ? 'character' : 'characters';
  return `.refine(hasLength(${least}, ${most ?? 'Infinity'}), ${quoted(`expected ${words} ${noun}`)})`;
}

function matchCall(pattern: string, message: string): Code {
  return {
    open: '.regex(',
    close: ')',
    items: [{ value: `/${pattern === '' ? '(?:)' : pattern}/u` }, { value: quoted(message) }],
  };
}

/** Whether a match may take more than linear time: repetitions without an end in one another, or two of them. */
function mayBacktrack(pattern: Pattern): boolean {
  return endless(pattern) > 1;
}

/** How many repetitions without an end a pattern has; those around others count twice. */
function endless(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.items.reduce((sum, item) => sum + endless(item), 0);
    case 'choice':
      return pattern.options.reduce((sum, option) => sum + endless(option), 0);
    case 'repeat':
      return (
        endless(pattern.item) * (pattern.max === undefined || pattern.max > 1 ? 2 : 1) +
        (pattern.max === undefined ? 1 : 0)
      );
    default:
      return 0;
  }
}
