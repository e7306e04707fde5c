import { CHECK_KINDS } from '../checks/index.ts';
import { worst } from '../checks/judge.ts';
import type { Loaded } from '../contract/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { CheckResult, ContractResult, Run, TableResult } from '../model/run.ts';
import type { Instant } from '../sql/dialect.ts';
import { excerpt, placeKey } from '../util/excerpt.ts';
import { printInstant } from '../util/instant.ts';
import { VERSION } from '../util/version.ts';
import { coverageOf } from './coverage.ts';
import { createMask } from './mask.ts';
import { measureTable } from './measure.ts';
import { type OpenInput, openTables } from './open.ts';
import { partiesOf, raciResult } from './people.ts';
import { type SelectedTable, type Selection, selectChecks } from './select.ts';

/** What is verified, and how. */
export interface VerifyOptions extends Selection {
  /** The instant that ages are measured from; absent: the machine's clock. */
  readonly now?: Instant;
  /** No window holds: every check looks at all rows. */
  readonly ignoreWindows?: boolean;
  /** Warehouse for every table, instead of the one in the contract. */
  readonly warehouse?: string;
  /** Schema for every location (a branch's or a prototype's tables). */
  readonly schema?: string;
  /** Time for one statement in milliseconds; absent: the warehouse's own. */
  readonly timeout?: number;
  /** Failing rows to show for each check; 0 for none. */
  readonly samples?: number;
  /** Key of the hashes that stand for values; absent: a key made for the run. */
  readonly maskKey?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly contract: string;
  readonly table: string;
}

/**
 * Verifies the selected contracts against their tables and returns the run that the JSON output prints. What cannot be measured is a
 * verdict `error` in it; it throws only for a defect of Surety itself.
 */
export async function verify(loaded: Loaded, options: VerifyOptions = {}): Promise<Run> {
  return verifyTables(loaded, selectedTables(loaded, options), options);
}

/** The same for these checks, whatever the options select. Contracts that they are of have to be selected in `loaded`. */
export async function verifyTables(
  loaded: Loaded,
  selected: readonly SelectedTable[],
  options: VerifyOptions = {},
): Promise<Run> {
  const started = performance.now();
  const input = openInput(loaded, selected, options);
  const { now } = input;
  const tables = await openTables(input);
  let results: readonly TableResult[];
  try {
    results = await measureAll(selected, loaded, tables, options);
  } finally {
    await tables.close();
  }
  const contracts = loaded.contracts
    .filter((entry) => entry.selected)
    .flatMap(({ contract }): ContractResult[] => {
      const own = results.filter((_, index) => selected[index]?.contract === contract);
      if (own.length === 0) return [];
      return [
        {
          contract: contract.id,
          version: contract.version,
          status: contract.status,
          title: contract.title ?? null,
          description: contract.description ?? null,
          domain: contract.domain ?? null,
          raci: contract.raci ? raciResult(contract.raci) : null,
          links: { ...contract.links },
          upstream: contract.upstream.map(({ contract: from, columns }) => ({
            contract: from,
            columns: columns === 'all' ? null : columns.map(({ text }) => text),
          })),
          consumers: contract.consumers.map(({ name, party, uses, description }) => ({
            name,
            party: party.text,
            uses: uses.map(({ text }) => text),
            description: description ?? null,
          })),
          file: contract.source.name,
          sunset: contract.deprecated?.sunset ?? null,
          verdict: worst(own.map(({ verdict }) => verdict)),
          tables: own,
        },
      ];
    });
  const diagnostics = [
    ...loaded.diagnostics,
    ...tables.warnings.map((message): Diagnostic => ({ code: 'warehouse/warning', severity: 'warning', message })),
  ];
  return {
    format: 1,
    surety: VERSION,
    now: printInstant(now.microseconds),
    environment: loaded.project.environment?.name ?? null,
    folder: null,
    seconds: Math.round(performance.now() - started) / 1000,
    verdict: worst(contracts.map(({ verdict }) => verdict)),
    coverage: coverageOf(results.flatMap(({ checks }) => checks)),
    contracts,
    kinds: purposesOf(results),
    parties: partiesOf([...new Set(selected.map(({ contract }) => contract))], loaded.project),
    diagnostics,
    excerpts: excerptsOf(results, diagnostics, loaded.sources),
  };
}

/** What the kinds of the checks are for; `freshness.future` is told by `freshness`. */
function purposesOf(results: readonly TableResult[]): Run['kinds'] {
  const kinds = [...new Set(results.flatMap(({ checks }) => checks.map(({ kind }) => kind)))].sort();
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const known = CHECK_KINDS.find((candidate) => candidate.kind === kind.split('.')[0]);
      return known ? [[kind, known.purpose] as const] : [];
    }),
  );
}

/** So that a saved run can be shown when the files are others. */
function excerptsOf(
  results: readonly TableResult[],
  diagnostics: readonly Diagnostic[],
  sources: Loaded['sources'],
): Run['excerpts'] {
  const isTold = ({ verdict }: CheckResult): boolean => verdict !== 'pass' && verdict !== 'skipped';
  const checks = results.flatMap((result) => result.checks.filter(isTold));
  const places = [...diagnostics, ...checks].flatMap(({ at }) => at ?? []);
  return Object.fromEntries(
    places.flatMap((at) => {
      const source = sources.get(at.file);
      return source ? [[placeKey(at), excerpt(source, at)] as const] : [];
    }),
  );
}

/** What has to be opened for the selected tables. */
export function openInput(loaded: Loaded, selected: readonly SelectedTable[], options: VerifyOptions): OpenInput {
  return {
    project: loaded.project,
    contracts: loaded.contracts,
    tables: selected,
    now: options.now ?? { microseconds: BigInt(Date.now()) * 1000n },
    ignoreWindows: options.ignoreWindows ?? false,
    mask: createMask((name) => loaded.project.classifications.get(name) ?? 'mask', options.maskKey),
    ...(options.warehouse !== undefined && { warehouse: options.warehouse }),
    ...(options.schema !== undefined && { schema: options.schema }),
    ...(options.timeout !== undefined && { timeout: options.timeout }),
    ...(options.signal && { signal: options.signal }),
  };
}

/** The tables with the checks that the options select, contract by contract. */
export function selectedTables(loaded: Loaded, options: Selection): readonly SelectedTable[] {
  return loaded.contracts.filter((entry) => entry.selected).flatMap(({ contract }) => selectChecks(contract, options));
}

/** Tables of a warehouse side by side, up to its concurrency. */
async function measureAll(
  selected: readonly SelectedTable[],
  loaded: Loaded,
  tables: Awaited<ReturnType<typeof openTables>>,
  options: VerifyOptions,
): Promise<readonly TableResult[]> {
  const results: TableResult[] = new Array(selected.length);
  const byWarehouse = new Map<string, number[]>();
  for (const [index, { contract, table }] of selected.entries()) {
    const name = tables.warehouseOf(contract, table);
    byWarehouse.set(name, [...(byWarehouse.get(name) ?? []), index]);
  }
  let done = 0;
  const measure = async (index: number): Promise<void> => {
    const entry = selected[index] as SelectedTable;
    const timeout = options.timeout ?? tables.timeout(entry.contract, entry.table);
    results[index] = await measureTable(entry, {
      project: loaded.project,
      tables,
      samples: options.samples ?? 5,
      options: { timeout, ...(options.signal && { signal: options.signal }) },
    });
    done += 1;
    options.onProgress?.({ done, total: selected.length, contract: entry.contract.id, table: entry.table.name });
  };
  await Promise.all(
    [...byWarehouse].map(async ([name, indexes]) => {
      const queue = [...indexes];
      const worker = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) await measure(next);
      };
      await Promise.all(Array.from({ length: Math.max(1, tables.concurrency(name)) }, worker));
    }),
  );
  return results;
}
