import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { TableView } from '../src/checks/check.ts';
import { duckdbSql } from '../src/dialects/duckdb/expressions.ts';
import { executeTable } from '../src/engine/execute.ts';
import type { TablePlan } from '../src/engine/plan.ts';
import { createRecorder } from '../src/engine/record.ts';
import { EngineError, type Session, type Warehouse } from '../src/sql/dialect.ts';

const view = {
  dialect: duckdbSql,
  table: {},
  scope: () => ({ label: 'rows', contractSql: false }),
  from: () => sql`from t`,
} as unknown as TableView;

const plan: TablePlan = {
  view,
  checks: [],
  scan: [{ key: 'a', value: sql`1`, contractSql: false, parameters: 0 }],
  queries: ['slow', 'next', 'last'].map((key) => ({
    key,
    statement: { sql: key, parameters: [] },
    why: '',
    contractSql: false,
    view,
  })),
};

/** A warehouse whose sessions fail as told: statement → failure, and whether the connection is gone after it, session by session. */
function warehouse(
  fails: readonly Readonly<Record<string, readonly [failure: 'time-out' | 'lost' | 'failed', gone: boolean]>>[],
  sent: string[],
): Warehouse {
  let opened = 0;
  return {
    async session(): Promise<Session> {
      opened += 1;
      const number = opened;
      const told = fails[number - 1];
      if (!told) throw new EngineError('unreachable', 'no more');
      let lost = false;
      return {
        get lost() {
          return lost;
        },
        async run({ sql: text }) {
          const key = text.startsWith('select') ? 'a' : text;
          if (lost) throw new Error('sent on a connection that is gone');
          sent.push(`${number}:${key}`);
          const failure = told[key];
          if (!failure) return [{ m0: 1n }];
          lost = failure[1];
          throw new EngineError(failure[0], failure[0]);
        },
        async close() {},
      };
    },
  } as unknown as Warehouse;
}

async function run(...fails: Parameters<typeof warehouse>[0]) {
  const sent: string[] = [];
  const own = warehouse(fails, sent);
  const { results } = await executeTable(plan, () => own, { timeout: 1000 }, createRecorder(false));
  const found = Object.fromEntries(
    [...results].map(([key, result]) => [key, 'error' in result ? result.error.failure : 'measured']),
  );
  return { sent, found };
}

describe('what is sent again when a connection is lost', () => {
  it('nothing where none is', async () => {
    expect(await run({})).toEqual({
      sent: ['1:a', '1:slow', '1:next', '1:last'],
      found: { a: 'measured', slow: 'measured', next: 'measured', last: 'measured' },
    });
  });

  it('all but what was running', async () => {
    expect(await run({ slow: ['lost', true] }, {})).toEqual({
      sent: ['1:a', '1:slow', '2:a', '2:next', '2:last'],
      found: { a: 'measured', slow: 'lost', next: 'measured', last: 'measured' },
    });
  });

  it('not what ran out of its time, though the connection had to be given up for it', async () => {
    expect(await run({ slow: ['time-out', true] }, {})).toEqual({
      sent: ['1:a', '1:slow', '2:a', '2:next', '2:last'],
      found: { a: 'measured', slow: 'time-out', next: 'measured', last: 'measured' },
    });
  });

  it('once: what was measured on the second connection stays, the rest is an error', async () => {
    expect(await run({ slow: ['lost', true] }, { next: ['lost', true] }, {})).toEqual({
      sent: ['1:a', '1:slow', '2:a', '2:next'],
      found: { a: 'measured', slow: 'lost', next: 'lost', last: 'lost' },
    });
  });

  it('what was measured stays where the server cannot be reached again', async () => {
    expect(await run({ slow: ['lost', true] })).toEqual({
      sent: ['1:a', '1:slow'],
      found: { a: 'measured', slow: 'lost', next: 'unreachable', last: 'unreachable' },
    });
  });

  it('a time-out that leaves the connection alone costs only itself', async () => {
    expect((await run({ slow: ['time-out', false] })).sent).toEqual(['1:a', '1:slow', '1:next', '1:last']);
  });
});
