import type { Table } from '../../src/model/contract.ts';
import { standaloneText } from './validators-code.ts';
import { rulesText } from './validators-rules.ts';
import { schemasOf } from './validators-schema.ts';

/** Names of the two functions in the module, and how they hold instants. */
export interface ValidatorOptions {
  readonly row: string;
  readonly insertable: string;
  readonly instants: 'text' | 'date';
  /** Of the contract: what `now` is on dates and timestamps whose column says no zone. */
  readonly timezone?: string;
  /** Name under which the module has something of the runtime, which another table may have taken. */
  use(exported: string): string;
}

/**
 * Code of the two functions that check a decoded row, and a decoded row to be written: standalone code of AJV for their structure, with a
 * rule of the runtime for each value. They call `report(path, reason)` for every value; without a reason it is right.
 */
export function validatorsOf(
  table: Table,
  options: ValidatorOptions,
): { readonly code: string; readonly imports: readonly string[] } {
  const { row, insertable, use } = options;
  const imports = ['Loose', 'Report', 'valueRule'];
  const schemas = schemasOf(table, options);
  const [loose = '', report = '', valueRule = ''] = imports.map(use);
  // Names of a contract have no underscore inside a word, so that no table is called like this.
  const rules = `${row}_rules`;
  const functions = standaloneText(schemas, { row, insertable, rules, loose, report });
  return { code: `${rulesText(schemas.rules, rules, valueRule)}\n${functions}`, imports };
}
