import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { stringify } from 'yaml';
import type { Origin } from '../../generators/generator.ts';
import { definitionOf } from '../../generators/typescript/definition.ts';
import { validatorsOf } from '../../generators/typescript/validators.ts';
import type { Loose, Validation, Validators } from '../../src/accessor/validation.ts';
import { validation } from '../../src/accessor/validation.ts';
import { loadContracts } from '../../src/contract/load.ts';
import type { Contract, Table } from '../../src/model/contract.ts';
import { type ValueRuleSpec, valueRule } from '../../src/values/value-rule.ts';

const NAMES = { row: 'validateRow', insertable: 'validateNewRow', use: (name: string) => name };

export interface RunOptions {
  readonly instants?: 'text' | 'date';
  /** Microseconds since 1970. */
  readonly now?: bigint;
}

/** The code that is generated for a table. */
export function codeOf(table: Table, contract: Contract, instants: 'text' | 'date' = 'text'): string {
  const { timezone } = contract;
  return validatorsOf(table, { ...NAMES, instants, ...(timezone !== undefined && { timezone }) }).code;
}

/** The generated functions, running. */
export function validatorsRunning(table: Table, contract: Contract, options: RunOptions = {}): Validators {
  const code = codeOf(table, contract, options.instants);
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const { now } = options;
  const rule = (spec: ValueRuleSpec) => (now === undefined ? valueRule(spec) : valueRule(spec, () => now));
  return new Function('valueRule', `${outputText}; return { row: validateRow, insertable: validateNewRow };`)(rule);
}

export function validationOf(table: Table, contract: Contract, options: RunOptions = {}): Validation {
  const origin: Origin = { engine: table.read ? 'files' : 'postgres', folder: '', path: [], name: table.name };
  const input = { contract, hash: '0', originOf: () => origin, checksOf: () => [] };
  const { instants } = options;
  return validation(
    definitionOf(input, table),
    validatorsRunning(table, contract, options),
    instants ? { instants } : {},
  );
}

/** What validators say of a decoded row, by path. */
export function told(validate: Validators['row'], row: unknown): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  validate(row as Loose, (path, reason) => {
    if (reason !== undefined) found.push([path, reason]);
  });
  return Object.fromEntries(found);
}

/** A contract with these tables, as it is loaded from its file. */
export async function contractOf(tables: unknown, head: unknown = {}): Promise<Contract> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-validators-'));
  try {
    const file = join(folder, 'case.yaml');
    const raci = { responsible: 'tester', accountable: 'tester' };
    await writeFile(file, stringify({ contract: 'spec.case', version: '1.0.0', raci, ...(head as object), tables }));
    const loaded = await loadContracts([file]);
    const errors = loaded.diagnostics.filter(({ severity, code }) => severity === 'error' && !/warehouse/.test(code));
    const contract = loaded.contracts[0]?.contract;
    if (!contract || errors.length > 0)
      throw new Error(errors.map(({ message, hint }) => `${message} (${hint})`).join('; '));
    return contract;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
