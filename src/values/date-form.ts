import { readDate } from '../sql/time-text.ts';

interface DateForm {
  readonly pattern: RegExp;
  /** `y`, `M`, `d`, in the order of the form. */
  readonly order: readonly string[];
}

const forms = new Map<string, DateForm>();

/** `YYYY-MM-DD` of a date written as `dd.MM.yyyy`, `d/M/yyyy` or the like; undefined where it is none. */
export function readFormattedDate(text: string, form: string): string | undefined {
  let known = forms.get(form);
  if (!known) {
    known = formOf(form);
    forms.set(form, known);
  }
  const match = known.pattern.exec(text);
  if (!match) return undefined;
  const part = (letter: string): string => (match[(known?.order.indexOf(letter) ?? 0) + 1] ?? '').padStart(2, '0');
  const read = readDate(`${part('y')}-${part('M')}-${part('d')}`);
  return 'text' in read ? read.text : undefined;
}

function formOf(form: string): DateForm {
  const order: string[] = [];
  const pattern = form.replace(/yyyy|MM?|dd?|[\s\S]/gu, (piece) => {
    if (!/^[yMd]/.test(piece)) return piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    order.push(piece.charAt(0));
    return piece === 'yyyy' ? '(\\d{4})' : piece.length === 2 ? '(\\d{2})' : '(\\d{1,2})';
  });
  return { pattern: new RegExp(`^${pattern}$`), order };
}
