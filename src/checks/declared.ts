import type { Contract, DeclaredCheck, Table } from '../model/contract.ts';
import type { Check } from './check.ts';
import { tableCheck } from './column-check.ts';

/** The checks under `checks:` of one kind, with what all declared checks share. */
export function declaredChecks<K extends DeclaredCheck['kind']>(
  kind: K,
  table: Table,
  contract: Contract,
  describe: (check: Extract<DeclaredCheck, { kind: K }>) => Pick<Check, 'promise' | 'columns' | 'sql' | 'plan'>,
): readonly Check[] {
  return table.checks
    .filter((check): check is Extract<DeclaredCheck, { kind: K }> => check.kind === kind)
    .map((check) => {
      const described = describe(check);
      const severity = check.severity ?? table.severity;
      return tableCheck(contract, table, {
        kind,
        id: check.id,
        path: `${table.name}.${check.id}`,
        ...described,
        ...(check.later !== undefined && { later: check.later }),
        columns: [...described.columns, ...(check.by?.columns.map((column) => column.text) ?? [])],
        sql: [...described.sql, ...(check.where ? [check.where] : [])],
        ...(severity && { severity }),
        tags: check.tags,
        ...(check.raci && { raci: check.raci }),
        at: check.at,
      });
    });
}
