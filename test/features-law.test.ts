import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { verify } from '../src/engine/verify.ts';
import type { CheckResult } from '../src/model/run.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { writeProject } from './support/project-folder.ts';

interface Kind {
  readonly type: string;
  /** Physical. */
  readonly stored: string;
  readonly values: readonly string[];
  /** That go together. */
  readonly rules: readonly string[];
  /** Listed as missing. */
  readonly missing: string;
}

const KINDS: readonly Kind[] = [
  {
    type: 'int64',
    stored: 'bigint',
    values: ['-5', '0', '1', '7', '9223372036854775807'],
    rules: ['min: 0', 'max: 6.5', 'enum: [0, 1]', 'references: other.n'],
    missing: '[7]',
  },
  {
    type: '"decimal(12,2)"',
    stored: 'decimal(12,2)',
    values: ['-0.01', '0', '1.50', '9999999999.99'],
    rules: ['exclusiveMin: -1', 'exclusiveMax: 1.5', 'enum: [0, 1]'],
    missing: '[0, 1.5]',
  },
  {
    type: 'string',
    stored: 'varchar',
    values: ["''", "'a'", "'A '", "'ab'", "'😀b'", "'x@y.example'"],
    rules: ['minLength: 2', 'maxLength: 2', "pattern: '^a'", 'enum: [ab]'],
    missing: '["", a]',
  },
  { type: 'string', stored: 'varchar', values: ["'x@y.example'", "'x@y'"], rules: ['format: email'], missing: '[x@y]' },
  {
    type: 'date',
    stored: 'date',
    values: ["'0001-01-01'", "'2026-03-10'", "'9999-12-31'"],
    rules: ['min: 2000-01-01', 'max: now', 'enum: [2026-03-10]'],
    missing: '[9999-12-31]',
  },
  {
    type: 'float64',
    stored: 'double',
    values: ["'NaN'", "'Infinity'", '0.1', '-1'],
    rules: ['min: 0', 'max: 1', 'enum: [0.1]'],
    missing: '[NaN, -1]',
  },
];

const TOLERANCES = ['1', '25%', '{ warn: 10%, fail: 50% }'];

const cases = fc.constantFrom(...KINDS).chain((kind) =>
  fc.record({
    type: fc.constant(kind.type),
    stored: fc.constant(kind.stored),
    rows: fc.array(fc.option(fc.constantFrom(...kind.values), { freq: 3 }), { minLength: 1, maxLength: 8 }),
    rules: fc.uniqueArray(fc.constantFrom(...kind.rules)),
    promises: fc.uniqueArray(
      fc.oneof(
        fc.constantFrom('required: true', 'unique: true', 'unique: { allow: 1 }'),
        fc.constantFrom(...TOLERANCES).map((tolerance) => `invalid: ${tolerance}`),
      ),
      { selector: (key) => key.split(':')[0], maxLength: 3 },
    ),
    listed: fc.constantFrom('', `missing: { values: ${kind.missing} }`),
    where: fc.constantFrom('', '    where: id > 2\n'),
  }),
);

/** The checks of one name, without the name. */
function results(checks: readonly CheckResult[], name: string): readonly unknown[] {
  return checks
    .filter(({ path }) => path.startsWith(`${name}.`) && !/\.(?:column|type)$/.test(path))
    .map(({ path, verdict, message, measured, rules, samples, reason }) => ({
      path: path.slice(name.length),
      verdict,
      reason,
      message,
      measured,
      rules,
      rows: samples?.rows,
    }));
}

it('a feature that is a column alone keeps and breaks what the column does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cases, { minLength: 10, maxLength: 10 }), async (tables) => {
      const contract = tables.map(({ type, rules, promises, listed, where }, index) => {
        const own = `type: ${[type, ...rules, ...promises, listed].filter(Boolean).join(', ')}`;
        const columns = `    columns: { id: int64, a: { ${own} } }\n    features: { f: { ${own}, as: a } }\n`;
        return `  t${index}:\n    rows: { min: 0 }\n    key: [id]\n${where}${columns}`;
      });
      const folder = await writeProject({
        'contracts/all.yaml': `contract: shop.all\nversion: 1.0.0\nraci: { responsible: ann, accountable: ann }\ntimezone: UTC\nwarehouse: base\ntables:\n${contract.join('')}  other: { columns: { n: int64 } }\n`,
        'surety.yaml': 'warehouses: { base: { type: duckdb, url: all.duckdb } }\nparties: { ann: { name: Ann } }\n',
      });
      try {
        const filled = tables.map(({ rows, stored }, index) => {
          const values = rows.map(
            (value, row) => `(cast(${row + 1} as bigint), cast(${value ?? 'null'} as ${stored}))`,
          );
          return `create table t${index} as select * from (values ${values.join(', ')}) v(id, a)`;
        });
        await inDuckDB(join(folder, 'all.duckdb'), ...filled, 'create table other as select cast(7 as bigint) as n');
        const loaded = await loadContracts([join(folder, 'contracts')]);
        expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        const run = await verify(loaded, { now: { microseconds: 1_773_144_000_000_000n } });
        const checks = run.contracts.flatMap(({ tables: found }) => found.flatMap((table) => table.checks));
        for (const index of tables.keys()) {
          expect(checks.find(({ path }) => path === `t${index}.f.type`)?.verdict).toBe('pass');
          expect(results(checks, `t${index}.f`)).toEqual(results(checks, `t${index}.a`));
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);
