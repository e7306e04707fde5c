import type { PlanDescription } from '../src/model/plan.ts';
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
      return indent(`-- ${index + 1}. ${why}\n${sql};${values}`);
    });
    const checks = indent(table.checks.map((path) => `- ${path}`).join('\n'));
    return [head, checks, ...statements].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

function cost(statements: number): string {
  return statements === 0
    ? 'no statement that reads rows'
    : `${statements} ${statements === 1 ? 'statement' : 'statements'}`;
}
