import type { Column, WrittenText } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Warehouses, calendars and classes are those of surety.yaml. */
export const projectNames: Rule = (contract, { project }) => {
  const problems: Diagnostic[] = [];
  const known = (what: string, name: WrittenText | undefined, declared: Iterable<string>, key: string): void => {
    const names = [...declared];
    if (!name || names.includes(name.text)) return;
    const hint = didYouMean(name.text, names, `declare it under \`${key}:\` in surety.yaml`);
    problems.push(wrong(`unknown-${what}`, name.at, `there is no ${what} "${name.text}"`, hint));
  };
  const classOf = ({ classification }: Column): void => {
    if (project.declaresClassifications)
      known('classification', classification, project.classifications.keys(), 'classifications');
  };
  known('warehouse', contract.warehouse, project.warehouses.keys(), 'warehouses');
  known('calendar', contract.calendar, project.calendars.keys(), 'calendars');
  for (const table of contract.tables) {
    known('warehouse', table.warehouse, project.warehouses.keys(), 'warehouses');
    table.columns.forEach(classOf);
    table.features.forEach(classOf);
    if (table.freshness?.clock === 'business' && !contract.calendar) {
      const message = '`clock: business` needs a calendar';
      problems.push(
        wrong('missing-calendar', table.freshness.at, message, 'add `calendar:` to the contract', table.name),
      );
    }
  }
  return problems;
};
