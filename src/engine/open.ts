import type { TableView } from '../checks/check.ts';
import { valueColumns } from '../checks/column-check.ts';
import type { LoadedContract } from '../contract/load.ts';
import { DIALECTS } from '../dialects/index.ts';
import type { Contract, Feature, Reference, Table } from '../model/contract.ts';
import type { Problem } from '../model/problem.ts';
import type { Project } from '../project/project.ts';
import { type TableTarget, tableTarget } from '../project/target.ts';
import {
  EngineError,
  type Instant,
  type RunOptions,
  type TableRequest,
  type TableSource,
  type Warehouse,
} from '../sql/dialect.ts';
import { referencedTable } from '../util/referenced.ts';
import { reasonOf } from './engine-error.ts';
import { describeFeatures, type FoundFeatures, neededFeatures } from './features.ts';
import { coverSecrets, redact } from './redact.ts';
import type { SelectedTable } from './select.ts';
import { createView } from './view.ts';

/** Why a table cannot be looked at: a problem of the warehouse or of the table. */
export interface Unavailable {
  readonly reason: string;
  readonly message: string;
  readonly hint?: string;
}

export interface OpenTables {
  /** The table as checks see it, or why it cannot be looked at. */
  view(contract: Contract, table: Table): TableView | Unavailable;
  warehouseOf(contract: Contract, table: Table): string;
  /** Whether the table is looked for among files, rather than in a database. */
  isFiles(table: Table): boolean;
  /** The warehouse that a view's statements go to. Throws `EngineError` where it is not open. */
  warehouse(view: TableView): Warehouse;
  concurrency(warehouse: string): number;
  /** Of one statement, in milliseconds. */
  timeout(contract: Contract, table: Table): number;
  readonly warnings: readonly string[];
  /** Statements that looked tables up and loaded files, by warehouse. */
  readonly prepared: ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

export interface OpenInput {
  readonly project: Project;
  readonly contracts: readonly LoadedContract[];
  readonly tables: readonly SelectedTable[];
  readonly now: Instant;
  readonly ignoreWindows: boolean;
  readonly mask: Parameters<typeof createView>[0]['mask'];
  readonly warehouse?: string;
  /** `--schema`: replaces the schema of every location. */
  readonly schema?: string;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

interface Opening {
  readonly place: TableTarget;
  readonly requests: Map<string, TableRequest>;
}

type Opened = {
  readonly warehouse: Warehouse;
  readonly place: TableTarget;
};

/** Opens every warehouse of the selected tables, with the tables that they refer to. */
export async function openTables(input: OpenInput): Promise<OpenTables> {
  const openings = new Map<string, Opening>();
  const places = new Map<Table, TableTarget | Problem>();
  const want = (contract: Contract, table: Table): void => {
    if (places.has(table)) return;
    const place = placeOf(input, contract, table);
    places.set(table, place);
    if (!('target' in place)) return;
    const opening = openings.get(place.target.name) ?? { place, requests: new Map() };
    openings.set(place.target.name, opening);
    const key = keyOf(contract, table);
    opening.requests.set(key, requestOf(key, table, place));
  };
  const contracts = input.contracts.map(({ contract }) => contract);
  for (const { contract, table } of input.tables) {
    want(contract, table);
    for (const reference of referencesOf(table, contract)) {
      const found = referencedTable(contract, reference, contracts);
      if (found) want(found.contract, found.table);
    }
  }

  const opened = new Map<string, Opened | EngineError>();
  await Promise.all([...openings].map(async ([name, opening]) => opened.set(name, await openOne(opening, input))));
  const plain = tablesOf(input, contracts, places, opened, new Map());
  return tablesOf(input, contracts, places, opened, await findFeatures(plain, input, contracts));
}

/** Asks the engines for the features that the selected checks name, of their own tables and of those that they are compared with. */
async function findFeatures(
  plain: OpenTables,
  input: OpenInput,
  contracts: readonly Contract[],
): Promise<ReadonlyMap<Table, FoundFeatures>> {
  const wanted = new Map<Table, { readonly contract: Contract; readonly features: Set<Feature> }>();
  for (const selected of input.tables) {
    const { contract, table } = selected;
    if (contract.status === 'retired') continue;
    const others = referencesOf(table, contract).flatMap(
      (reference) => referencedTable(contract, reference, contracts) ?? [],
    );
    for (const each of [{ contract, table }, ...others].filter((of) => of.table.features.length > 0)) {
      const view = plain.view(each.contract, each.table);
      if (!('table' in view)) continue;
      const found = wanted.get(each.table) ?? { contract: each.contract, features: new Set() };
      for (const feature of neededFeatures(each.table, selected, view.dialect.syntax)) found.features.add(feature);
      wanted.set(each.table, found);
    }
  }
  const found = new Map<Table, FoundFeatures>();
  await Promise.all(
    [...wanted].map(async ([table, { contract, features }]) => {
      const view = plain.view(contract, table);
      if (!('table' in view) || features.size === 0) return;
      const options = runOptions(input, input.timeout ?? plain.timeout(contract, table));
      found.set(table, await describeFeatures(view, [...features], plain.warehouse(view), options));
    }),
  );
  return found;
}

function placeOf(input: OpenInput, contract: Contract, table: Table): TableTarget | Problem {
  const target = tableTarget(input.project, contract, table, input.warehouse);
  if ('found' in target) return target.found;
  const [first] = target.diagnostics;
  return { message: first?.message ?? 'no warehouse', ...(first?.hint !== undefined && { hint: first.hint }) };
}

async function openOne({ place, requests }: Opening, input: OpenInput): Promise<Opened | EngineError> {
  const entry = DIALECTS.find(({ type }) => type === place.type);
  if (!entry) return new EngineError('unreachable', `there is no dialect "${place.type}"`);
  try {
    const dialect = await entry.load();
    const target = {
      ...place.target,
      ...(input.timeout !== undefined && { timeout: input.timeout }),
      ...(input.schema !== undefined && { schema: input.schema, schemas: new Map([['*', input.schema]]) }),
    };
    const warehouse = await dialect.open(target, [...requests.values()], runOptions(input, target.timeout));
    return { warehouse, place: { ...place, target } };
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

export function runOptions(input: Pick<OpenInput, 'signal'>, timeout: number): RunOptions {
  return { timeout, ...(input.signal && { signal: input.signal }) };
}

function tablesOf(
  input: OpenInput,
  contracts: readonly Contract[],
  places: ReadonlyMap<Table, TableTarget | Problem>,
  opened: ReadonlyMap<string, Opened | EngineError>,
  features: ReadonlyMap<Table, FoundFeatures>,
): OpenTables {
  const views = new Map<Table, TableView | Unavailable>();
  const view = (contract: Contract, table: Table): TableView | Unavailable => {
    const known = views.get(table);
    if (known) return known;
    const created = create(contract, table);
    views.set(table, created);
    return created;
  };
  const openedOf = (table: Table): Opened | EngineError | Unavailable => {
    const place = places.get(table);
    if (!place) return { reason: 'not opened', message: 'the table was not asked for' };
    if (!('target' in place))
      return { reason: 'no warehouse', message: place.message, ...(place.hint && { hint: place.hint }) };
    return opened.get(place.target.name) as Opened | EngineError;
  };
  const create = (contract: Contract, table: Table): TableView | Unavailable => {
    const found = openedOf(table);
    const place = places.get(table);
    const secrets = place && 'target' in place ? secretsOf(place) : [];
    if (found instanceof EngineError)
      return {
        reason: reasonOf(found),
        message: `${unopened(found)}${coverSecrets(found.failure === 'failed' ? redact(found.message, contract.source.text) : found.message, secrets)}`,
        ...(found.hint !== undefined && { hint: coverSecrets(found.hint, secrets) }),
      };
    if (!('warehouse' in found)) return found;
    const source = found.warehouse.tables.get(keyOf(contract, table));
    if (!source || !('relation' in source)) {
      return {
        reason: source?.kind ?? 'cannot be read',
        message: coverSecrets(source?.reason ?? 'it was not looked up', secrets),
        ...(source?.hint && { hint: coverSecrets(source.hint, secrets) }),
      };
    }
    return createView({
      contract,
      table,
      source: source as TableSource,
      dialect: found.warehouse.sql,
      ...(found.warehouse.refusesContractSql && { refusesContractSql: found.warehouse.refusesContractSql }),
      now: input.now,
      ignoreWindows: input.ignoreWindows,
      mask: input.mask,
      features: features.get(table) ?? new Map(),
      parent: (reference) => parentOf(contract, table, reference),
      other: (reference) => otherOf(contract, reference),
    });
  };
  const parentOf = (contract: Contract, table: Table, reference: Reference): ReturnType<TableView['parent']> => {
    const found = referencedTable(contract, reference, contracts);
    if (found && warehouseName(places, table) !== warehouseName(places, found.table)) {
      return {
        reason: `"${reference.text}" is in another warehouse`,
        hint: 'copy the keys there, or compare a metric of both tables',
      };
    }
    return otherOf(contract, reference);
  };
  const otherOf = (contract: Contract, reference: Reference): ReturnType<TableView['other']> => {
    const found = referencedTable(contract, reference, contracts);
    if (!found)
      return {
        reason: `there is no table "${reference.text}"`,
        hint: 'name a table of this contract, or contract/table',
      };
    const parent = view(found.contract, found.table);
    if (!('table' in parent)) return { reason: parent.message, ...(parent.hint && { hint: parent.hint }) };
    return { view: parent };
  };
  return {
    view,
    isFiles(table) {
      const place = places.get(table);
      return place === undefined || !('target' in place) || isFiles(place);
    },
    warehouseOf: (_, table) => warehouseName(places, table) ?? 'files',
    warehouse(of) {
      const found = openedOf(of.table);
      if (!('warehouse' in found)) throw new EngineError('unreachable', 'the warehouse is not open');
      return found.warehouse;
    },
    concurrency(name) {
      const found = opened.get(name);
      return found && 'place' in found ? found.place.target.concurrency : 1;
    },
    timeout(_, table) {
      const found = openedOf(table);
      return 'place' in found ? found.place.target.timeout : 300_000;
    },
    warnings: [...opened].flatMap(([name, found]) =>
      'warehouse' in found ? found.warehouse.warnings.map((warning) => `${name}: ${warning}`) : [],
    ),
    prepared: new Map([...opened].map(([name, found]) => [name, 'warehouse' in found ? found.warehouse.prepared : []])),
    async close() {
      for (const found of opened.values()) {
        if ('warehouse' in found) await found.warehouse.close();
      }
    },
  };
}

function unopened({ failure }: EngineError): string {
  return failure === 'misconfigured' || failure === 'cancelled' ? '' : 'the warehouse cannot be reached: ';
}

function isFiles({ target }: TableTarget): boolean {
  return target.url === undefined && target.parts === undefined;
}

/** What a message about a table must not show: the filled-in address of its warehouse, and folders of this machine. */
export function secretsOf({ target, folder, boundary }: TableTarget): readonly string[] {
  const { url, parts } = target;
  return [
    ...(url === undefined ? [] : [url, url.replace(/^[a-z]+:(\/\/)?/, ''), ...passwordsOf(url)]),
    ...(parts?.password === undefined ? [] : [parts.password]),
    folder,
    boundary,
  ];
}

/** The password of a url, as it stands there and as it is meant. */
function passwordsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

function warehouseName(places: ReadonlyMap<Table, TableTarget | Problem>, table: Table): string | undefined {
  const place = places.get(table);
  return place && 'target' in place ? place.target.name : undefined;
}

function keyOf(contract: Contract, table: Table): string {
  return `${contract.id}/${table.name}`;
}

function requestOf(key: string, table: Table, place: TableTarget): TableRequest {
  const { read } = table;
  return {
    key,
    name: table.name,
    ...(table.location && { location: table.location.text }),
    read: { missing: [], ...(read && withoutPlace(read)) },
    columns: table.columns.map((column) => ({
      name: column.name,
      physicalNames: column.physicalNames,
      type: column.type,
      ...(column.type.name !== 'string' && column.format && { dateFormat: column.format.text }),
    })),
    folder: place.folder,
    boundary: place.boundary,
  };
}

function withoutPlace(read: NonNullable<Table['read']>): TableRequest['read'] {
  const { at, ...options } = read;
  void at;
  return options;
}

/** Other tables that the table's checks read. */
function referencesOf(table: Table, contract: Contract): readonly Reference[] {
  const named = contract.tables.filter((other) => other !== table).map((other) => `{${other.name}}`);
  const texts = [
    table.where,
    ...table.features.map(({ as }) => as),
    ...table.checks.flatMap((check) => [
      check.where,
      check.kind === 'expect' ? check.condition : undefined,
      check.kind === 'failingRows' ? check.query : undefined,
      check.kind === 'metric' ? check.metric : undefined,
    ]),
  ];
  return [
    ...valueColumns(table).flatMap((column) => (column.references ? [column.references.to] : [])),
    ...table.checks.flatMap((check) => (check.kind === 'references' ? check.to : [])),
    ...table.checks.flatMap((check) => (check.kind === 'metric' && check.equals?.from ? [check.equals.from] : [])),
    ...named
      .filter((name) => texts.some((written) => written?.text.includes(name)))
      .map((name) => ({ table: name.slice(1, -1), text: name, at: table.at })),
  ];
}
