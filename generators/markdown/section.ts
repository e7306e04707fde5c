import { visible } from '../../src/util/visible.ts';
import { escaped } from './text.ts';

/** A heading with what stands under it. */
export interface Section {
  readonly level: 1 | 2 | 3;
  /** Plain text. */
  readonly title: string;
  /** What links lead to, such as `tableKey`; absent: no link leads here. */
  readonly key?: string;
  /** Paragraphs, lists and tables. */
  readonly blocks: readonly string[];
}

export function tableKey(table: string): string {
  return JSON.stringify([table]);
}

/** Of the list of a column's values. */
export function valuesKey(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

/** Keys → fragments of addresses, as GitHub and GitLab make them of headings. */
export function anchorsOf(sections: readonly Pick<Section, 'title' | 'key'>[]): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const taken = new Set<string>();
  for (const { title, key } of sections) {
    const plain = slug(title);
    let anchor = plain;
    for (let count = 1; taken.has(anchor); count++) anchor = `${plain}-${count}`;
    taken.add(anchor);
    if (key !== undefined && plain !== '') anchors.set(key, encodeURIComponent(anchor));
  }
  return anchors;
}

function slug(title: string): string {
  return visible(title)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** The page, blocks apart by empty lines. */
export function printPage(header: string, sections: readonly Section[]): string {
  const blocks = sections.flatMap(({ level, title, blocks: inside }) => [
    `${'#'.repeat(level)} ${escaped(title)}`,
    ...inside,
  ]);
  return `${[`<!-- ${header} -->`, ...blocks].join('\n\n')}\n`;
}
