import type { Reference, Table } from '../../src/model/contract.ts';
import type { ContractInput, Note } from '../generator.ts';
import { keyPromise, type Severe } from '../row-scope.ts';
import type { DdlEngine } from './engine.ts';
import { loosenessIn } from './loose.ts';
import type { PlannedColumn, PlannedTable } from './plan.ts';
import { listedValues } from './rules.ts';

/** Columns of a foreign key and what they lead to; names are those of the contract. */
export interface ForeignKey {
  readonly columns: readonly string[];
  readonly to: PlannedTable;
  readonly toColumns: readonly string[];
}

/** What the database itself keeps over several rows. */
export interface Keys {
  readonly key?: readonly string[];
  readonly uniques: readonly (readonly string[])[];
}

/** Key and unique columns, as far as no exception is allowed and the engine can. */
export function keysOf(
  plan: PlannedTable,
  engine: DdlEngine,
  where: string,
): Keys & { readonly notes: readonly Note[] } {
  const { table, columns } = plan;
  const notes: Note[] = [];
  const usable = (names: readonly string[], what: string, of: Severe, isExact: boolean): boolean => {
    const problem =
      loosenessIn(plan, of, 'all') ??
      (isExact ? keyProblem(names, columns, engine) : 'it allows exceptions') ??
      listedProblem(names, plan, 'more than one row may have');
    if (problem === undefined) return true;
    notes.push({ where, message: `${what} is left out: ${problem}` });
    return false;
  };
  const key = table.key?.columns.map(({ text }) => text);
  const hasKey = key !== undefined && usable(key, 'the key', keyPromise(table), table.key?.window === undefined);
  const uniques = [
    ...table.columns.flatMap((column) => {
      const { name, unique } = column;
      const isPlain = isExact(unique?.allow) && unique?.window === undefined;
      return unique && usable([name], `${name}.unique`, column, isPlain) ? [[name]] : [];
    }),
    ...table.checks.flatMap((check) => {
      if (check.kind !== 'unique') return [];
      const names = check.columns.columns.map(({ text }) => text);
      const plain = isExact(check.allow) && !check.where && !check.window && !check.by && !check.per;
      return usable(names, check.id, check, plain) ? [names] : [];
    }),
  ].filter((names) => !hasKey || !sameSet(names, key));
  const kept = [...(hasKey ? [key] : []), ...uniques].flat();
  if (
    engine.uniqueTextNote &&
    columns.some(({ column }) => kept.includes(column.name) && column.type.name === 'string')
  ) {
    notes.push({ where, message: `key and unique columns: ${engine.uniqueTextNote}` });
  }
  return { ...(hasKey && { key }), uniques, notes };
}

/** Values that count as missing are values to the database. */
function listedProblem(names: readonly string[], { table }: PlannedTable, what: string): string | undefined {
  const column = table.columns.find((each) => names.includes(each.name) && listedValues(each).length > 0);
  if (!column) return undefined;
  const values = listedValues(column).map((text) => JSON.stringify(text));
  return `${what} ${values.join(', ')} in ${column.name}, which count${values.length === 1 ? 's' : ''} as missing`;
}

function isExact(
  tolerance: { readonly fail?: { readonly value: { readonly coefficient: bigint } } } | undefined,
): boolean {
  return tolerance === undefined || tolerance.fail?.value.coefficient === 0n;
}

/** Of utf8mb4. */
const BYTES_A_CHARACTER = 4;

function keyProblem(
  names: readonly string[],
  columns: readonly PlannedColumn[],
  engine: DdlEngine,
): string | undefined {
  const used = names.map((name) => columns.find(({ column }) => column.name === name));
  const lacking = names.find((_, at) => used[at] === undefined);
  if (lacking !== undefined) return `${lacking} is no column of the table`;
  if (engine.mostKeyBytes === undefined) return undefined;
  const unbounded = used.find((each) => each?.native.indexBytes === undefined);
  if (unbounded) {
    const { column, native } = unbounded;
    const most = Math.floor(engine.mostKeyBytes / BYTES_A_CHARACTER);
    const remedy = column.type.name === 'string' ? `; declare ${column.name} as string(n), n at most ${most}` : '';
    return `${engine.title} has no index over a ${native.text}${remedy}`;
  }
  const bytes = used.reduce((sum, each) => sum + (each?.native.indexBytes ?? 0), 0);
  return bytes > engine.mostKeyBytes
    ? `${bytes} bytes are too many for an index of ${engine.title}, which takes ${engine.mostKeyBytes}`
    : undefined;
}

interface Target {
  readonly plan: PlannedTable;
  readonly keys: Keys;
}

/** References that the database keeps: without exceptions, to a key or unique columns of a table beside this one. */
export function foreignKeysOf(
  input: ContractInput,
  plan: PlannedTable,
  targets: readonly Target[],
  where: string,
): { readonly foreignKeys: readonly ForeignKey[]; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  const foreignKeys: ForeignKey[] = [];
  const add = (
    columns: readonly string[],
    to: readonly Reference[],
    of: Severe,
    isPlain: boolean,
    what: string,
  ): void => {
    const found =
      loosenessIn(plan, of, 'window') ??
      (isPlain ? undefined : 'it allows exceptions') ??
      listedProblem(columns, plan, 'no other row need have') ??
      targetOf(input, plan, columns, to, targets);
    if (typeof found === 'string') notes.push({ where, message: `${what} is left out: ${found}` });
    else foreignKeys.push(found);
  };
  for (const column of plan.table.columns) {
    const { name, references } = column;
    if (references) add([name], [references.to], column, isExact(references.allow), `${name}.references`);
  }
  for (const check of plan.table.checks) {
    if (check.kind !== 'references') continue;
    const isPlain = isExact(check.allow) && !check.where && !check.window && !check.by && !check.per;
    const columns = check.columns.columns.map(({ text }) => text);
    add(columns, check.to, check, isPlain, check.id);
  }
  return { foreignKeys, notes };
}

function targetOf(
  { contract }: ContractInput,
  plan: PlannedTable,
  columns: readonly string[],
  to: readonly Reference[],
  targets: readonly Target[],
): ForeignKey | string {
  const [first] = to;
  const isOwn = (reference: Reference): boolean =>
    reference.contract === undefined ||
    (reference.contract === contract.name && (reference.major === undefined || reference.major === contract.major));
  if (!first || !to.every(isOwn)) return `${first?.text} is in another contract`;
  const target = targets.find(({ plan: each }) => each.table.name === first.table);
  if (!target) return `${first.table} is not created here`;
  const toColumns = to.map(({ column = '' }) => column);
  const unique = [...(target.keys.key ? [target.keys.key] : []), ...target.keys.uniques];
  if (!unique.some((names) => sameSet(names, toColumns)))
    return `${toColumns.join(', ')} of ${first.table} is neither key nor unique there`;
  const typeOf = ({ columns: all }: PlannedTable, name: string): string | undefined =>
    all.find(({ column }) => column.name === name)?.native.text.replace(/^varchar\(\d+\)$/, 'varchar');
  const other = columns.find((name, at) => {
    const own = typeOf(plan, name);
    return own === undefined || own !== typeOf(target.plan, toColumns[at] ?? '');
  });
  if (other !== undefined) return `${other} has another type there`;
  return { columns, to: target.plan, toColumns };
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

/** Whether the promise is one that the database keeps by itself. */
export function isKept(table: Table, id: string): boolean {
  const check = table.checks.find((each) => each.id === id);
  return check?.kind === 'unique' || check?.kind === 'references';
}
