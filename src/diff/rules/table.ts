import type { Table } from '../../model/contract.ts';
import { aliasedTable } from '../parts/alias.ts';
import { removalMessage, removalOf, removalSuffix } from '../parts/sunset.ts';
import type { ContractContext, Found, TableSubject } from './rule.ts';
import { TABLE_RULES } from './table-rules.ts';

/** Whole tables: there or not, and under which name. What is in an added or removed one is not told again. */
export const table: TableSubject = {
  on: 'table',
  name: 'table',
  keys: ['name', 'renamedFrom'],
  rules: TABLE_RULES,
  compare({ old, new: now }) {
    // A hint that is no longer needed, or that points to nothing, says nothing about the table.
    if (old.name === now.name) return 'equal';
    const stays = now.location?.text ?? now.name;
    const location = stays === (old.location?.text ?? old.name) ? `; its location is still ${stays}` : '';
    const message = `table \`${old.name}\` is now \`${now.name}\`${location}`;
    return [{ rule: 'table-renamed', before: old.name, after: now.name, message }];
  },
  added: (added, context) => [addition(added, context)],
  removed: ({ name, deprecated }, { contract, policy }) => {
    const removal = removalOf([deprecated, contract.old.deprecated], policy.asOf);
    return [
      {
        rule: `table-removed${removalSuffix(removal)}`,
        before: name,
        after: null,
        message: removalMessage(`table \`${name}\``, removal),
        ...(removal.kind === 'after' && { notice: true }),
      },
    ];
  },
};

function addition(added: Table, { contract }: ContractContext): Found {
  const alias = aliasedTable(added, contract);
  if (!alias)
    return { rule: 'table-added', before: null, after: added.name, message: `table \`${added.name}\` is new` };
  const old = contract.old.tables.find(({ name }) => name === alias.name);
  const until = alias.deprecated?.sunset;
  return {
    rule: 'table-renamed-aliased',
    before: alias.name,
    after: added.name,
    message: `table \`${added.name}\` is the new name of \`${alias.name}\`, which is served on${until === undefined ? '' : ` until ${until}`}`,
    ...(old && { was: old.at }),
  };
}
