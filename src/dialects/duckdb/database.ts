import {
  EngineError,
  type RunOptions,
  type TableRequest,
  type Warehouse,
  type WarehouseTarget,
} from '../../sql/dialect.ts';

export async function openDatabase(
  _target: WarehouseTarget,
  url: string,
  _tables: readonly TableRequest[],
  _options: RunOptions,
): Promise<Warehouse> {
  throw new EngineError('unreachable', `"${url}" cannot be opened`);
}
