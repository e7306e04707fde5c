/** The runtime of generated accessors: what `surety generate typescript` imports. */
export type { ContractFacts, TableDefinition } from '../model/table-definition.ts';
export { ValueProblem } from '../values/value-problem.ts';
export { type ValueRule, type ValueRuleSpec, valueRule } from '../values/value-rule.ts';
export type { Accessor, StreamOptions } from './accessor-types.ts';
export { decimal, instant, localDate, localTime, money, timestamp, uuid } from './brands.ts';
export { mysqlSettings } from './connect/mysql-driver.ts';
export { postgresTypes } from './connect/postgres.ts';
export { type ConnectOptions, connect } from './connect.ts';
export { type ContractTable, defineTable } from './define-table.ts';
export type { Freshness } from './freshness.ts';
export { InvalidRowError, type RowProblem } from './invalid-row.ts';
export { RowReadError } from './row-reader.ts';
export type { AccessOptions, TableParts } from './table-parts.ts';
export { toDate } from './to-date.ts';
export type { Branded, Decimal, Instant, LocalDate, LocalTime, Money, Timestamp, Uuid } from './types.ts';
export type { Loose, Report } from './validation.ts';
