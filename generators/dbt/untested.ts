import type { Contract, Table } from '../../src/model/contract.ts';
import { printDecimal } from '../../src/util/decimal.ts';
import { listed } from '../words/wording.ts';

/** Notes on what is promised of a whole table and tested by nothing that dbt has. */
export function untestedOf({ objectives, response }: Contract, table: Table): readonly string[] {
  const { rows, retention, updates, extraColumns } = table;
  const isAsEver = rows.min?.fail && printDecimal(rows.min.fail) === '1' && !rows.min.warn;
  const promises = [
    ...(isAsEver && !rows.max && !rows.slots && !rows.change ? [] : ['rows']),
    ...(retention ? ['retention'] : []),
    ...(updates ? ['updates'] : []),
    ...(extraColumns === 'allow' ? [] : ['extraColumns']),
  ];
  return [
    ...(promises.length > 0
      ? [`${listed(promises)}: dbt has no test of its own for such promises; meta holds them`]
      : []),
    ...(objectives.length > 0 || response ? ['objectives and response are left out: dbt knows no service levels'] : []),
  ];
}
