import { grouped, plural } from './plural.ts';

/** A table, or a list that can be folded away. */
export interface Section {
  /** Absent: it stands open. */
  readonly summary?: string;
  /** What a row is, in the singular. */
  readonly noun: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Room for the line that tells what is left out. */
const LAST_LINE = 300;

/** The sections one after another in at most `limit` characters; rows that do not fit are counted in the last line, never cut. */
export function fitted(sections: readonly Section[], limit: number): string {
  let left = limit - LAST_LINE;
  const parts: string[] = [];
  const untold: string[] = [];
  for (const section of sections) {
    const [opening, ending] = frameOf(section);
    const head = `${opening}${line(section.header)}${line(section.header.map(() => '---'))}`;
    const rows = fitting(section.rows.map(line), left - head.length - ending.length);
    if (rows.length > 0) {
      const part = `${head}${rows.join('')}${ending}`;
      left -= part.length + 1;
      parts.push(part);
    }
    const more = section.rows.length - rows.length;
    if (more > 0) untold.push(plural(more, section.noun));
  }
  if (untold.length > 0) parts.push(`Left out, as there is no room: ${untold.join(', ')}\n`);
  return parts.join('\n');
}

/** The first lines, as many as there is room for. */
function fitting(lines: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = lines.findIndex((text) => {
    left -= text.length;
    return left < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

function frameOf({ summary, rows }: Section): readonly [opening: string, ending: string] {
  if (summary === undefined) return ['', ''];
  return [`<details><summary>${summary} (${grouped(rows.length)})</summary>\n\n`, '\n</details>\n'];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
