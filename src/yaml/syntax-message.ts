import type { Problem } from '../model/problem.ts';
import { visible } from '../util/visible.ts';
import type { SyntaxProblem } from './compose.ts';

const HINTS: Readonly<Record<string, string>> = {
  'tab-as-indent': 'indent with spaces',
  'bad-indent': 'keys of one map stand at the same column, what belongs to a key is indented further',
  'multiline-implicit-key':
    'write "key: value" on one line with a blank behind the colon, and a comma between keys inside { }',
  'block-as-implicit-key': 'check the indentation, or quote the value if ": " is part of it',
  'block-in-flow': 'put a comma between the keys, or quote the value that holds ": "',
  'missing-char': 'check quotes, brackets and commas before this place',
  'unexpected-token': 'check quotes, brackets and commas before this place',
  'bad-scalar-start': 'quote the value',
  'duplicate-key': 'remove one of them',
  'unresolved-alias': 'quote it if a text is meant, or define the anchor (&name) above it',
  'several-documents': 'move it into a file of its own',
  'too-deep': 'write it flatter',
  directive: 'remove the line, files are YAML 1.2',
  'key-over-1024-chars': 'shorten the key, or quote the value if it holds ": "',
  tag: 'remove it, or quote the value if a text is meant',
};

/** What people read instead of the YAML parser's own words. */
export function describeSyntax(problem: SyntaxProblem): Problem {
  const message = MESSAGES[problem.code] ?? reworded(visible(problem.message));
  const hint = HINTS[problem.code];
  return { message, ...(hint !== undefined && { hint }) };
}

const MESSAGES: Readonly<Record<string, string>> = {
  'block-in-flow': 'a key or a list begins here inside brackets where a value was expected',
  'key-over-1024-chars': 'a key of more than 1024 characters',
  'tab-as-indent': 'a tab indents this line, YAML takes only spaces',
  'multiline-implicit-key': 'this is no "key: value"',
  'block-as-implicit-key': 'a second ": " begins another key inside this value',
};

/** The parser's messages that people would not understand; the last one is for whatever else it has. */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^Unexpected flow-(?:map|seq)-end token.*"(.)"$/, 'the bracket "$1" closes nothing'],
  [/^Unexpected , in .*/, 'a comma stands here with nothing before it'],
  [/^Unexpected .* at node end$/, 'text stands here behind the end of the value'],
  [/^Missing , .*/, 'a comma is missing before this'],
  [/^Missing space after : .*/, 'a blank is missing behind ":"'],
  [/^Missing closing (['"])quote$/, 'the quote $1 is not closed'],
  [/^Comments must be separated .*/, 'a blank is missing before "#"'],
  [/^Implicit map keys .*/, 'this is no "key: value", the ":" is missing'],
  [/^Sequence item without .*/, 'this line has no "- " as the list items above it'],
  [/^All mapping items .*/, 'this line stands at another column than the keys above it'],
  [/^All sequence items .*/, 'this item stands at another column than the items above it'],
  [/^Flow (?:map|sequence) in block collection .*/, 'this bracket must be closed, further to the right than its key'],
  [/^.*(?:token|flow|implicit|scalar|node|sequence|collection).*$/i, 'this cannot stand here'],
];

function reworded(text: string): string {
  const found = REWORDED.find(([shape]) => shape.test(text));
  return found ? text.replace(...found) : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
