import type { Contract, Table } from '../../src/model/contract.ts';
import type { Duration } from '../../src/model/threshold.ts';
import type { Engine } from '../generator.ts';
import { isQuotable, quoteFor, sourceName } from './identifier.ts';

interface Place {
  readonly contract: Contract;
  readonly table: Table;
  readonly engine: Engine;
}

const SECOND = 1_000_000n;
const HOUR = 3600n * SECOND;
const DAY = 24n * HOUR;

/** The rows of the last so long as SQL; undefined where the engine cannot tell them from others by itself. */
export function windowCondition(
  { microseconds, months }: Duration,
  { contract, table, engine }: Place,
): string | undefined {
  const wanted = table.timeColumn?.text ?? table.freshness?.column?.text;
  const column = table.columns.find(({ name }) => name === wanted);
  if (!column || !isQuotable(sourceName(column), engine) || months !== 0) return undefined;
  const name = quoteFor(engine)(sourceName(column));
  const [count, unit] = microseconds % HOUR === 0n ? [microseconds / HOUR, 'hour'] : [microseconds / SECOND, 'second'];
  const past = `current_timestamp - interval ${engine === 'mysql' ? `${count} ${unit}` : `'${count} ${unit}s'`}`;
  if (column.type.name === 'instant') return `${name} >= ${past}`;
  const zone = column.timezone ?? contract.timezone;
  const days = microseconds / DAY;
  const isDate = column.type.name === 'date';
  if (zone === undefined || (isDate && microseconds % DAY !== 0n)) return undefined;
  if (engine === 'mysql') {
    // Names of zones are known to MySQL only where someone has loaded them.
    if (zone !== 'UTC') return undefined;
    return isDate
      ? `${name} > utc_date() - interval ${days} day`
      : `${name} >= ${past.replace('current_timestamp', 'utc_timestamp()')}`;
  }
  const local = (instant: string): string => `${instant} at time zone '${zone.replaceAll("'", "''")}'`;
  return isDate
    ? `${name} > cast(${local('current_timestamp')} as date) - ${days}`
    : `${name} >= ${local(`(${past})`)}`;
}
