import type { DeclaredCheck, Table, WrittenText } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { checkContractSql, sqlPieces } from '../../sql/lexer.ts';
import { parseMetricCall } from '../../sql/metric-call.ts';
import type { SqlSyntax } from '../../sql/tokens.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { placeName, syntaxOf, warehouseName } from './source-kind.ts';

/** SQL of the contract is one expression or statement that cannot leave its brackets, with the placeholders there are (semantics §7). */
export const contractSql: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) => {
    const syntax = syntaxOf(contract, table, project);
    const here = warehouseName(contract, table);
    const tables = new Map(contract.tables.map((each) => [each.name, warehouseName(contract, each)]));
    return sqlOf(table, syntax).flatMap(({ text, at, path }): readonly Diagnostic[] => {
      const problem = checkContractSql(text, (name) => tables.has(name), syntax);
      if (problem) return [wrong('bad-sql', at, problem.message, problem.hint ?? 'correct the SQL', path)];
      const apart = sqlPieces(text, syntax).flatMap((piece) =>
        'placeholder' in piece && piece.placeholder !== 'now' && tables.get(piece.placeholder) !== here
          ? [piece.placeholder]
          : [],
      );
      return [...new Set(apart)].map((name) => {
        const message = `"{${name}}" is in ${placeName(tables.get(name))}, this table in ${placeName(here)}`;
        const hint = 'a statement stays in one warehouse; compare numbers instead: `equals: { from: … }`';
        return wrong('sql-warehouse', at, message, hint, path);
      });
    });
  });

interface Located extends WrittenText {
  readonly path: string;
}

function sqlOf(table: Table, syntax: SqlSyntax): readonly Located[] {
  const found: Located[] = [];
  const add = (written: WrittenText | undefined, part: string): void => {
    if (written) found.push({ ...written, path: `${table.name}.${part}` });
  };
  add(table.where, 'where');
  for (const feature of table.features) add(feature.as, feature.name);
  for (const check of table.checks) {
    add(check.where, check.id);
    add(ownSql(check, syntax), check.id);
    if (check.kind === 'metric') add(check.equals?.where, check.id);
  }
  return found;
}

function ownSql(check: DeclaredCheck, syntax: SqlSyntax): WrittenText | undefined {
  if (check.kind === 'expect') return check.condition;
  if (check.kind === 'failingRows') return check.query;
  if (check.kind !== 'metric') return undefined;
  const call = parseMetricCall(check.metric.text, syntax);
  if ('problem' in call) return undefined;
  if (call.call === 'share') return { text: call.condition, at: check.metric.at };
  return call.call === 'sql' ? check.metric : undefined;
}
