import type { Column, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { columnNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { LONGEST_NAME } from './spelling.ts';

const STEP = /(?:\.[^.[\]{}]+|\[\]|\{\})$/;

/** The parent of each member (`address.country`, `lines[].qty`) is declared as what the path goes into. */
export const members: Rule = (contract) =>
  contract.tables.flatMap((table) => table.columns.flatMap((column) => problemOf(table, column) ?? []));

function problemOf(table: Table, column: Column): Diagnostic | undefined {
  // Longer names are refused as such; their parents would be looked for step by step.
  const step = column.name.length > LONGEST_NAME ? undefined : STEP.exec(column.name)?.[0];
  if (step === undefined) return undefined;
  const parent = column.name.slice(0, -step.length);
  const wanted = step === '[]' ? 'array' : step === '{}' ? 'map' : 'struct';
  const type = typeAt(table, parent);
  if (type === undefined) {
    const message = `"${column.name}" is a member of "${parent}", which is not declared`;
    const example = wanted === 'struct' ? 'struct' : wanted === 'array' ? 'array<struct>' : 'map<string, struct>';
    return wrong(
      'unknown-parent',
      column.at,
      message,
      `add ${quotedKey(parent)}: ${example}`,
      `${table.name}.${column.name}`,
    );
  }
  if (type.name === wanted || (type.name === 'json' && wanted === 'struct') || type.name === 'native') return undefined;
  const message = `"${column.name}" goes into a ${wanted}, but "${parent}" is ${type.name}`;
  return wrong(
    'parent-type',
    column.at,
    message,
    `declare "${parent}" as ${wanted}, or change the path`,
    `${table.name}.${column.name}`,
  );
}

function typeAt(table: Table, path: string): LogicalType | undefined {
  const declared = columnNamed(table, path);
  if (declared) return declared.type;
  const step = /(?:\[\]|\{\})$/.exec(path)?.[0];
  if (step === undefined) return undefined;
  const container = typeAt(table, path.slice(0, -2));
  if (container?.name === 'array' && step === '[]') return container.element;
  return container?.name === 'map' && step === '{}' ? container.value : undefined;
}

function quotedKey(name: string): string {
  return /[[\]{}]/.test(name) ? `"${name}"` : name;
}
