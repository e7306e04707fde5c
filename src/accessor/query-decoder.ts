import type { UnknownRow } from 'kysely';
import { ValueProblem } from '../values/value-problem.ts';
import type { QueryColumn } from './query-scope.ts';
import type { Reading } from './reading.ts';
import { RowReadError } from './row-reader.ts';
import type { TypedField } from './table-shape.ts';

/**
 * A row of a query with its columns decoded, from whatever table of a contract and by whatever alias. What is computed comes as the driver
 * gives it, but for `min` and `max`. Throws `RowReadError`.
 */
export function decoded(row: UnknownRow, columns: readonly (readonly [string, QueryColumn | undefined])[]): UnknownRow {
  const copy = { ...row };
  for (const [name, column] of columns) {
    if (!column) continue;
    const { of, field } = column;
    const raw = copy[name];
    // Also of a column that has no NULL: joins and the greatest of no rows give one.
    if (!Object.hasOwn(copy, name) || raw === null) continue;
    try {
      copy[name] = exact(of, field, raw);
    } catch (error) {
      throw error instanceof ValueProblem ? new RowReadError(of.shape.name, error.faults) : error;
    }
  }
  return copy;
}

function exact(of: Reading, field: TypedField, raw: unknown): unknown {
  const { name, type } = field;
  if (type.name === 'decimal' && typeof raw === 'number' && of.engine.name !== 'duckdb')
    throw new ValueProblem([{ path: name, reason: 'the driver made it a float, which loses digits' }]);
  return of.readers.of(name)(raw);
}
