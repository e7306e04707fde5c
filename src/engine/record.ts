import type { RanStatement } from '../model/run.ts';
import type { Row, Value } from '../model/value.ts';
import type { Session, Statement, StatementOptions } from '../sql/dialect.ts';
import { HIDDEN } from './classes.ts';
import { jsonValue } from './json-value.ts';

/** Keeps what is sent for a table. */
export interface Recorder {
  /** Runs a statement; what fails is kept too. */
  run(session: Session, statement: Statement, why: string, options: StatementOptions): Promise<readonly Row[]>;
  readonly statements: readonly RanStatement[];
}

function parameterValue(value: unknown): RanStatement['parameters'][number] {
  return typeof value === 'object' && value !== null ? String(value) : jsonValue(value as Value);
}

/** With `hides`, no value that is bound is kept: the contract may list one of a masked column. */
export function createRecorder(hides: boolean): Recorder {
  const statements: RanStatement[] = [];
  return {
    statements,
    async run(session, { sql, parameters }, why, options) {
      const started = performance.now();
      let failed = true;
      try {
        const rows = await session.run({ sql, parameters }, options);
        failed = false;
        return rows;
      } finally {
        const seconds = Math.round(performance.now() - started) / 1000;
        const values = parameters.map(hides ? () => HIDDEN : parameterValue);
        statements.push({ why, sql, parameters: values, seconds, failed });
      }
    },
  };
}
