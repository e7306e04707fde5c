import type { DialectAdapter } from 'kysely';
import { ENGINE, type EngineMark } from '../engine.ts';

/** The same dialect, whose adapters tell what they are. */
export function marked<D extends { createAdapter(): DialectAdapter }>(dialect: D, mark: EngineMark): D {
  const createAdapter = dialect.createAdapter.bind(dialect);
  dialect.createAdapter = () => Object.assign(createAdapter(), { [ENGINE]: mark });
  return dialect;
}
