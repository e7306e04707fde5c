import { plural } from './plural.ts';

/** A table, or a list that can be folded away. */
export interface Section {
  /** Absent: it stands open. */
  readonly summary?: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Room for the end of a section that was cut. */
const TAIL = 100;

/** The sections one after another in at most `limit` characters; rows that do not fit are counted, never cut. */
export function fitted(sections: readonly Section[], limit: number): string {
  let left = limit;
  const take = (text: string): string => {
    left -= text.length;
    return text;
  };
  let untold = 0;
  const parts = sections.map((section) => {
    const frame = `${opening(section)}${line(section.header)}${line(section.header.map(() => '---'))}`;
    const first = section.rows[0];
    if (!first) return '';
    if (frame.length + line(first).length + TAIL > left) {
      untold += section.rows.length;
      return '';
    }
    left -= TAIL;
    const rows: string[] = [take(frame)];
    for (const row of section.rows) {
      const text = line(row);
      if (text.length > left) break;
      rows.push(take(text));
    }
    const more = section.rows.length - (rows.length - 1);
    const rest = more > 0 ? `\nand ${more} more\n` : '';
    return `${rows.join('')}${rest}${section.summary === undefined ? '' : '\n</details>\n'}`;
  });
  const shown = parts.filter((part) => part !== '');
  return [...shown, ...(untold > 0 ? [`and ${plural(untold, 'more finding')}\n`] : [])].join('\n');
}

function opening({ summary, rows }: Section): string {
  return summary === undefined ? '' : `<details><summary>${summary} (${rows.length})</summary>\n\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
