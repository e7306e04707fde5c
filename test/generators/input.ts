import { join } from 'node:path';
import type { GeneratorInput } from '../../generators/generator.ts';
import { generatorInput } from '../../src/commands/generator-input.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { ROOT } from '../support/cli.ts';

/** The fixture project: every type and feature, and hostile names. */
export const FIXTURE = join(ROOT, 'test', 'generators', 'project');
/** A contract over real data that is shipped with the product. */
export const SHIPPED = join(ROOT, 'contracts', 'birdstrikes.yaml');

/** Loads contracts as the command does; fails on any error in them. */
export async function inputOf(path: string): Promise<GeneratorInput> {
  const variables = {
    ANALYTICS_URL: 'postgres://localhost/a',
    SHOP_URL: 'mysql://localhost/a',
    LAKE_FILE: 'lake.duckdb',
  };
  const loaded = await loadContracts([path], { variables });
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return generatorInput(loaded);
}
