import { EngineError, type TableProblem } from '../../sql/dialect.ts';
import { matchName } from '../../sql/names.ts';
import type { Known, Place } from '../server/location.ts';
import type { Ask } from '../server/warehouse.ts';
import { errorNumber } from './errors.ts';
import type { FoundTable } from './find.ts';
import { quoteName } from './quote.ts';

/** Errors of a statement that is kept from the role, whether what it names is there or not. */
const DENIED = { database: 1044, table: 1142, column: 1143 } as const;

/** Whether a table that the catalog does not show is there for others: one statement that reads nothing. */
export async function probeTable(
  ask: Ask,
  { schema: wanted = '', table }: Place,
  known: Known,
  problem: TableProblem,
  account: string,
): Promise<TableProblem> {
  const match = matchName([wanted], [...known.keys()]);
  const schema = match.state === 'found' ? match.name : wanted;
  if (`${schema}${table}`.includes('\0')) return problem;
  const name = `${quoteName(schema)}.${quoteName(table)}`;
  const refusal = await refusalOf(ask, `select 1 from ${name} limit 0`);
  if (refusal !== DENIED.database && refusal !== DENIED.table) return problem;
  return {
    reason: `there is no table "${schema}.${table}", or ${account} may not read it`,
    kind: 'not found or forbidden',
    hint: `correct the name, or: grant select on ${name} to ${account};`,
  };
}

/** Whether the table may have columns that the role does not see: the server says so of a column that cannot be there. */
export async function hidesColumns(ask: Ask, { path, byColumns }: FoundTable): Promise<boolean> {
  if (!byColumns) return false;
  return (await refusalOf(ask, `select ${quoteName('surety: no such column')} from ${path} limit 0`)) === DENIED.column;
}

/** The wanted columns that may be there for others: with rights on single columns the server does not tell. */
export async function probeColumns(ask: Ask, { path, unseen }: FoundTable): Promise<readonly string[]> {
  const [first] = unseen;
  if (first === undefined || first.includes('\0')) return [];
  const refusal = await refusalOf(ask, `select ${quoteName(first)} from ${path} limit 0`);
  return refusal === DENIED.column ? unseen : [];
}

async function refusalOf(ask: Ask, sql: string): Promise<number | undefined> {
  try {
    await ask({ sql, parameters: [] });
    return undefined;
  } catch (error) {
    const number = errorNumber(error);
    // Somebody keeps the table locked: what the catalog says has to do.
    if (number === undefined && !(error instanceof EngineError && error.failure === 'time-out')) throw error;
    return number;
  }
}
