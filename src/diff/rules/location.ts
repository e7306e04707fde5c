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
    const found = [...tableWarehouse({ old, new: now }, context), ...physicalTable({ old, new: now })];
    return found.length === 0 ? 'equal' : found;
  },
};

/** Without a location the table has its own name; a renamed one has moved with it, which its renaming tells. */
function physicalTable({ old, new: now }: Pair<Table>): readonly Found[] {
  const [before, after] = [old.location?.text.trim() ?? old.name, now.location?.text.trim() ?? now.name];
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
      return compareEngines(is?.text, context).map((found) => ({ ...found, ...places, table, tables, isContracts }));
    });
    const [shared] = kept.filter(({ isContracts }) => isContracts);
    const isShared = (found: (typeof kept)[number]) => found.isContracts || found.message === shared?.message;
    const reached = kept.filter(isShared).flatMap(({ tables }) => tables);
    const told = kept.filter((found) => !isShared(found));
    return [
      ...(shared ? [{ ...shared, tables: reached }] : []),
      ...told.map((found) => ({ ...found, below: `${found.table.name}.${found.below}` })),
    ].map(({ table: _, isContracts: __, tables, ...found }) => ({ ...found, touches: { tables, columns: [] } }));
  },
};

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
