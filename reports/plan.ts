import type { PlanDescription } from '../src/model/plan.ts';
import { visible, withoutCommands } from '../src/util/visible.ts';
import { indent } from './diagnostics.ts';

/** The statements of a run for people, table by table, with what each table costs. */
export function planText(plan: PlanDescription): string {
  const parts = plan.tables.map((table) => {
    const head = `${table.contract} ${table.table} (${table.warehouse}: ${table.location}): ${table.checks.length} checks, ${cost(table.statements.length)}`;
    if (table.problem !== undefined) return `${head}\n  cannot be looked at: ${table.problem}`;
    const statements = table.statements.map(({ sql, parameters, why }, index) => {
      const values =
        parameters.length > 0
          ? `\n-- values: ${JSON.stringify(parameters, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`
          : '';
      return indent(shownLines(`-- ${index + 1}. ${why}\n${sql};${values}`));
    });
    const checks = indent(table.checks.map((path) => `- ${path}`).join('\n'));
    return [head, checks, ...statements].join('\n');
  });
  return withoutCommands(`${parts.join('\n\n')}\n`);
}

function cost(statements: number): string {
  return statements === 0
    ? 'no statement that reads rows'
    : `${statements} ${statements === 1 ? 'statement' : 'statements'}`;
}

/** Statements as they are, but for what a terminal would act on. */
function shownLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, Number.MAX_SAFE_INTEGER))
    .join('\n');
}
