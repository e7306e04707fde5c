import type { Check } from '../checks/check.ts';
import type { Loaded } from '../contract/load.ts';
import type { PlanDescription, PlannedTable } from '../model/plan.ts';
import { openTables } from './open.ts';
import { planTable, scanChunks, scanStatement } from './plan.ts';
import { openInput, selectedTables, type VerifyOptions } from './verify.ts';

/** Plans the selected checks: every statement, and how many scans each table costs. Reads catalogs and loads text files, nothing else. */
export async function plan(loaded: Loaded, options: VerifyOptions = {}): Promise<PlanDescription> {
  const selected = selectedTables(loaded, options);
  const tables = await openTables(openInput(loaded, selected, options));
  try {
    return {
      prepared: tables.prepared,
      tables: selected.map(({ contract, table, checks }): PlannedTable => {
        const about = {
          contract: contract.id,
          table: table.name,
          warehouse: tables.warehouseOf(contract, table),
          checks: checks.map((check: Check) => check.path),
        };
        const view = tables.view(contract, table);
        if (!('table' in view)) {
          return { ...about, location: table.location?.text ?? table.name, problem: view.message, statements: [] };
        }
        const planned = planTable(view, checks);
        const chunks = scanChunks(planned);
        return {
          ...about,
          checks: planned.checks.map(({ check }) => check.path),
          location: view.source.place,
          statements: [
            ...chunks.map((items, index) => ({
              ...scanStatement(view, items),
              why:
                chunks.length === 1
                  ? `one scan for ${items.length} metrics`
                  : `scan ${index + 1} of ${chunks.length}: wider than one select list`,
            })),
            ...planned.queries.map(({ statement, why }) => ({ ...statement, why })),
          ],
        };
      }),
    };
  } finally {
    await tables.close();
  }
}
