import type { Contract, DeclaredCheck, Table, WrittenText } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Project } from '../../project/project.ts';
import { checkContractSql } from '../../sql/lexer.ts';
import { parseMetricCall } from '../../sql/metric-call.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** SQL of the contract is one expression or statement that cannot leave its brackets, with the placeholders there are (semantics §7). */
export const contractSql: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) => {
    const syntax = syntaxOf(contract, table, project);
    const tables = contract.tables.map(({ name }) => name);
    return sqlOf(table).flatMap(({ text, at, path }): readonly Diagnostic[] => {
      const problem = checkContractSql(text, (name) => tables.includes(name), syntax);
      if (!problem) return [];
      return [wrong('bad-sql', at, problem.message, problem.hint ?? 'correct the SQL', path)];
    });
  });

interface Located extends WrittenText {
  readonly path: string;
}

function sqlOf(table: Table): readonly Located[] {
  const found: Located[] = [];
  const add = (written: WrittenText | undefined, part: string): void => {
    if (written) found.push({ ...written, path: `${table.name}.${part}` });
  };
  add(table.where, 'where');
  for (const feature of table.features) add(feature.as, feature.name);
  for (const check of table.checks) {
    add(check.where, check.id);
    add(ownSql(check), check.id);
    if (check.kind === 'metric') add(check.equals?.where, check.id);
  }
  return found;
}

function ownSql(check: DeclaredCheck): WrittenText | undefined {
  if (check.kind === 'expect') return check.condition;
  if (check.kind === 'failingRows') return check.query;
  if (check.kind !== 'metric') return undefined;
  const call = parseMetricCall(check.metric.text);
  if ('problem' in call) return undefined;
  if (call.call === 'share') return { text: call.condition, at: check.metric.at };
  return call.call === 'sql' ? check.metric : undefined;
}

function syntaxOf(contract: Contract, table: Table, project: Project): 'standard' | 'mysql' {
  const name = table.warehouse?.text ?? contract.warehouse?.text;
  const type = name === undefined ? undefined : project.warehouses.get(name)?.type.text;
  return type === 'mysql' || type === 'mariadb' ? 'mysql' : 'standard';
}
