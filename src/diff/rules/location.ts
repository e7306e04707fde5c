import { posix } from 'node:path';
import type { Contract, Table } from '../../model/contract.ts';
import { instead } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { ContractContext, ContractSubject, Found, Pair, TableSubject } from './rule.ts';

const FILES = 'files beside the contract';

/** Where a table is. */
export const location: TableSubject = {
  on: 'table',
  name: 'location',
  keys: ['location', 'warehouse'],
  rules: [
    {
      id: 'location-changed',
      purpose: 'the table is in another place: another warehouse, schema or file',
      why: 'Queries, connections and rights name the old place. Where it is gone they fail; where it stays they go on reading rows that nobody keeps up to date.',
      direction: 'incomparable',
      categories: ['schema'],
      effects: affects('breaks', 'none', 'warns', 'breaks'),
      bump: 'major',
      remedy: 'leave a view at the old place until the readers have moved, or raise the major version and tell them',
      example: {
        before: 'tables:\n  orders:\n    location: sales.orders\n    columns:\n      amount: int64\n',
        after: 'tables:\n  orders:\n    location: mart.orders\n    columns:\n      amount: int64\n',
      },
      opposite: 'location-changed',
    },
    {
      id: 'engine-changed',
      purpose: 'the table is in a warehouse of another kind',
      why: 'Another engine has another dialect, folds names in another way and stores other types: queries fail, or run and give other values.',
      direction: 'incomparable',
      categories: ['schema'],
      effects: affects('breaks', 'none', 'warns', 'breaks'),
      bump: 'major',
      remedy: 'keep the old warehouse filled until the readers have moved, and raise the major version',
      example: {
        before: 'warehouse: shop\ntables:\n  orders:\n    columns:\n      amount: int64\n',
        after: 'warehouse: lake\ntables:\n  orders:\n    columns:\n      amount: int64\n',
        around: {
          project: `warehouses:
  shop: { type: postgres, url: "\${SHOP_URL}" }
  lake: { type: duckdb, root: lake }
`,
        },
      },
      opposite: 'engine-changed',
    },
  ],
  compare({ old, new: now }, context) {
    const found = [...tableWarehouse({ old, new: now }, context), ...physicalTable({ old, new: now }, context)];
    return found.length === 0 ? 'equal' : found;
  },
};

/** Without a location the table has its own name; a renamed one has moved with it, which its renaming tells. */
function physicalTable({ old, new: now }: Pair<Table>, context: ContractContext): readonly Found[] {
  const [before, after] = [placeOf(old, 'old', context), placeOf(now, 'new', context)];
  if (before === after) return [];
  return [
    {
      rule: 'location-changed',
      below: 'location',
      before,
      after,
      message: `the table is at ${instead(after, before)}`,
      ...(now.location && { at: now.location.at }),
      ...(old.location && { was: old.location.at }),
    },
  ];
}

/** Files of no warehouse are relative to the contract, so that their place is told from the project's folder. */
function placeOf(table: Table, side: 'old' | 'new', { contract, world }: ContractContext): string {
  const written = table.location?.text.trim() ?? table.name;
  const own = contract[side];
  if (table.warehouse ?? own.warehouse) return written;
  const folder = posix.dirname(own.path.slice(world[side].folder.length).replaceAll('\\', '/').replace(/^\/+/, ''));
  return posix.isAbsolute(written) ? posix.normalize(written) : posix.join(folder, written);
}

function tableWarehouse({ old, new: now }: Pair<Table>, context: ContractContext): readonly Found[] {
  const { contract } = context;
  // Two that have the contract's are told there.
  if (!old.warehouse && !now.warehouse) return [];
  const [before, after] = [old.warehouse ?? contract.old.warehouse, now.warehouse ?? contract.new.warehouse];
  return compareWarehouses(before?.text, after?.text, context).map((found) => ({
    ...found,
    ...(now.warehouse && { at: now.warehouse.at }),
    ...(old.warehouse && { was: old.warehouse.at }),
  }));
}

/** The warehouse of all tables that name none themselves; and warehouses whose engine changed in surety.yaml. */
export const warehouse: ContractSubject = {
  on: 'contract',
  name: 'location',
  keys: ['warehouse'],
  rules: [],
  compare({ old, new: now }, context) {
    if (!inherits(old) || !inherits(now)) return 'equal';
    const found = compareWarehouses(old.warehouse?.text, now.warehouse?.text, context);
    if (found.length === 0) return 'equal';
    const places = { ...(now.warehouse && { at: now.warehouse.at }), ...(old.warehouse && { was: old.warehouse.at }) };
    return found.map((each) => ({ ...each, ...places }));
  },
  conclude(context) {
    const { old, new: now } = context.contract;
    const kept = now.tables.flatMap((table) => {
      const before = tableBefore(table, old);
      const [was, is] = [before?.warehouse ?? old.warehouse, table.warehouse ?? now.warehouse];
      if (!before || was?.text !== is?.text) return [];
      const places = { ...(is && { at: is.at }), ...(was && { was: was.at }) };
      const isContracts = !before.warehouse && !table.warehouse;
      const tables = [...new Set([before.name, table.name])];
      const found = [...compareEngines(is?.text, context), ...comparePlaces(is?.text, context)];
      return found.map((each) => ({ ...each, ...places, table, tables, isContracts }));
    });
    const [shared] = kept.filter(({ isContracts }) => isContracts);
    const isShared = (found: (typeof kept)[number]) => found.isContracts || found.message === shared?.message;
    const reached = kept.filter(isShared).flatMap(({ tables }) => tables);
    const told = kept.filter((found) => !isShared(found));
    return [
      ...(shared ? [{ ...shared, tables: reached }] : []),
      ...told.map((found) => ({ ...found, below: `${found.table.name}.${found.below}` })),
    ]
      .map(({ table: _, isContracts: __, tables, ...found }): Found => ({ ...found, touches: { tables, columns: [] } }))
      .concat(now.tables.flatMap((table) => movedAlong(table, context)));
  },
};

/** A contract that moved takes files with it that are named as before, and are others now. */
function movedAlong(table: Table, context: ContractContext): readonly Found[] {
  const before = tableBefore(table, context.contract.old);
  // A table that names no place has its data beside the contract, wherever that goes.
  if (!before?.location || !table.location || before.location.text !== table.location.text) return [];
  if (context.contract.old.warehouse?.text !== context.contract.new.warehouse?.text) return [];
  if (before.warehouse?.text !== table.warehouse?.text) return [];
  return physicalTable({ old: before, new: table }, context).map((found) => ({
    at: table.at,
    was: before.at,
    ...found,
    below: `${table.name}.location`,
    touches: { tables: [table.name], columns: [] },
  }));
}

/** Whether a table has the contract's warehouse. */
function inherits({ tables }: Contract): boolean {
  return tables.some((table) => table.warehouse === undefined);
}

function tableBefore(table: Table, { tables }: Contract): Table | undefined {
  return tables.find(({ name }) => name === table.name) ?? tables.find(({ name }) => name === table.renamedFrom);
}

function compareWarehouses(
  before: string | undefined,
  after: string | undefined,
  context: ContractContext,
): readonly Found[] {
  if (before === after) return [];
  const [was, is] = [context.world.old.engineOf(before), context.world.new.engineOf(after)];
  const places = instead(after ?? null, before ?? null, FILES);
  const texts = { below: 'warehouse', before: before ?? null, after: after ?? null };
  if (was === is) return [{ ...texts, rule: 'location-changed', message: `the warehouse is ${places}` }];
  const message = `the warehouse is ${places}: ${is} instead of ${was}`;
  return [{ ...texts, rule: 'engine-changed', message }];
}

/** A warehouse that kept its name. */
function compareEngines(name: string | undefined, { world }: ContractContext): readonly Found[] {
  const [before, after] = [world.old.engineOf(name), world.new.engineOf(name)];
  if (before === after) return [];
  return [
    {
      rule: 'engine-changed',
      below: 'warehouse',
      before,
      after,
      message: `the warehouse ${name} is of type ${instead(after, before)}`,
    },
  ];
}

/** A warehouse of the same name and type that leads somewhere else. */
function comparePlaces(name: string | undefined, { world }: ContractContext): readonly Found[] {
  const [before, after] = [world.old.placesOf(name), world.new.placesOf(name)];
  if (world.old.engineOf(name) !== world.new.engineOf(name)) return [];
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  if (keys.length === 0) return [];
  const shown = (places: ReadonlyMap<string, string>) =>
    keys.map((key) => `${key} ${places.get(key) ?? '–'}`).join(', ');
  return [
    {
      rule: 'location-changed',
      below: 'warehouse',
      before: shown(before),
      after: shown(after),
      message: `the warehouse ${name} leads elsewhere: another ${keys.join(', ')} in surety.yaml`,
    },
  ];
}
