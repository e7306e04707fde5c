import type { Column } from '../../model/contract.ts';
import { VALUE_RULES } from '../../model/contract.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { engineType } from './source-kind.ts';

/** Rules on values inside nested types stand where the engine can unnest: MySQL and MariaDB cannot (semantics §3). */
export const nested: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) => {
    const type = engineType(contract, table, project);
    if (type !== 'mysql') return [];
    return table.columns.filter(isMember).flatMap((column) =>
      VALUE_RULES.flatMap((key) => {
        const rule = column[key];
        if (!rule) return [];
        const message = `${type} cannot check \`${key}\` inside "${column.name.split(/[.[{]/)[0]}"`;
        const hint = 'write a row condition in checks, in the words of the engine';
        return [wrong('nested-rule', rule.at, message, hint, `${table.name}.${column.name}`)];
      }),
    );
  });

function isMember({ name }: Column): boolean {
  return /\.|\[\]|\{\}/.test(name);
}
