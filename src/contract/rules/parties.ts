import type { Raci, WrittenText } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** A contract that is no draft has one accountable party, and parties are those of surety.yaml (semantics §11). */
export const parties: Rule = (contract, { project }) => {
  const problems: Diagnostic[] = [];
  if (contract.status !== 'draft' && !contract.raci?.accountable) {
    const message = contract.raci
      ? '`raci` names nobody who is accountable'
      : `an ${contract.status} contract needs \`raci\``;
    const hint = 'add `raci: { accountable: a-team }`, or `status: draft` until somebody answers for it';
    problems.push(
      wrong(
        'missing-raci',
        contract.raci?.at ?? contract.at,
        message.replace('an deprecated', 'a deprecated').replace('an retired', 'a retired'),
        hint,
      ),
    );
  }
  const declared = project.parties;
  if (!declared) return problems;
  const names: WrittenText[] = contract.consumers.map(({ party }) => party);
  const add = (raci: Raci | undefined): void => {
    if (!raci) return;
    names.push(
      ...raci.responsible,
      ...raci.consulted,
      ...raci.informed,
      ...(raci.accountable ? [raci.accountable] : []),
    );
  };
  add(contract.raci);
  for (const table of contract.tables) {
    add(table.raci);
    for (const part of [...table.columns, ...table.features, ...table.checks]) add(part.raci);
  }
  for (const { text, at } of names) {
    if (declared.has(text)) continue;
    const hint = didYouMean(text, declared.keys(), 'declare it under `parties:` in surety.yaml');
    problems.push(wrong('unknown-party', at, `there is no party "${text}"`, hint));
  }
  return problems;
};
