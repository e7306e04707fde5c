import type { Check, TableView } from '../../checks/check.ts';
import { columnCheck, shown } from '../../checks/column-check.ts';
import { failedToMeasure, skipped } from '../../checks/judge.ts';
import { rowCheck } from '../../checks/row-check.ts';
import type { Column, Contract, Table } from '../../model/contract.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { anyOf } from '../../sql/build.ts';
import { printLogicalType } from '../../sql/logical-type.ts';
import { parseMemberPath } from '../../sql/member-path.ts';
import { misfit } from './misfit.ts';

/** A column with what it stands in. */
export interface Placed {
  readonly contract: Contract;
  readonly table: Table;
  readonly column: Column;
}

/**
 * Whether the values that are there now are values of the column's type, whatever type the source keeps them in: before a column is
 * converted, the check on its type can only say that it is not converted yet.
 */
export function fitCheck({ contract, table, column }: Placed): Check {
  const type = printLogicalType(column.type);
  return columnCheck(contract, table, column, {
    kind: 'fit',
    promise: type,
    at: column.typeText.at,
    plan(view, access) {
      const isTyped = access.unparsable === undefined && !view.source.text;
      const misfits = misfit(column.type, isTyped ? access.type : unsized(access.type), view);
      if (typeof misfits === 'object') return { settled: skipped('not told by values', misfits.unknown) };
      const unparsable = access.unparsable ?? wholeUnparsable(view, column);
      const bad = [unparsable, misfits === 'never' ? undefined : access.anyValue(misfits)].filter(
        (condition) => condition !== undefined,
      );
      if (bad.length === 0) {
        const found = view.found(column);
        const message = `${found.state === 'there' ? found.native : access.type.name} holds nothing but ${type}`;
        return { settled: { verdict: 'pass', message, measured: {}, evidence: 'metadata' } };
      }
      const plan = rowCheck({
        view,
        scope: view.scope(isTyped ? 'all' : 'table'),
        bad: anyOf(...bad),
        // A type has no exceptions; of what is kept as text or JSON, `invalid` says how many values may not be of it.
        tolerance: isTyped ? undefined : column.invalid,
        fault: `hold a value that is no ${type}`,
        show: [shown(column.name, access)],
      });
      if (access.unparsable || !unparsable) return plan;
      return {
        ...plan,
        judge(measured) {
          const outcome = plan.judge(measured);
          if (outcome.verdict === 'pass' || outcome.verdict === 'skipped') return outcome;
          const { column: root } = parseMemberPath(column.name);
          return failedToMeasure('not told apart', `"${root}" has members that do not fit, "${column.name}" or others`);
        },
      };
    },
  });
}

/** Members in text files are read with the whole value they are in. */
function wholeUnparsable(view: TableView, column: Column) {
  const { column: root, steps } = parseMemberPath(column.name);
  return view.source.text && steps.length > 0 ? view.column(root)?.unparsable : undefined;
}

/** Where texts are kept without a size, whatever the contract says of it. */
function unsized(type: LogicalType): LogicalType {
  switch (type.name) {
    case 'string':
      return { name: 'string' };
    case 'array':
      return { name: 'array', element: unsized(type.element) };
    case 'map':
      return { name: 'map', key: type.key, value: unsized(type.value) };
    default:
      return type;
  }
}
