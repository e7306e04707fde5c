import type { Migration } from './migration.ts';

/** Runs, what each check came to, and the contracts that they were held against. */
export const runs: Migration = {
  number: 1,
  name: 'runs',
  statements: ({ table, types: { key, text, long, integer, number, instant } }) => [
    table('contract_version')
      .addColumn('hash', key, (column) => column.notNull())
      .addColumn('contract', text, (column) => column.notNull())
      .addColumn('version', text, (column) => column.notNull())
      .addColumn('content', long, (column) => column.notNull())
      .addColumn('first_seen_at', instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('contract_version_key', ['hash']),
    table('run')
      .addColumn('id', key, (column) => column.notNull())
      .addColumn('started_at', instant, (column) => column.notNull())
      .addColumn('measured_at', instant, (column) => column.notNull())
      .addColumn('environment', text)
      .addColumn('seconds', number, (column) => column.notNull())
      .addColumn('verdict', key, (column) => column.notNull())
      .addColumn('surety', text, (column) => column.notNull())
      .addColumn('git_commit', key)
      .addColumn('planned', integer, (column) => column.notNull())
      .addColumn('measured', integer, (column) => column.notNull())
      .addColumn('skipped', integer, (column) => column.notNull())
      .addColumn('not_measured', integer, (column) => column.notNull())
      .addColumn('diagnostics', integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('run_key', ['id'])
      .addUniqueConstraint('run_by_time', ['measured_at', 'id']),
    table('measurement')
      .addColumn('run_id', key, (column) => column.notNull())
      .addColumn('fingerprint', key, (column) => column.notNull())
      .addColumn('measured_at', instant, (column) => column.notNull())
      .addColumn('contract', text, (column) => column.notNull())
      .addColumn('contract_hash', key, (column) => column.notNull())
      .addColumn('table_name', text, (column) => column.notNull())
      .addColumn('path', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('severity', key, (column) => column.notNull())
      .addColumn('verdict', key, (column) => column.notNull())
      .addColumn('reason', text)
      .addColumn('message', text, (column) => column.notNull())
      .addColumn('measured', text, (column) => column.notNull())
      .addColumn('limits', text, (column) => column.notNull())
      .addColumn('bad', integer)
      .addColumn('rows', integer)
      .addColumn('value', number)
      .addColumn('age_seconds', number)
      .addPrimaryKeyConstraint('measurement_key', ['run_id', 'fingerprint'])
      // The history of a check, and its last verdict at the end of it.
      .addUniqueConstraint('measurement_by_check', ['fingerprint', 'measured_at', 'run_id'])
      .addForeignKeyConstraint('measurement_run', ['run_id'], 'run', ['id'], (foreign) => foreign.onDelete('cascade'))
      .addForeignKeyConstraint('measurement_contract', ['contract_hash'], 'contract_version', ['hash']),
  ],
};
