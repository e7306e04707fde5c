import { printLogicalType } from '../../sql/logical-type.ts';
import { aliasedColumn, isAsked } from '../parts/alias.ts';
import { ancestorsOf, movedAlong } from '../parts/member-names.ts';
import { suspectedRenames } from '../parts/rename-suspected.ts';
import { removalMessage, removalOf, removalSuffix } from '../parts/sunset.ts';
import { COLUMN_RULES } from './column-rules.ts';
import type { ColumnSubject, ComparedColumn, Found, TableContext, World } from './rule.ts';

/** Whole columns, members and features: there or not, and under which name. */
export const column: ColumnSubject = {
  on: 'column',
  name: 'column',
  keys: ['name', 'renamedFrom'],
  rules: COLUMN_RULES,
  compare({ old, new: now }, { renamed }) {
    // A member whose parent was renamed has moved with it; a hint alone says nothing.
    if (now.name === movedAlong(old.name, renamed) || now.name === old.name) return 'equal';
    const values = { before: old.name, after: now.name };
    const message = `${kindOf(now)} \`${old.name}\` is now \`${now.name}\``;
    const isCase = old.name.toLowerCase() === now.name.toLowerCase();
    return [{ rule: isCase ? 'column-case-changed' : 'column-renamed', ...values, message }];
  },
  added: (added, context) => [addition(added, context)],
  removed: (removed, context) => [removal(removed, context)],
  conclude: suspectedRenames,
};

function addition(added: ComparedColumn, { table, world }: TableContext): Found {
  const values = { before: null, after: printLogicalType(added.type) };
  const what = `${kindOf(added)} \`${added.name}\``;
  const alias = aliasedColumn(added, table);
  if (alias) {
    const until = alias.deprecated?.sunset;
    const old = [...table.old.columns, ...table.old.features].find(({ name }) => name === alias.name);
    return {
      rule: 'column-renamed-aliased',
      before: alias.name,
      after: added.name,
      message: `${what} is the new name of \`${alias.name}\`, which stays${until === undefined ? '' : ` until ${until}`}`,
      ...(old && { was: old.at }),
    };
  }
  const message = `${what} is new${classified(added, world.new)}`;
  if (isAsked(added)) {
    return { rule: 'column-added-required', ...values, message: `${message}, and every row has to have it` };
  }
  // A feature is not in the table: no `SELECT *` sees it.
  if (added.as) return { rule: 'column-added', ...values, message, notice: true };
  // An element is no new field of a row: `lines[]` says more about `lines`.
  const isField = isMember(added) && !/[\]}]$/.test(added.name);
  return { rule: isField ? 'struct-field-added' : 'column-added', ...values, message };
}

/** Who may read values that are not for everybody is to be thought of when they come. */
function classified({ classification }: ComparedColumn, { showingOf }: World): string {
  if (!classification) return '';
  const { text } = classification;
  return text === 'pii' || showingOf(text) !== 'show' ? `, classified ${text}` : '';
}

function removal(removed: ComparedColumn, { contract, table, policy }: TableContext): Found {
  const around = ancestorsOf(removed.name).map((name) => table.old.columns.find((each) => each.name === name));
  const announced = [removed, ...around, table.old, contract.old].map((each) => each?.deprecated);
  const judged = removalOf(announced, policy.asOf);
  return {
    rule: `column-removed${removalSuffix(judged)}`,
    before: printLogicalType(removed.type),
    after: null,
    message: removalMessage(`${kindOf(removed)} \`${removed.name}\``, judged),
    ...(judged.kind === 'after' && { notice: true }),
  };
}

function kindOf(column: ComparedColumn): string {
  if (column.as) return 'feature';
  return isMember(column) ? 'member' : 'column';
}

function isMember({ name }: ComparedColumn): boolean {
  return ancestorsOf(name).length > 0;
}
