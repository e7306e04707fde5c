import type { RunOptions, TableProblem, TableRequest, TableSource } from '../../sql/dialect.ts';
import type { Engine } from './engine.ts';
import type { SourceFile } from './locate.ts';

export async function openJson(
  _engine: Engine,
  _name: string,
  _request: TableRequest,
  _files: readonly SourceFile[],
  _place: string,
  _options: RunOptions,
): Promise<TableSource | TableProblem> {
  return { reason: 'json is not read yet' };
}
