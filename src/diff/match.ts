import type { ColumnList, Contract, DeclaredCheck, Table } from '../model/contract.ts';
import { sameMeaning } from '../util/same.ts';
import { ancestorsOf, columnsOf } from './parts/member-names.ts';
import { printReference } from './parts/reference-text.ts';
import { normalSql, type Renames } from './parts/sql-text.ts';
import type { ComparedColumn, Pair } from './rules/rule.ts';

/** What both sides have, and what only one has. Matched by name, then by the hint `renamedFrom`: never by a guess. */
export interface Matched<T> {
  readonly pairs: readonly Pair<T>[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

export function matchTables(old: readonly Table[], now: readonly Table[]): Matched<Table> {
  return match(old, now, ({ renamedFrom }) => renamedFrom);
}

/** Columns, members and features together: a feature that becomes a column keeps its readers. Members go with a renamed column. */
export function matchColumns(old: Table, now: Table): Matched<ComparedColumn> {
  const columns = columnsOf(now);
  const former = (column: ComparedColumn): string | undefined => {
    if (column.renamedFrom !== undefined) return column.renamedFrom;
    const parent = ancestorsOf(column.name)
      .map((name) => columns.find((each) => each.name === name))
      .find((each) => each?.renamedFrom !== undefined);
    return parent?.renamedFrom === undefined ? undefined : parent.renamedFrom + column.name.slice(parent.name.length);
  };
  return inAnyCase(match(columnsOf(old), columns, former));
}

/** Of what is left, the names that differ in nothing but case, where that is one of each side. */
function inAnyCase<T extends { readonly name: string }>({ pairs, removed, added }: Matched<T>): Matched<T> {
  const alike = (items: readonly T[], { name }: T) =>
    items.filter((item) => item.name.toLowerCase() === name.toLowerCase());
  const again = added.flatMap((now): readonly Pair<T>[] => {
    const [old, ...others] = alike(removed, now);
    return old && others.length === 0 && alike(added, now).length === 1 ? [{ old, new: now }] : [];
  });
  return {
    pairs: [...pairs, ...again],
    removed: removed.filter((item) => !again.some(({ old }) => old === item)),
    added: added.filter((item) => !again.some((pair) => pair.new === item)),
  };
}

/** By id, else by what they say, else by what they ask: a check with a new id, and maybe another threshold, is the same check. */
export function matchChecks(
  old: readonly DeclaredCheck[],
  now: readonly DeclaredCheck[],
  renames: Renames = {},
): Matched<DeclaredCheck> {
  const byId = match(named(old), named(now), () => undefined);
  const same = byId.pairs.map(({ old: before, new: after }) => ({ old: before.check, new: after.check }));
  // Under one id another kind of check is another check.
  const [pairs, others] = [same.filter(isOneKind), same.filter((pair) => !isOneKind(pair))];
  const left = [...byId.added.map(({ check }) => check), ...others.map((pair) => pair.new)];
  const removed: DeclaredCheck[] = [];
  for (const check of [...byId.removed.map((each) => each.check), ...others.map((pair) => pair.old)]) {
    const again = left.findIndex((each) => sameMeaning({ ...each, id: '' }, { ...check, id: '' }));
    const [found] = again < 0 ? [] : left.splice(again, 1);
    if (found) pairs.push({ old: check, new: found });
    else removed.push(check);
  }
  const byBody = matchBodies(removed, left, renames);
  return { ...byBody, pairs: [...pairs, ...byBody.pairs] };
}

function isOneKind({ old, new: now }: Pair<DeclaredCheck>): boolean {
  return old.kind === now.kind;
}

/** The checks that ask the same, where that is one of each side. */
function matchBodies(
  old: readonly DeclaredCheck[],
  now: readonly DeclaredCheck[],
  renames: Renames,
): Matched<DeclaredCheck> {
  const before = old.map((check) => ({ check, body: bodyOf(check, renames) }));
  const after = now.map((check) => ({ check, body: bodyOf(check) }));
  const pairs = after.flatMap(({ check, body }): readonly Pair<DeclaredCheck>[] => {
    const [found, ...others] = before.filter((each) => each.body === body);
    const isOne = others.length === 0 && after.filter((each) => each.body === body).length === 1;
    return found && isOne ? [{ old: found.check, new: check }] : [];
  });
  return {
    pairs,
    removed: old.filter((check) => !pairs.some((pair) => pair.old === check)),
    added: now.filter((check) => !pairs.some((pair) => pair.new === check)),
  };
}

/** What a check asks, without its scope and its thresholds; `renames`: of names of the old version. */
function bodyOf(check: DeclaredCheck, renames: Renames = {}): string {
  const { column = (name: string) => name } = renames;
  const names = ({ columns }: ColumnList) => columns.map(({ text }) => column(text));
  const body = (): unknown => {
    switch (check.kind) {
      case 'expect':
        return normalSql(check.condition.text, renames);
      case 'failingRows':
        return normalSql(check.query.text, renames);
      case 'metric':
        return normalSql(check.metric.text, renames);
      case 'unique':
        return names(check.columns).sort();
      case 'references':
        return [names(check.columns), check.to.map((to) => printReference(to))];
    }
  };
  return JSON.stringify([check.kind, body()]);
}

/** By id, else by file: a file that held one contract and now holds another is the same contract with a new id. */
export function matchContracts(
  old: readonly Contract[],
  now: readonly Contract[],
  fileOf: (contract: Contract) => string,
): Matched<Contract> {
  const named = (contracts: readonly Contract[]) => contracts.map((contract) => ({ name: contract.id, contract }));
  const former = (contract: Contract) => old.find((each) => fileOf(each) === fileOf(contract))?.id;
  const matched = match(named(old), named(now), ({ contract }) => former(contract));
  return {
    pairs: matched.pairs.map((pair) => ({ old: pair.old.contract, new: pair.new.contract })),
    removed: matched.removed.map(({ contract }) => contract),
    added: matched.added.map(({ contract }) => contract),
  };
}

function named(checks: readonly DeclaredCheck[]): readonly { readonly name: string; readonly check: DeclaredCheck }[] {
  return checks.map((check) => ({ name: check.id, check }));
}

function match<T extends { readonly name: string }>(
  old: readonly T[],
  now: readonly T[],
  former: (item: T) => string | undefined,
): Matched<T> {
  const before = new Map(old.map((item) => [item.name, item]));
  const after = new Set(now.map(({ name }) => name));
  const pairs: Pair<T>[] = [];
  const added: T[] = [];
  for (const item of now) {
    const hint = former(item);
    // A name that is still there was not renamed, whatever the hint says.
    const name = before.has(item.name) || hint === undefined || after.has(hint) ? item.name : hint;
    const found = before.get(name);
    if (!found) added.push(item);
    else {
      pairs.push({ old: found, new: item });
      before.delete(name);
    }
  }
  return { pairs, removed: [...before.values()], added };
}
