import fc from 'fast-check';
import type { LogicalType } from '../../src/model/logical-type.ts';

const DRAWN = 40;
const SEED = 20_260_229;

/** Values of a type as texts that both engines read: the edges, and some drawn ones, the same in every run. */
export function valuesOf(type: LogicalType): readonly string[] {
  const [edges, drawn] = edgesAndDrawn(type);
  return [...new Set([...edges, ...fc.sample(drawn, { seed: SEED, numRuns: DRAWN })])];
}

function edgesAndDrawn(type: LogicalType): readonly [readonly string[], fc.Arbitrary<string>] {
  switch (type.name) {
    case 'integer':
      return integers(type.bits ?? 64);
    case 'decimal':
      return decimals(type.precision ?? 60, type.scale ?? 20);
    case 'float':
      return type.bits === 32 ? floats(fc.float(), FLOAT32_EDGES) : floats(fc.double(), FLOAT64_EDGES);
    case 'string':
      return texts(type.length ?? 60);
    case 'boolean':
      return [['true', 'false'], fc.constant('true')];
    case 'uuid':
      return [['ffffffff-ffff-ffff-ffff-ffffffffffff'], fc.uuid()];
    case 'date':
      return [['2024-02-29', '0001-01-01', '9999-12-31', '1582-10-10', '1970-01-01'], days.map((day) => day)];
    case 'time':
      return [['00:00:00', `23:59:59${fraction('999999', type.precision)}`], clock(type.precision)];
    case 'timestamp':
    case 'instant': {
      const zone = type.name === 'instant' ? '+00' : '';
      // An hour that New York leaves out, and one that it has twice.
      const edges = ['2024-02-29 23:59:59', '2026-03-08 02:30:00', '2026-11-01 01:30:00', '0001-01-02 00:00:00'];
      return [
        edges.map((text) => `${text}${fraction('123456', type.precision)}${zone}`),
        fc.tuple(days, clock(type.precision)).map(([day, time]) => `${day} ${time}${zone}`),
      ];
    }
    default:
      throw new Error(`no values of ${type.name} are drawn`);
  }
}

function integers(bits: number): readonly [readonly string[], fc.Arbitrary<string>] {
  const [least, most] = [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  const around = [24n, 53n].flatMap((power) => [-1n, 0n, 1n].map((step) => 2n ** power + step));
  const nines = Array.from({ length: 18 }, (_, index) => 10n ** BigInt(index + 1) - 1n);
  const edges = [0n, 1n, least, least + 1n, most - 1n, most, ...around, ...around.map((each) => -each), ...nines];
  const fitting = edges.filter((edge) => edge >= least && edge <= most);
  return [fitting.map(String), fc.bigInt({ min: least, max: most }).map(String)];
}

function decimals(precision: number, scale: number): readonly [readonly string[], fc.Arbitrary<string>] {
  const most = 10n ** BigInt(precision) - 1n;
  const print = (steps: bigint): string => {
    const digits = String(steps < 0n ? -steps : steps).padStart(scale + 1, '0');
    const whole = digits.slice(0, digits.length - scale);
    return `${steps < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
  };
  return [[0n, 1n, -1n, most, -most, most - 1n].map(print), fc.bigInt({ min: -most, max: most }).map(print)];
}

const SPECIAL = ['NaN', 'Infinity', '-Infinity', '0', '-0.5', '0.1'];
const FLOAT32_EDGES = [...SPECIAL, '16777216', '3.4028234663852886e38', '1e-45'];
const FLOAT64_EDGES = [...SPECIAL, '9007199254740992', '0.30000000000000004', '1.7976931348623157e308', '5e-324'];

function floats(
  drawn: fc.Arbitrary<number>,
  edges: readonly string[],
): readonly [readonly string[], fc.Arbitrary<string>] {
  return [edges, drawn.map(String)];
}

function texts(length: number): readonly [readonly string[], fc.Arbitrary<string>] {
  const edges = ['', ' ', 'a'.repeat(length), '😀'.repeat(length), 'é"\\\n'.slice(0, length), 'null', 'A1'];
  // Neither NUL nor half of a character is text.
  const drawn = fc.string({ unit: 'binary', maxLength: length }).map((text) => text.replaceAll('\0', ''));
  return [edges.filter((text) => [...text].length <= length), drawn];
}

const days = fc
  .integer({ min: -719_000, max: 2_932_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

function clock(precision: number | undefined): fc.Arbitrary<string> {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((part) => String(part).padStart(2, '0'));
  const micros = fc.integer({ min: 0, max: 999_999 }).map((part) => String(part).padStart(6, '0'));
  return fc
    .tuple(two(23), two(59), two(59), micros)
    .map(([hour, minute, second, part]) => `${hour}:${minute}:${second}${fraction(part, precision)}`);
}

function fraction(micros: string, precision = 6): string {
  return precision === 0 ? '' : `.${micros.slice(0, precision)}`;
}
