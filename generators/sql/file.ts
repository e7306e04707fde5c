import type { Column, Table } from '../../src/model/contract.ts';
import { parseMemberPath } from '../../src/sql/member-path.ts';
import { fileStem } from '../file-name.ts';
import type { ContractInput, GeneratedFile, Note } from '../generator.ts';
import { header } from '../header.ts';
import { refuseCollisions } from '../names.ts';
import type { DdlEngine } from './engine.ts';
import { type ForeignKey, foreignKeysOf, isKept, type Keys, keysOf } from './keys.ts';
import { leftOutNotes } from './left-out.ts';
import { placeOf } from './place.ts';
import { nameOf, type PlannedTable, planTable } from './plan.ts';
import { addForeignKey, createTable, placeName } from './print.ts';

/** A table with what the database keeps over several of its rows. */
interface KeyedTable {
  readonly plan: PlannedTable;
  readonly keys: Keys;
  readonly foreignKeys: readonly ForeignKey[];
  readonly notes: readonly Note[];
}

/** The tables of a contract on one engine: `shop.orders.v2.postgres.sql`. `given`: the options of the call, for the header. */
export function sqlFile(
  input: ContractInput,
  tables: readonly Table[],
  engine: DdlEngine,
  given: string,
): { readonly file: GeneratedFile; readonly notes: readonly Note[] } {
  const { contract } = input;
  const notes: Note[] = engine.notes.map((message) => ({ where: contract.id, message }));
  const plans = plansOf(input, tables, engine, notes);
  const blocks: (readonly string[])[] = engine.preamble.map((statement) => [statement]);
  const schemas = new Set(plans.flatMap(({ place }) => (place.schema === undefined ? [] : [place.schema])));
  for (const schema of schemas) blocks.push([`create schema if not exists ${engine.quote(schema)}`]);
  const later: (readonly string[])[] = [];
  const created = new Set<PlannedTable>();
  for (const { plan, keys, foreignKeys, notes: own } of inOrder(keyed(input, plans, engine))) {
    const where = `${contract.id}/${plan.table.name}`;
    created.add(plan);
    const [create = '', ...comments] = createTable(
      plan,
      keys,
      foreignKeys.filter(({ to }) => created.has(to)),
      engine,
    );
    blocks.push([create], ...(comments.length > 0 ? [comments] : []));
    notes.push(...own);
    for (const key of foreignKeys.filter(({ to }) => !created.has(to))) {
      if (engine.altersForeignKeys) later.push([addForeignKey(plan, key, engine)]);
      else notes.push({ where, message: circle(key, engine) });
    }
    const hasCondition = (id: string): boolean => plan.conditions.some((condition) => condition.id === id);
    const isTold = (id: string): boolean => isKept(plan.table, id) || plan.looseConditions.includes(id);
    notes.push(...leftOutNotes(where, plan, (id) => isTold(id) || hasCondition(id)));
  }
  const statements = [...blocks, ...later].map((block) => block.map((statement) => `${statement};\n`).join(''));
  const head = `-- ${header('sql', input, given)}\n-- ${engine.title}.\n`;
  const path = `${fileStem(input)}.${engine.name}.sql`;
  return { file: { path, text: `${head}\n${statements.join('\n')}` }, notes };
}

function circle({ columns, to }: ForeignKey, { title }: DdlEngine): string {
  const what = `the reference of ${columns.join(', ')} to ${to.table.name} is left out`;
  return `${what}: the tables refer to each other in a circle, and ${title} adds no foreign keys later`;
}

/** The tables whose names the engine takes, one for each place. */
function plansOf(
  input: ContractInput,
  tables: readonly Table[],
  engine: DdlEngine,
  notes: Note[],
): readonly PlannedTable[] {
  const { id } = input.contract;
  const leaveOut = (table: Table, why: string): void => {
    notes.push({ where: `${id}/${table.name}`, message: `the table is left out: ${why}` });
  };
  const named = tables.filter((table) => {
    const { schema, table: name } = placeOf(table, input.originOf(table)).place;
    const problem = engine.nameProblem(name) ?? (schema === undefined ? undefined : engine.nameProblem(schema));
    if (problem !== undefined) leaveOut(table, problem);
    return problem === undefined;
  });
  const plans = byPlace(input, named, engine).flatMap(([first, ...others]) => {
    if (!first) return [];
    for (const other of others) leaveOut(other, sharedPlace(first, other));
    return [planTable(input, { table: first, isShared: others.length > 0 }, engine)];
  });
  refuseCollisions(
    plans.map(({ table, place }) => ({ name: placeName(place, engine), origin: `table "${table.name}" of ${id}` })),
  );
  return plans;
}

/** The tables in one place each; in front one that is about all of its rows, if there is one. */
function byPlace(input: ContractInput, tables: readonly Table[], engine: DdlEngine): readonly (readonly Table[])[] {
  const groups = new Map<string, Table[]>();
  for (const table of tables) {
    const name = placeName(placeOf(table, input.originOf(table)).place, engine);
    groups.set(name, [...(groups.get(name) ?? []), table]);
  }
  const isPart = ({ where }: Table): number => (where ? 1 : 0);
  return [...groups.values()].map((group) => group.sort((one, other) => isPart(one) - isPart(other)));
}

function sharedPlace(first: Table, other: Table): string {
  const there = new Set(first.columns.map(nameOf));
  const lacking = other.columns
    .filter((column) => !there.has(nameOf(column)) && !isMember(column))
    .map(({ name }) => name);
  const columns = lacking.length === 0 ? '' : `, without ${lacking.join(', ')}`;
  return `${first.name} is created in the same place${columns}`;
}

function isMember({ name }: Column): boolean {
  return parseMemberPath(name).column !== name;
}

function keyed(input: ContractInput, plans: readonly PlannedTable[], engine: DdlEngine): readonly KeyedTable[] {
  const whereOf = ({ table }: PlannedTable): string => `${input.contract.id}/${table.name}`;
  const targets = plans.map((plan) => ({ plan, keys: keysOf(plan, engine, whereOf(plan)) }));
  return targets.map(({ plan, keys }) => {
    const { foreignKeys, notes } = foreignKeysOf(input, plan, targets, whereOf(plan));
    return { plan, keys, foreignKeys, notes: [...plan.notes, ...keys.notes, ...notes] };
  });
}

/** Tables behind those that they refer to; what is left in circles as the contract has it. */
function inOrder(tables: readonly KeyedTable[]): readonly KeyedTable[] {
  const ordered: KeyedTable[] = [];
  const done = new Set<PlannedTable>();
  let left = tables;
  while (left.length > 0) {
    const isReady = ({ plan, foreignKeys }: KeyedTable): boolean =>
      foreignKeys.every(({ to }) => to === plan || done.has(to));
    const next = left.find(isReady) ?? (left[0] as KeyedTable);
    ordered.push(next);
    done.add(next.plan);
    left = left.filter((each) => each !== next);
  }
  return ordered;
}
