import type { Contract, Reference } from '../../src/model/contract.ts';
import { referencedContract, referencedTable } from '../../src/util/referenced.ts';
import type { Wording } from '../words/wording.ts';
import { tableKey } from './section.ts';
import { span } from './text.ts';

/** A page that links may lead to. */
export interface Target {
  readonly file: string;
  readonly anchors: ReadonlyMap<string, string>;
}

/** What of a page is a link. */
export interface Linked {
  readonly wording: Wording;
  /** A heading of the own page; undefined where it has no anchor. */
  anchor(key: string): string | undefined;
  /** A table of the own page. */
  table(name: string): string;
  /** The page of a contract that is named as in `upstream`. */
  contract(name: string): string;
}

/** Links of a contract's page; a page that is not generated is named without a link. */
export function linksOf(own: Contract, pages: ReadonlyMap<string, Target>, known: readonly Contract[]): Linked {
  const addressOf = ({ id }: Contract, key?: string): string | undefined => {
    const page = pages.get(id);
    const fragment = key === undefined ? undefined : page?.anchors.get(key);
    if (!page || (id === own.id && fragment === undefined)) return undefined;
    return `${id === own.id ? '' : page.file}${fragment === undefined ? '' : `#${fragment}`}`;
  };
  const linkTo = (label: string, address: string | undefined): string =>
    address === undefined ? span(label) : `[${span(label)}](${address})`;
  return {
    wording: {
      code: span,
      reference(reference: Reference) {
        const found = referencedTable(own, reference, known);
        return linkTo(reference.text, found && addressOf(found.contract, tableKey(found.table.name)));
      },
    },
    table: (name) => linkTo(name, addressOf(own, tableKey(name))),
    anchor: (key) => pages.get(own.id)?.anchors.get(key),
    contract(name) {
      const [bare = '', major] = name.split('@');
      const found = referencedContract(bare, major === undefined ? undefined : Number(major), known);
      return linkTo(name, found && addressOf(found));
    },
  };
}
