import type { Column, Contract, Raci, Table } from '../../src/model/contract.ts';
import { deprecationWords } from '../words/column.ts';
import { toleranceWords } from '../words/threshold.ts';
import { oneLine, PLAIN } from '../words/wording.ts';

/** What people should know of a table, as one line. */
export function tableComment(contract: Contract, table: Table): string {
  return sentences([
    table.description ?? (contract.tables.length === 1 ? contract.description : undefined),
    table.grain && capitalized(table.grain),
    `Contract ${contract.id} ${contract.version}`,
    owners(table.raci ?? contract.raci),
    deprecation(table.deprecated ?? contract.deprecated),
  ]);
}

/** What people should know of a column beyond what its constraints say; empty: nothing. */
export function columnComment(column: Column, members: readonly Column[]): string {
  const { missing, invalid, unit, classification, timezone } = column;
  const told = (column.enum?.values ?? []).flatMap(({ text, description, deprecated }) => {
    const words = [description, deprecation(deprecated)].filter((each) => each !== undefined);
    return words.length === 0 ? [] : [`${text}: ${sentences(words)}`];
  });
  const described = members.flatMap((member) => {
    const words = sentences([
      member.description,
      member.unit && `Unit: ${member.unit}`,
      deprecation(member.deprecated),
    ]);
    return words === '' ? [] : [`${member.name}: ${words}`];
  });
  return sentences([
    column.description,
    ...described,
    ...told,
    unit && `Unit: ${unit}`,
    timezone && `Local time of ${timezone}`,
    missing?.allow && `Missing: ${toleranceWords(missing.allow)}`,
    invalid && `Invalid: ${toleranceWords(invalid)}`,
    column.generated ? 'Filled in by the warehouse' : undefined,
    classification && `Classification: ${classification.text}`,
    column.physicalNames[0] === column.name ? undefined : `${column.name} in the contract`,
    owners(column.raci),
    deprecation(column.deprecated),
  ]);
}

/** Each as a sentence, one behind the other. */
function sentences(texts: readonly (string | undefined)[]): string {
  return texts
    .map((text) => oneLine((text ?? '').replace(/[\p{Cc}\u2028\u2029]/gu, ' ')))
    .filter((text) => text !== '')
    .map((text) => (/[.!?…:]$/.test(text) ? text : `${text}.`))
    .join(' ');
}

function capitalized(text: string): string {
  return text.replace(/^./u, (first) => first.toUpperCase());
}

function owners(raci: Raci | undefined): string | undefined {
  if (!raci) return undefined;
  const responsible = raci.responsible.map(({ text }) => text).join(', ');
  const words = [
    raci.accountable && `accountable ${raci.accountable.text}`,
    responsible && `responsible ${responsible}`,
  ];
  const told = words.filter((each) => each !== undefined && each !== '').join(', ');
  return told === '' ? undefined : capitalized(told);
}

function deprecation(deprecated: Column['deprecated']): string | undefined {
  return deprecated && `Deprecated ${deprecationWords(deprecated, PLAIN)}`.trim();
}
