import type { Contract, Deprecation } from '../../model/contract.ts';
import { aliasedColumn, aliasedTable } from '../parts/alias.ts';
import { deprecationChange } from '../parts/deprecation-change.ts';
import { matchValues } from '../parts/enum-values.ts';
import { columnsOf } from '../parts/member-names.ts';
import { danglingReplacements } from '../parts/replacement.ts';
import { DEPRECATION_RULES } from './deprecation-rules.ts';
import type { ColumnSubject, ContractSubject, Found, TableSubject } from './rule.ts';

/** What is announced to go. The status of a contract says it too. */
export const contractDeprecation: ContractSubject = {
  on: 'contract',
  name: 'deprecation',
  keys: ['deprecated', 'status'],
  rules: DEPRECATION_RULES,
  compare({ old, new: now }, { policy }) {
    const [before, after] = [announcement(old), announcement(now)];
    // The end itself, the way back from it and that to a draft are told by the status.
    const isTold = [old.status, now.status].includes('retired') || now.status === 'draft';
    if (isTold && !(before && after)) return 'equal';
    return orEqual(deprecationChange({ what: 'the contract', below: 'deprecated', old: before, new: after }, policy));
  },
  conclude: danglingReplacements,
};

export const tableDeprecation: TableSubject = {
  on: 'table',
  name: 'deprecation',
  keys: ['deprecated'],
  rules: [],
  compare({ old, new: now }, { contract, policy, renamedTable }) {
    const successor = contract.new.tables.find(({ name }) => name === now.deprecated?.replacedBy);
    const announced = {
      what: `table \`${now.name}\``,
      old: old.deprecated,
      new: now.deprecated,
      ...replacement(old.deprecated, renamedTable),
      isTold: successor !== undefined && aliasedTable(successor, contract)?.name === now.name,
    };
    return orEqual(deprecationChange(announced, policy));
  },
};

export const columnDeprecation: ColumnSubject = {
  on: 'column',
  name: 'deprecation',
  keys: ['deprecated'],
  rules: [],
  compare({ old, new: now }, { policy, renamed, table }) {
    const successor = columnsOf(table.new).find(({ name }) => name === now.deprecated?.replacedBy);
    const announced = {
      what: `\`${now.name}\``,
      old: old.deprecated,
      new: now.deprecated,
      ...replacement(old.deprecated, renamed),
      isTold: successor !== undefined && aliasedColumn(successor, table)?.name === now.name,
    };
    return orEqual(deprecationChange(announced, policy));
  },
};

/** The values of an enum; everything else about them is told by `enum`. */
export const valueDeprecation: ColumnSubject = {
  on: 'column',
  name: 'deprecation',
  keys: ['enum'],
  rules: [],
  compare({ old, new: now }, { policy }) {
    const { common, renamed } = matchValues(old, now);
    const names = new Map(renamed.map((pair) => [pair.old.text, pair.new.text]));
    const newName = (name: string) => names.get(name) ?? name;
    // Nothing found leaves the rest of the enum to others.
    return common.flatMap(({ old: was, new: { text, deprecated, at } }) => {
      const announced = {
        what: `value \`${text}\``,
        below: `enum.${text}`,
        places: { old: was.at, new: at },
        old: was.deprecated,
        new: deprecated,
        ...replacement(was.deprecated, newName),
      };
      return deprecationChange(announced, policy);
    });
  },
};

/** A contract whose status says that it goes is announced to go, with or without details. */
function announcement({ status, deprecated, at }: Contract): Deprecation | undefined {
  return status === 'deprecated' || status === 'retired' ? (deprecated ?? { at }) : undefined;
}

function replacement(
  old: Deprecation | undefined,
  renamed: (name: string) => string,
): { readonly renamedReplacement?: string } {
  return old?.replacedBy === undefined ? {} : { renamedReplacement: renamed(old.replacedBy) };
}

function orEqual(found: readonly Found[]): readonly Found[] | 'equal' {
  return found.length > 0 ? found : 'equal';
}
