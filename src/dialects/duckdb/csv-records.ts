/** How cells and records are marked; all in the units of the file's decoding. */
export interface CsvMarks {
  readonly delimiter: string;
  readonly quote: string;
  /** Whether a lone carriage return ends a record (files without any line feed). */
  readonly carriage: boolean;
}

/** A record: its cells (an empty unquoted one is null), or why it is none. */
export interface CsvRecord {
  readonly cells: readonly (string | null)[];
  readonly width: number;
  readonly broken: boolean;
}

/** Longest record in characters: an unclosed quote must not take all memory. */
const LONGEST = 1 << 27;

/**
 * Cuts text that comes piece by piece into records (RFC 4180). A cell is quoted if it begins with the quote; inside, a doubled quote is
 * one. A quote that is not closed, or is followed by something else than a delimiter, breaks the record: it ends with its first line.
 * Blank lines are no records, unless records have one cell.
 */
export class CsvParser {
  /** Line ends seen outside of quotes. */
  readonly ends = { feed: 0, both: 0 };
  readonly #marks: CsvMarks;
  readonly #keep: boolean;
  readonly #found: (record: CsvRecord) => void;
  #rest = '';
  /** The length below which it is not worth looking for the end of the open record again. */
  #retry = 0;

  constructor(marks: CsvMarks, keep: boolean, found: (record: CsvRecord) => void) {
    this.#marks = marks;
    this.#keep = keep;
    this.#found = found;
  }

  push(text: string): void {
    this.#rest += text;
    // A long open cell is looked at again only when it has doubled, which keeps the work linear.
    if (this.#rest.length < this.#retry) return;
    const length = this.#rest.length;
    this.#parse(false);
    this.#retry = this.#rest.length === length ? length * 2 : 0;
    if (this.#rest.length > LONGEST) throw new RangeError(`a record is longer than ${LONGEST} characters`);
  }

  end(): void {
    this.#parse(true);
    this.#rest = '';
  }

  #parse(last: boolean): void {
    const text = this.#rest;
    let start = 0;
    while (start < text.length) {
      const next = this.#record(text, start, last);
      if (next === undefined) break;
      start = next;
    }
    this.#rest = start === 0 ? text : text.slice(start);
  }

  /** Where the next record begins; undefined where this one may go on in the next piece. */
  #record(text: string, start: number, last: boolean): number | undefined {
    const { delimiter, quote, carriage } = this.#marks;
    const mark = delimiter.charCodeAt(0);
    const quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
    const keep = this.#keep;
    const cells: (string | null)[] = [];
    let width = 0;
    let at = start;
    for (;;) {
      let end: number;
      if (text.charCodeAt(at) === quoteCode) {
        let from = at + 1;
        let doubled = false;
        for (;;) {
          end = text.indexOf(quote, from);
          if (end === -1) return last ? this.#broken(text, start, last) : undefined;
          if (text.charCodeAt(end + 1) !== quoteCode) break;
          doubled = true;
          from = end + 2;
        }
        // Whether a quote at the end of a piece is doubled is not known yet.
        if (!last && end + delimiter.length + 1 >= text.length) return undefined;
        if (keep) {
          const inside = text.slice(at + 1, end);
          cells.push(doubled ? inside.replaceAll(quote + quote, quote) : inside);
        }
        end++;
      } else {
        end = at;
        for (; end < text.length; end++) {
          const code = text.charCodeAt(end);
          if (code === 10 || (code === mark && (delimiter.length === 1 || text.startsWith(delimiter, end)))) break;
          if (code === 13 && (carriage || text.charCodeAt(end + 1) === 10)) break;
        }
        if (end >= text.length && !last) return undefined;
        if (keep) cells.push(end === at ? null : text.slice(at, end));
      }
      width++;
      if (end >= text.length) {
        this.#give({ cells, width, broken: false }, start === end);
        return end;
      }
      const code = text.charCodeAt(end);
      if (code === mark && (delimiter.length === 1 || text.startsWith(delimiter, end))) {
        at = end + delimiter.length;
        if (at >= text.length && !last) return undefined;
        continue;
      }
      if (code === 13 && end + 1 >= text.length && !last) return undefined;
      const both = code === 13 && text.charCodeAt(end + 1) === 10;
      if (code !== 10 && !both && !(code === 13 && carriage)) return this.#broken(text, start, last);
      if (both) this.ends.both++;
      else this.ends.feed++;
      this.#give({ cells, width, broken: false }, start === end);
      return both ? end + 2 : end + 1;
    }
  }

  #give(record: CsvRecord, blank: boolean): void {
    this.#found(blank ? { ...record, width: 0 } : record);
  }

  #broken(text: string, start: number, last: boolean): number | undefined {
    let end = text.indexOf('\n', start);
    if (end === -1 && this.#marks.carriage) end = text.indexOf('\r', start);
    if (end === -1 && !last) return undefined;
    this.#found({ cells: [], width: -1, broken: true });
    return end === -1 ? text.length : end + 1;
  }
}
