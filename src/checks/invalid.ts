import { VALUE_RULES } from '../model/contract.ts';
import { allOf, anyOf, countWhere } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import type { CheckKind, RuleCount } from './check.ts';
import { columnCheck, shown, valueColumns } from './column-check.ts';
import { printTolerance } from './judge.ts';
import { rowCheck } from './row-check.ts';
import { valueRules } from './value-rules.ts';

/** Rows whose value is not missing and breaks a rule on values: one check a column. */
export const invalid: CheckKind = {
  kind: 'invalid',
  purpose: 'Checks that no more values than allowed break the rules of their column.',
  checks: (table, contract) =>
    valueColumns(table).map((column) => {
      const ruled = VALUE_RULES.filter((key) => column[key] !== undefined);
      const stated = ruled.length > 0 ? `${ruled.join(', ')}; ` : '';
      return columnCheck(contract, table, column, {
        kind: 'invalid',
        promise: `${stated}${printTolerance(column.invalid)} invalid`,
        at: column.invalid?.at ?? column.at,
        plan(view, access) {
          const rules = valueRules(view, column, access.type);
          const broken: { readonly rule: string; readonly bad: Sql }[] = rules.map((rule) => ({
            rule: rule.name,
            bad: access.anyValue((value) => rule.broken(value)),
          }));
          if (access.unparsable) broken.unshift({ rule: `not ${column.typeText.text}`, bad: access.unparsable });
          if (broken.length === 0) return { absent: true };
          const scope = view.scope('table');
          return rowCheck({
            view,
            scope,
            bad: anyOf(...broken.map(({ bad }) => bad)),
            tolerance: column.invalid,
            fault: 'are invalid',
            show: [shown(column.name, access)],
            rules: broken.map(({ rule, bad }): RuleCount => ({ rule, count: countWhere(allOf(scope.condition, bad)) })),
          });
        },
      });
    }),
};
