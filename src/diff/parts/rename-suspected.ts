import type { Change } from '../../model/change.ts';
import type { Table } from '../../model/contract.ts';
import { printLogicalType } from '../../sql/logical-type.ts';
import { sameMeaning } from '../../util/same.ts';
import type { ComparedColumn, ConcludingContext, Found } from '../rules/rule.ts';
import { ancestorsOf, columnsOf } from './member-names.ts';

/** How far apart two columns may stand in their tables. */
const NEAR = 1;

interface Spot {
  readonly column: ComparedColumn;
  readonly index: number;
}

/** Removed columns that stand where one of the same type was added: at most one advice for each. */
export function suspectedRenames({ contract }: ConcludingContext, changes: readonly Change[]): readonly Found[] {
  const pathsOf = (rules: RegExp) => new Set(changes.filter(({ rule }) => rules.test(rule)).map(({ path }) => path));
  const [gone, come] = [pathsOf(/^column-removed/), pathsOf(/^(?:column|struct-field)-added/)];
  if (gone.size === 0 || come.size === 0) return [];
  return contract.new.tables.flatMap((now) => {
    const named = (wanted?: string) => contract.old.tables.find(({ name }) => name === wanted);
    const old = named(now.name) ?? named(now.renamedFrom);
    if (!old) return [];
    const path = ({ column }: Spot) => `${now.name}.${column.name}`;
    const removed = spots(old).filter((spot) => gone.has(path(spot)));
    const added = spots(now).filter((spot) => come.has(path(spot)));
    return removed.flatMap((before) => {
      const [after, ...others] = added.filter((each) => isLike(before, each));
      if (!after || others.length > 0 || removed.some((each) => each !== before && isLike(each, after))) return [];
      return [advice(before.column, after.column, path(after))];
    });
  });
}

function advice(gone: ComparedColumn, come: ComparedColumn, path: string): Found {
  return {
    rule: 'column-rename-suspected',
    below: path,
    before: gone.name,
    after: come.name,
    message: `\`${come.name}\` may be \`${gone.name}\` under a new name: both are ${printLogicalType(come.type)}`,
    at: come.at,
    was: gone.at,
    notice: true,
    remedy: `if it is the same column, write \`renamedFrom: ${gone.name}\` on \`${come.name}\``,
  };
}

function spots(table: Table): readonly Spot[] {
  return columnsOf(table).map((column, index) => ({ column, index }));
}

function isLike(gone: Spot, come: Spot): boolean {
  const [before, after] = [gone.column, come.column];
  return (
    Math.abs(gone.index - come.index) <= NEAR &&
    sameMeaning(before.type, after.type) &&
    (before.as === undefined) === (after.as === undefined) &&
    ancestorsOf(before.name)[0] === ancestorsOf(after.name)[0]
  );
}
