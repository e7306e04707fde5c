import type { Check } from '../../checks/check.ts';
import { checksOf } from '../../engine/select.ts';
import type { Change } from '../../model/change.ts';
import type { Contract, Table } from '../../model/contract.ts';
import { fitCheck, type Placed } from './fit-check.ts';
import { changedRuleCheck } from './value-checks.ts';

/** A check that says whether the rows keep a changed promise. */
export interface Deciding {
  readonly table: Table;
  readonly check: Check;
}

/** The checks of the new version that decide, cut down to what changed; pure. */
export function checksFor(change: Change, contract: Contract): readonly Deciding[] {
  const column = columnAt(contract, change.path);
  const base = column ? `${column.table.name}.${column.column.name}` : '';
  const paths = change.checks ?? [];
  const own = (check: Check, part = ''): Check => ({ ...check, path: `${change.fingerprint}${part}` });
  // A type has no other promise beside it: the values decide alone.
  if (column && paths.includes(`${base}.type`)) return [deciding(column.table, own(fitCheck(column)))];
  return paths.flatMap((path) => {
    const isRule = column && path === `${base}.invalid`;
    const rule = isRule && changedRuleCheck(change, column, change.path.slice(base.length + 1));
    if (rule) return [deciding(column.table, own(rule))];
    const bound = change.path === `${path}.min` ? 'min' : change.path === `${path}.max` ? 'max' : undefined;
    const tables = contract.tables.filter(({ name }) => path.startsWith(`${name}.`));
    return tables.flatMap((table) =>
      checksOf(bound ? withBound(table, bound) : table, contract)
        .filter((check) => check.path === path)
        .map((check) => deciding(table, bound ? own(check, `.${path}`) : check)),
    );
  });
}

/** What a broken promise weighs is no matter here. */
function deciding(table: Table, check: Check): Deciding {
  return { table, check: { ...check, severity: 'fail' } };
}

/** The column, member or feature that a path is about; the longest name wins. */
function columnAt(contract: Contract, path: string): Placed | undefined {
  const placed = contract.tables.flatMap((table) =>
    [...table.columns, ...table.features].map((column) => ({ contract, table, column })),
  );
  const length = ({ table, column }: Placed): number => table.name.length + column.name.length;
  return placed
    .filter(({ table, column }) => `${path}.`.startsWith(`${table.name}.${column.name}.`))
    .sort((left, right) => length(right) - length(left))[0];
}

/** The table with the one bound of its numbers that changed; the other one must not decide. */
function withBound(table: Table, bound: 'min' | 'max'): Table {
  const { rows, retention, checks } = table;
  return {
    ...table,
    rows: oneSided(rows, bound),
    ...(retention && { retention: oneSided(retention, bound) }),
    checks: checks.map((check) => (check.kind === 'metric' ? oneSided(check, bound) : check)),
  };
}

function oneSided<T extends { readonly min?: unknown; readonly max?: unknown }>(part: T, bound: 'min' | 'max'): T {
  if (part[bound] === undefined) return part;
  const { min, max, ...rest } = part;
  return { ...rest, ...(bound === 'min' ? { min } : { max }) } as T;
}
