import type { LogicalType } from '../model/logical-type.ts';
import { parseLiteral } from '../sql/literal.ts';
import { instantToLocal } from '../util/zone.ts';
import { printClock, printDay, printMicros } from '../values/micros.ts';
import type { Bounds } from './numbers.ts';
import type { Source, SourceContext } from './source.ts';

const SECOND = 1_000_000n;
export const DAY = 86_400n * SECOND;
/** How far back values go where nothing else is said. */
const SPAN = 365n * DAY;
/** 0001-01-01 and 9999-12-31, in microseconds. */
const FIRST = -719_162n * DAY;
const LAST = 2_932_897n * DAY - 1n;

/** What the clocks of a column show at an instant: UTC for instants, else the zone's; in microseconds since 1970. */
export function shownAt(instant: bigint, type: LogicalType, zone: string | undefined): bigint {
  return type.name === 'instant' || zone === undefined ? instant : instantToLocal(instant, zone);
}

/** Whole days or seconds between the bounds, else up to now. */
export function timeSource(bounds: Bounds, type: LogicalType, context: SourceContext): Source {
  const unit = type.name === 'date' ? DAY : SECOND;
  const { first, last } = type.name === 'time' ? clockRange(bounds) : rangeOf(bounds, type, context, unit);
  const start = ceil(first, unit);
  const size = last < start ? 0n : (last - start) / unit + 1n;
  const at = (index: bigint): unknown => printTime(start + index * unit, type);
  return { size, at, any: (random) => (size === 0n ? undefined : at(random.big(size))) };
}

/** Microseconds in canonical form; of a date the day that they are in. */
export function printTime(micros: bigint, { name }: LogicalType): string | undefined {
  switch (name) {
    case 'date':
      return printDay(Number(floor(micros, DAY) / DAY));
    case 'time':
      return printClock(Number(micros));
    case 'instant': {
      const text = printMicros(micros);
      return text === undefined ? undefined : `${text}Z`;
    }
    default:
      return printMicros(micros);
  }
}

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

function clockRange(bounds: Bounds): Range {
  const read = (key: keyof Bounds): bigint | undefined => {
    const text = literalOf(bounds, key, { name: 'time' });
    return text === undefined ? undefined : microsOf(`1970-01-01T${text}Z`);
  };
  return within(read, { first: 0n, last: DAY - 1n }, { first: 0n, last: DAY - 1n });
}

function rangeOf(bounds: Bounds, type: LogicalType, context: SourceContext, unit: bigint): Range {
  const now = shownAt(context.now.microseconds, type, context.zone);
  const read = (key: keyof Bounds): bigint | undefined => {
    const text = literalOf(bounds, key, type);
    if (text === undefined) return undefined;
    return text === 'now'
      ? now
      : microsOf(text.length === 10 ? `${text}T00:00:00Z` : text.endsWith('Z') ? text : `${text}Z`);
  };
  const span = BigInt(context.wanted) * 4n * unit;
  const usual = { first: now - (span > SPAN ? span : SPAN), last: now };
  return within(
    read,
    { first: context.span?.first ?? usual.first, last: context.span?.last ?? usual.last },
    { first: FIRST, last: LAST },
  );
}

/** The usual range inside the bounds; where they leave nothing of it, a range of its length beside the bound. */
function within(read: (key: keyof Bounds) => bigint | undefined, usual: Range, limits: Range): Range {
  const above = read('exclusiveMin');
  const below = read('exclusiveMax');
  const least = read('min') ?? (above === undefined ? undefined : above + 1n);
  const most = read('max') ?? (below === undefined ? undefined : below - 1n);
  const length = usual.last - usual.first;
  let { first, last } = usual;
  if (most !== undefined && most < last) last = most;
  if (least !== undefined && least > first) first = least;
  if (first > last) {
    first = least ?? last - length;
    last = most ?? first + length;
  }
  return { first: first < limits.first ? limits.first : first, last: last > limits.last ? limits.last : last };
}

function literalOf(bounds: Bounds, key: keyof Bounds, type: LogicalType): string | undefined {
  const written = bounds[key];
  const parsed = written && parseLiteral(written.text, type, 'bound');
  return parsed && 'literal' in parsed ? parsed.literal.text : undefined;
}

function microsOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.slice(0, -1).split('.');
  return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

function floor(value: bigint, unit: bigint): bigint {
  const rest = ((value % unit) + unit) % unit;
  return value - rest;
}

function ceil(value: bigint, unit: bigint): bigint {
  const down = floor(value, unit);
  return down === value ? value : down + unit;
}
