import type { Problem } from '../../model/problem.ts';

/** A date form such as `dd.MM.yyyy`, as a pattern of the whole cell and DuckDB's own notation. */
export interface DateFormat {
  /** RE2, to be matched with the whole cell. */
  readonly pattern: string;
  /** For `try_strptime`. */
  readonly notation: string;
}

const FIELDS: Readonly<Record<string, readonly [pattern: string, notation: string]>> = {
  dd: ['[0-9]{2}', '%d'],
  d: ['[0-9]{1,2}', '%d'],
  MM: ['[0-9]{2}', '%m'],
  M: ['[0-9]{1,2}', '%m'],
  yyyy: ['[0-9]{4}', '%Y'],
  yy: ['[0-9]{2}', '%y'],
  HH: ['[0-9]{2}', '%H'],
  mm: ['[0-9]{2}', '%M'],
  ss: ['[0-9]{2}', '%S'],
};

/** Reads `dd.MM.yyyy`; fields are `dd d MM M yyyy yy HH mm ss`, anything that is no letter stands for itself. */
export function parseDateFormat(text: string): DateFormat | Problem {
  let pattern = '';
  let notation = '';
  const seen = new Set<string>();
  for (const [piece] of text.matchAll(/([A-Za-z])\1*|[^A-Za-z]/gu)) {
    const field = Object.hasOwn(FIELDS, piece) ? FIELDS[piece] : undefined;
    if (field) {
      if (seen.has(field[1])) return { message: `"${piece}" comes twice in the date format "${text}"` };
      seen.add(field[1]);
      pattern += field[0];
      notation += field[1];
    } else if (/[A-Za-z]/u.test(piece)) {
      const hint = 'fields are dd d MM M yyyy yy HH mm ss';
      return { message: `"${piece}" in the date format "${text}" is not known`, hint };
    } else {
      pattern += piece.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
      notation += piece === '%' ? '%%' : piece;
    }
  }
  const year = seen.has('%Y') || seen.has('%y');
  if (year && seen.has('%m') && seen.has('%d')) return { pattern, notation };
  return {
    message: `the date format "${text}" does not say day, month and year`,
    hint: 'write a form such as dd.MM.yyyy',
  };
}
