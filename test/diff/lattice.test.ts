import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TypeClass } from '../../src/diff/parts/type-class.ts';
import { compareTypes } from '../../src/diff/parts/type-lattice.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { parseLogicalType } from '../../src/sql/logical-type.ts';
import { describeOn } from '../support/servers/ask.ts';
import { type CastingEngine, duckdbCasts, postgresCasts } from './lattice-engines.ts';
import { valuesOf } from './lattice-values.ts';

const NUMBERS = [
  ...['int8', 'int16', 'int32', 'int64', 'integer', 'float32', 'float64', 'decimal'],
  ...[
    'decimal(2,0)',
    'decimal(3,0)',
    'decimal(5,0)',
    'decimal(9,0)',
    'decimal(10,0)',
    'decimal(18,0)',
    'decimal(19,0)',
  ],
  ...[
    'decimal(10,2)',
    'decimal(10,4)',
    'decimal(12,2)',
    'decimal(12,4)',
    'decimal(18,2)',
    'decimal(38,10)',
    'decimal(38,38)',
  ],
];
const TEXTS = ['string', 'string(10)', 'string(36)', 'string(35)', 'uuid'];
const TIMES = [
  ...['date', 'timestamp', 'timestamp(0)', 'timestamp(3)', 'timestamp(6)', 'time', 'time(0)', 'time(6)'],
  ...['instant', 'instant(0)', 'instant(3)', 'instant(6)'],
];
const INTO_JSON = [
  'boolean',
  'int64',
  'float32',
  'float64',
  'decimal(18,2)',
  'string',
  'date',
  'time',
  'timestamp',
  'instant',
  'uuid',
];

/** Nothing is lost by these. */
const LOSSLESS = new Set<TypeClass>([
  'type-widened',
  'type-representation-changed',
  'decimal-precision-increased',
  'decimal-scale-increased',
  'string-length-increased',
  'timestamp-precision-increased',
]);

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly old: LogicalType;
  readonly now: LogicalType;
  readonly class: TypeClass;
}

const EDGES: readonly Edge[] = [
  ...pairs(NUMBERS),
  ...pairs(TEXTS),
  ...pairs(TIMES),
  ...INTO_JSON.map((from) => ({ from, to: 'json' })),
].flatMap(({ from, to }) => {
  const [old, now] = [typed(from), typed(to)];
  const change = compareTypes(old, now);
  return change ? [{ from, to, old, now, class: change.class }] : [];
});

function pairs(names: readonly string[]): readonly { readonly from: string; readonly to: string }[] {
  return names.flatMap((from) => names.map((to) => ({ from, to })));
}

function typed(text: string): LogicalType {
  const parsed = parseLogicalType(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.type;
}

/** Edges that an engine's casts survive although the values are read as something else, with the reason. */
function survives(edge: Edge, engine: string): string | undefined {
  const { old, now } = edge;
  if (old.name === 'decimal' && now.name === 'float') {
    const digits = now.bits === 64 ? 15 : 6;
    if ((old.precision ?? Infinity) <= digits)
      return 'few digits come back from a double, which cannot add them exactly';
  }
  // What no size is promised for is stored as finely as the engine has it.
  if (edge.class === 'type-narrowed' && ['integer', 'timestamp', 'time', 'instant'].includes(old.name)) {
    if (edge.from === old.name && ['int64', `${old.name}(6)`].includes(edge.to))
      return 'the widest size that can be declared';
  }
  if (old.name === 'decimal' && now.name === 'json' && engine !== 'duckdb')
    return 'jsonb holds exact numbers; its readers do not';
  return undefined;
}

function suite(name: string, open: () => Promise<CastingEngine>): void {
  let engine: CastingEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine?.close());
  const names = async ({ old, now }: Edge) => {
    const [from, to] = [engine.typeOf(old), engine.typeOf(now)];
    return from !== undefined && to !== undefined && from !== to ? { from, to } : undefined;
  };
  const zoned = EDGES.filter((edge) => edge.class === 'timestamp-timezone-changed');

  test.each(EDGES.filter((edge) => LOSSLESS.has(edge.class)))('every $from is a $to ($class)', async (edge) => {
    const stored = await names(edge);
    if (stored) expect(await engine.lostOf(valuesOf(edge.old), stored.from, stored.to)).toEqual([]);
  });

  test.each(EDGES.filter((edge) => !LOSSLESS.has(edge.class) && !zoned.includes(edge)))(
    'some $from is no $to ($class)',
    async (edge) => {
      const stored = await names(edge);
      if (!stored || survives(edge, name)) return;
      expect(await engine.lostOf(valuesOf(edge.old), stored.from, stored.to)).not.toEqual([]);
    },
  );

  test.each(zoned)('$from and $to are another time in another zone', async (edge) => {
    const stored = await names(edge);
    if (stored) expect(await engine.shiftedOf(valuesOf(edge.old), stored.from, stored.to)).not.toEqual([]);
  });

  test('most edges are stored here', async () => {
    const stored = await Promise.all(EDGES.map(names));
    expect(stored.filter((each) => each !== undefined).length).toBeGreaterThan(EDGES.length / 2);
    for (const kind of new Set(EDGES.map((edge) => edge.class))) {
      // DuckDB ignores lengths of texts.
      if (name === 'duckdb' && kind.startsWith('string-length')) continue;
      expect(EDGES.some((edge, index) => edge.class === kind && stored[index])).toBe(true);
    }
  });
}

describe('types on duckdb', () => suite('duckdb', duckdbCasts));

await describeOn(['postgres'], 'types', (server) => suite(server.name, () => postgresCasts(server)));
