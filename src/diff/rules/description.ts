import type { Contract, Table } from '../../model/contract.ts';
import { matchValues } from '../parts/enum-values.ts';
import { textChange, valueChange } from '../parts/text-change.ts';
import { listed } from '../parts/wording.ts';
import { DESCRIPTION_RULES } from './description-rules.ts';
import type {
  CheckSubject,
  ColumnSubject,
  ComparedColumn,
  Comparison,
  ContractSubject,
  Found,
  Pair,
  TableSubject,
} from './rule.ts';

/** What is written for people, and for other tools. */
export const contractDescription: ContractSubject = {
  on: 'contract',
  name: 'description',
  keys: ['title', 'description', 'domain', 'tags', 'links', 'extensions'],
  rules: DESCRIPTION_RULES,
  compare(pair) {
    const { old, new: now } = pair;
    const found = [
      ...placed('title', pair, textChange('title-changed', 'title', old.title, now.title)),
      ...placed('domain', pair, textChange('domain-changed', 'domain', old.domain, now.domain)),
      ...explained(pair),
    ];
    return orEqual(found.map((each) => ({ below: BELOW[each.rule] ?? '', ...each })));
  },
};

/** On a contract the path says which key it is. */
const BELOW: Readonly<Record<string, string>> = {
  'title-changed': 'title',
  'description-changed': 'description',
  'domain-changed': 'domain',
  'tags-changed': 'tags',
  'links-changed': 'links',
};

export const tableDescription: TableSubject = {
  on: 'table',
  name: 'description',
  keys: ['description', 'tags', 'links', 'extensions'],
  rules: [],
  compare: (pair) => orEqual(explained(pair)),
};

export const columnDescription: ColumnSubject = {
  on: 'column',
  name: 'description',
  keys: ['description', 'tags', 'links', 'extensions'],
  rules: [],
  compare: (pair) => orEqual(explained(pair)),
};

export const checkDescription: CheckSubject = {
  on: 'check',
  name: 'description',
  keys: ['description', 'tags', 'links', 'extensions'],
  rules: [],
  compare: (pair) => orEqual(explained(pair)),
};

/** The values of an enum; everything else about them is told by `enum`. */
export const valueDescription: ColumnSubject = {
  on: 'column',
  name: 'description',
  keys: ['enum'],
  rules: [],
  // Nothing found leaves the rest of the enum to others.
  compare: (pair) => valuesExplained(pair),
};

function valuesExplained({ old, new: now }: Pair<ComparedColumn>): readonly Found[] {
  return matchValues(old, now).common.flatMap(({ old: was, new: value }) => {
    const change = textChange('description-changed', 'description', was.description, value.description);
    return change ? [{ ...change, below: `enum.${value.text}`, at: value.at, was: was.at }] : [];
  });
}

type Explained = Pick<Contract & Table, 'description' | 'tags' | 'links' | 'extensions' | 'places' | 'at'>;

function explained(pair: Pair<Explained>): readonly Found[] {
  const { old, new: now } = pair;
  return [
    placed('description', pair, textChange('description-changed', 'description', old.description, now.description)),
    placed('tags', pair, setChange('tags-changed', 'tag', old.tags, now.tags)),
    placed('links', pair, setChange('links-changed', 'link', pairsOf(old.links), pairsOf(now.links))),
    Object.keys({ ...old.extensions, ...now.extensions })
      .sort()
      .flatMap((key) => placed(key, pair, extension(key, old.extensions[key], now.extensions[key]))),
  ].flat();
}

/** Several of the keys may differ: each is told where it stands. */
function placed(key: string, { old, new: now }: Pair<Explained>, found: Found | undefined): readonly Found[] {
  return found ? [{ ...found, at: now.places[key] ?? now.at, was: old.places[key] ?? old.at }] : [];
}

function extension(key: string, old: string | undefined, now: string | undefined): Found | undefined {
  const change = valueChange('extension-changed', `value of \`${key}\``, old ?? null, now ?? null);
  return change && { ...change, below: key };
}

function setChange(rule: string, what: string, old: readonly string[], now: readonly string[]): Found | undefined {
  const [before, after] = [[...new Set(old)].sort(), [...new Set(now)].sort()];
  const removed = before.filter((each) => !after.includes(each));
  const added = after.filter((each) => !before.includes(each));
  if (removed.length + added.length === 0) return undefined;
  const said = (items: readonly string[], how: string) =>
    items.length === 0 ? [] : [`${what}${items.length > 1 ? 's' : ''} ${listed(items)} ${how}`];
  return {
    rule,
    before: before.join(', ') || null,
    after: after.join(', ') || null,
    message: [...said(removed, 'removed'), ...said(added, 'added')].join(', '),
  };
}

function pairsOf(links: Explained['links']): readonly string[] {
  return Object.entries(links).map(([name, address]) => `${name} ${address}`);
}

function orEqual(found: readonly Found[]): Comparison {
  return found.length > 0 ? found : 'equal';
}
