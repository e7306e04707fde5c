import type { Change } from '../model/change.ts';
import type { Contract, Places, Table } from '../model/contract.ts';
import type { Position } from '../model/diagnostic.ts';
import { differingKeys } from '../util/same.ts';
import { ruleOf } from './catalogue.ts';
import { changeFingerprint } from './fingerprint.ts';
import { type Matched, matchChecks, matchColumns, matchTables } from './match.ts';
import { ancestorsOf, columnsOf } from './parts/member-names.ts';
import { SUBJECTS } from './rules/index.ts';
import type {
  AnySubject,
  CheckContext,
  CheckSubject,
  ColumnContext,
  ColumnSubject,
  ComparedColumn,
  Comparison,
  ContractContext,
  ContractSubject,
  Found,
  LoneContext,
  Pair,
  TableContext,
  TableSubject,
} from './rules/rule.ts';
import { UNCLASSIFIED } from './rules/unclassified.ts';

/** Keys that hold parts which are compared by themselves, or that say again what other keys say. */
const PARTS: Readonly<Record<AnySubject['on'], readonly string[]>> = {
  contract: ['tables', 'later'],
  table: ['columns', 'features', 'checks', 'later'],
  column: ['typeText'],
  check: ['later'],
};

const of = {
  contract: SUBJECTS.filter((subject): subject is ContractSubject => subject.on === 'contract'),
  table: SUBJECTS.filter((subject): subject is TableSubject => subject.on === 'table'),
  column: SUBJECTS.filter((subject): subject is ColumnSubject => subject.on === 'column'),
  check: SUBJECTS.filter((subject): subject is CheckSubject => subject.on === 'check'),
};

/** Every difference between two versions of a contract, in the order of its parts; pure. */
export function compareContracts(context: ContractContext): readonly Change[] {
  const { contract } = context;
  const found: Change[] = [];
  const tell = teller(contract.new.id, found);
  const whole: Spot = { path: '', ...contract, touches: ALL };
  comparePair(of.contract, contract, context, tell, whole);
  const tables = matchTables(contract.old.tables, contract.new.tables);
  const renamedTable = renaming(tables);
  for (const table of tables.pairs) compareTables(table, renamedTable, context, tell);
  for (const table of tables.removed) {
    const left = nearest(table, contract.old.tables, tables.pairs) ?? contract.new;
    const spot: Spot = { path: table.name, old: table, new: left, touches: touching([table.name]) };
    for (const subject of of.table) tell(spot, subject.removed?.(table, context));
  }
  for (const table of tables.added) {
    const spot: Spot = { path: table.name, new: table, touches: touching([table.name]) };
    for (const subject of of.table) tell(spot, subject.added?.(table, context));
  }
  for (const subject of SUBJECTS) tell(whole, subject.conclude?.({ ...context, ruleOf }, [...found]));
  return found;
}

/** A contract that only the new side has. */
export function addedContract(contract: Contract, context: LoneContext): readonly Change[] {
  const found: Change[] = [];
  const tell = teller(contract.id, found);
  for (const subject of of.contract)
    tell({ path: '', new: contract, touches: ALL }, subject.added?.(contract, context));
  return found;
}

/** A contract that only the old side has. */
export function removedContract(contract: Contract, context: LoneContext): readonly Change[] {
  const found: Change[] = [];
  const tell = teller(contract.id, found);
  for (const subject of of.contract)
    tell({ path: '', old: contract, touches: ALL }, subject.removed?.(contract, context));
  return found;
}

function compareTables(
  table: Pair<Table>,
  renamedTable: (name: string) => string,
  around: ContractContext,
  tell: Tell,
): void {
  const columns = matchColumns(table.old, table.new);
  const context: TableContext = { ...around, table, renamed: renaming(columns), renamedTable };
  const names = [table.old.name, table.new.name];
  const whole = touching(names);
  const pathTo = (name: string): string => `${table.new.name}.${name}`;
  comparePair(of.table, table, context, tell, { path: table.new.name, ...table, touches: whole });

  for (const column of columns.pairs) {
    const touches = touching(names, [column.old.name, column.new.name]);
    const inColumn: ColumnContext = { ...context, column };
    comparePair(of.column, column, inColumn, tell, { path: pathTo(column.new.name), ...column, touches });
  }
  const claimed = claims(table, columns);
  for (const column of columns.removed.filter((each) => !claimed.removed(each))) {
    const touches = touching(names, [column.name]);
    const left = nearest(column, columnsOf(table.old), columns.pairs) ?? table.new;
    const spot: Spot = { path: pathTo(column.name), old: column, new: left, touches };
    for (const subject of of.column) tell(spot, subject.removed?.(column, context));
  }
  for (const column of columns.added.filter((each) => !claimed.added(each))) {
    const spot: Spot = { path: pathTo(column.name), new: column, touches: whole };
    for (const subject of of.column) tell(spot, subject.added?.(column, context));
  }

  const checks = matchChecks(table.old.checks, table.new.checks, { column: context.renamed, table: renamedTable });
  for (const check of checks.pairs) {
    const inCheck: CheckContext = { ...context, check };
    comparePair(of.check, check, inCheck, tell, { path: pathTo(check.new.id), ...check, touches: whole });
  }
  for (const check of checks.removed) {
    const left = nearest(check, table.old.checks, checks.pairs) ?? table.new;
    const spot: Spot = { path: pathTo(check.id), old: check, new: left, touches: whole };
    for (const subject of of.check) tell(spot, subject.removed?.(check, context));
  }
  for (const check of checks.added) {
    const spot: Spot = { path: pathTo(check.id), new: check, touches: whole };
    for (const subject of of.check) tell(spot, subject.added?.(check, context));
  }
}

/** Where changes are found. */
interface Spot {
  readonly path: string;
  readonly old?: Placed;
  /** Of what was removed: what is left beside it, or what it was in. */
  readonly new?: Placed;
  readonly touches: Change['touches'];
  /** Keys of the model that differ. */
  readonly keys?: readonly string[];
}

interface Placed {
  readonly at: Position;
  readonly places?: Places;
}

type Tell = (spot: Spot, found: readonly Found[] | undefined) => void;

const ALL: Change['touches'] = { tables: [], columns: [] };

function touching(tables: readonly string[], columns: readonly string[] = []): Change['touches'] {
  return { tables: [...new Set(tables)], columns: [...new Set(columns)] };
}

interface Comparing<Node, Context> {
  readonly on: AnySubject['on'];
  readonly keys: readonly string[];
  compare?(pair: Pair<Node>, context: Context): Comparison;
}

function comparePair<Node extends Placed & object, Context>(
  subjects: readonly Comparing<Node, Context>[],
  pair: Pair<Node>,
  context: Context,
  tell: Tell,
  spot: Spot,
): void {
  const differing = differingKeys(pair.old, pair.new);
  if (differing.length === 0) return;
  const known = new Set(subjects[0] ? PARTS[subjects[0].on] : []);
  for (const subject of subjects) {
    if (!subject.compare || !subject.keys.some((key) => differing.includes(key))) continue;
    const comparison = subject.compare(pair, context);
    const keys = subject.keys.filter((key) => differing.includes(key));
    if (comparison !== 'equal') tell({ ...spot, keys }, comparison);
    if (comparison.length > 0) for (const key of subject.keys) known.add(key);
  }
  for (const key of differing.filter((each) => !known.has(each))) {
    const [before, after] = [pair.old, pair.new].map((node) => (node as Record<string, unknown>)[key]);
    tell({ ...spot, keys: [key] }, [unclassified(key, before, after)]);
  }
}

function unclassified(key: string, before: unknown, after: unknown): Found {
  return {
    rule: UNCLASSIFIED,
    below: key,
    before: plainText(before),
    after: plainText(after),
    message: `\`${key}\` changed in a way that no rule knows`,
  };
}

function plainText(value: unknown): string | null {
  if (value === undefined) return null;
  return JSON.stringify(value, (key, part: unknown) =>
    key === 'at' ? undefined : typeof part === 'bigint' ? String(part) : part,
  );
}

function teller(contract: string, into: Change[]): Tell {
  return (spot, found) => {
    for (const { below, ...change } of found ?? []) {
      const path = [spot.path, below ?? ''].filter((part) => part !== '').join('.');
      const keys = [...(below === undefined ? [] : [below.split('.')[0] ?? '']), ...(spot.keys ?? [])];
      const at = change.at ?? placeOf(spot.new, keys);
      const was = change.was ?? placeOf(spot.old, keys);
      into.push({
        ...change,
        contract,
        path,
        touches: change.touches ?? spot.touches,
        ...(at && { at }),
        ...(was && { was }),
        fingerprint: changeFingerprint({ ...change, contract, path }),
      });
    }
  };
}

/** What stood above something that is gone, else below it, and is still there: only its place counts. */
function nearest<T extends Placed>(gone: T, old: readonly T[], pairs: readonly Pair<T>[]): Placed | undefined {
  const index = old.indexOf(gone);
  const left = new Map(pairs.map((pair) => [pair.old, pair.new]));
  const beside = [...old.slice(0, index).reverse(), ...old.slice(index + 1)].find((each) => left.has(each));
  const found = beside && left.get(beside);
  return found && { at: found.at };
}

/** Where one of the keys is written, else where the whole is. */
function placeOf(placed: Placed | undefined, keys: readonly string[]): Position | undefined {
  const key = keys.map(writtenKey).find((each) => placed?.places?.[each]);
  return key === undefined ? placed?.at : placed?.places?.[key];
}

/** The key of YAML that a key of the model comes from. */
function writtenKey(key: string): string {
  return key === 'physicalNames' ? 'physicalName' : key;
}

function renaming<T extends { readonly name: string }>({ pairs }: Matched<T>): (name: string) => string {
  const names = new Map(pairs.map((pair) => [pair.old.name, pair.new.name]));
  return (name) => names.get(name) ?? name;
}

/** Members that go or come with what they are in, or because it is no longer, or only now, a type with members. */
function claims(table: Pair<Table>, columns: Matched<ComparedColumn>) {
  const gone = new Set(columns.removed.map(({ name }) => name));
  const come = new Set(columns.added.map(({ name }) => name));
  const reshaped = columns.pairs.filter(({ old, new: now }) => shape(old) !== shape(now));
  const before = new Set([...gone, ...reshaped.map(({ old }) => old.name)]);
  const after = new Set([...come, ...reshaped.map((pair) => pair.new.name)]);
  const inside = (name: string, names: ReadonlySet<string>, all: readonly ComparedColumn[]) =>
    ancestorsOf(name).some((ancestor) => names.has(ancestor) && all.some((column) => column.name === ancestor));
  return {
    removed: ({ name }: ComparedColumn) => inside(name, before, columnsOf(table.old)),
    added: ({ name }: ComparedColumn) => inside(name, after, columnsOf(table.new)),
  };
}

/** What kind of members a type has. */
function shape({ type }: ComparedColumn): string {
  const of = (inner: ComparedColumn['type']): string => {
    if (inner.name === 'array') return `[${of(inner.element)}]`;
    if (inner.name === 'map') return `{${of(inner.value)}}`;
    return inner.name === 'struct' ? 'struct' : '';
  };
  return of(type);
}
