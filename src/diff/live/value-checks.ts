import type { Check, ColumnAccess, TableView } from '../../checks/check.ts';
import { columnCheck, shown } from '../../checks/column-check.ts';
import { skipped } from '../../checks/judge.ts';
import { rowCheck } from '../../checks/row-check.ts';
import { valueRules } from '../../checks/value-rules.ts';
import type { Change } from '../../model/change.ts';
import { type Column, VALUE_RULES } from '../../model/contract.ts';
import { anyOf } from '../../sql/build.ts';
import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { parseLiteral } from '../../sql/literal.ts';
import type { Placed } from './fit-check.ts';

type RuleName = (typeof VALUE_RULES)[number];

/** A bound can be written either way: what was `min` may now be `exclusiveMin`. */
const SAME_RULE: readonly (readonly RuleName[])[] = [
  ['min', 'exclusiveMin'],
  ['max', 'exclusiveMax'],
];

/**
 * `invalid` counts the rows that break any rule on the values of a column; this counts those that break what changed, against the same
 * tolerance. `part` is what the path of the change has behind that of the column. Undefined: it is about no rule by itself.
 */
export function changedRuleCheck(change: Change, placed: Placed, part: string): Check | undefined {
  const { column } = placed;
  const { before } = change;
  if (part.startsWith('enum.') && change.after === null && before !== null && isValueOf(column, before)) {
    const only: Column = { ...column, enum: { values: [{ text: before, at: column.at }], open: false, at: column.at } };
    return badValues(placed, `hold ${before}`, (view, access) =>
      valueRules(view, only, access.type)
        .filter(({ name }) => name === 'enum')
        .map((rule) => access.anyValue((value) => sql`not (${rule.broken(value)})`)),
    );
  }
  const rules = rulesOf(change, column, part);
  if (rules.length === 0) return undefined;
  return badValues(placed, `break ${rules.map((rule) => `\`${rule}\``).join(' or ')}`, (view, access) => {
    const broken = valueRules(view, column, access.type)
      .filter(({ name }) => rules.some((rule) => rule === name))
      .map((rule) => access.anyValue((value) => rule.broken(value)));
    // The form of a date is how the cells of a text file are read.
    const isForm = rules.includes('format') && column.type.name === 'date' && access.unparsable;
    return isForm ? [...broken, isForm] : broken;
  });
}

function rulesOf({ after }: Change, column: Column, part: string): readonly RuleName[] {
  if (part === '')
    return (['pattern', 'format'] as const).filter((key) => after !== null && column[key]?.text === after);
  const [key] = part.split('.');
  const own = VALUE_RULES.filter((rule) => rule === key);
  const names = SAME_RULE.find((each) => own.some((rule) => each.includes(rule))) ?? own;
  return names.filter((rule) => column[rule] !== undefined);
}

function isValueOf({ type }: Column, text: string): boolean {
  return 'literal' in parseLiteral(text, type, 'value');
}

function badValues(
  { contract, table, column }: Placed,
  fault: string,
  conditions: (view: TableView, access: ColumnAccess) => readonly Sql[],
): Check {
  return columnCheck(contract, table, column, {
    kind: 'invalid',
    promise: fault,
    at: column.at,
    plan(view, access) {
      const bad = conditions(view, access);
      if (bad.length === 0) return { settled: skipped('no rule', 'the source has no values that the rule is about') };
      return rowCheck({
        view,
        scope: view.scope('table'),
        bad: anyOf(...bad),
        tolerance: column.invalid,
        fault,
        show: [shown(column.name, access)],
      });
    },
  });
}
