/** Colours are never the only sign: the word that they stand for is always there too. */
export type Paint = 'pass' | 'warn' | 'fail' | 'error' | 'faint' | 'strong' | 'plain';

const CODES: Readonly<Record<Paint, readonly [string, string]>> = {
  pass: ['\u001b[32m', '\u001b[39m'],
  warn: ['\u001b[33m', '\u001b[39m'],
  fail: ['\u001b[31m', '\u001b[39m'],
  error: ['\u001b[35m', '\u001b[39m'],
  faint: ['\u001b[2m', '\u001b[22m'],
  strong: ['\u001b[1m', '\u001b[22m'],
  plain: ['', ''],
};

export function paint(text: string, how: Paint, colour: boolean): string {
  const [on, off] = CODES[how];
  return colour ? `${on}${text}${off}` : text;
}
