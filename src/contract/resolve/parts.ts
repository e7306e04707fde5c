import type {
  ChangeBound,
  ColumnList,
  Deprecation,
  Extensions,
  Links,
  Places,
  Raci,
  Schedule,
  WrittenText,
} from '../../model/contract.ts';
import type { Diagnostic, Position } from '../../model/diagnostic.ts';
import type { Bound, Duration, Threshold, Tolerance } from '../../model/threshold.ts';
import { parseAmount, parseBound, parseDifference } from '../../sql/amount.ts';
import { parseDuration } from '../../sql/duration.ts';
import { type TreeNode, toPlain } from '../../yaml/tree.ts';
import type * as file from '../contract-file.generated.ts';
import { type Cursor, entries, field, isMap, items, oneOrMore, placeOf, textOf, written } from '../cursor.ts';

/** What the resolver of each part is given. */
export interface Resolving {
  readonly definitions: ReadonlyMap<string, Cursor<file.Definition>>;
  report(diagnostic: Diagnostic): void;
}

/** An object of the parts that are there: absent keys stay absent. */
export function present<T extends object>(parts: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

export function optionalText(cursor: Cursor<unknown> | undefined): string | undefined {
  return cursor && textOf(cursor);
}

export function optionalWritten(cursor: Cursor<unknown> | undefined): WrittenText | undefined {
  return cursor && written(cursor);
}

export function optionalCount(cursor: Cursor<unknown> | undefined): number | undefined {
  return cursor && Number(textOf(cursor));
}

export function texts(cursor: Cursor<readonly unknown[]> | undefined): readonly string[] {
  return items(cursor).map(textOf);
}

/** An unreadable duration has been reported when the file was validated: then it is absent here. */
export function durationOf(cursor: Cursor<unknown> | undefined, calendar = false): Duration | undefined {
  if (cursor === undefined) return undefined;
  const parsed = parseDuration(textOf(cursor), { calendar });
  return 'duration' in parsed ? parsed.duration : undefined;
}

export function toleranceOf(cursor: Cursor<file.Tolerance> | undefined): Tolerance | undefined {
  return thresholdOf(cursor, (bound) => {
    const parsed = parseAmount(textOf(bound));
    return 'amount' in parsed ? parsed.amount : undefined;
  });
}

/** By how much a number may be missed. */
export function differenceOf(cursor: Cursor<file.Difference> | undefined): Tolerance | undefined {
  return thresholdOf(cursor, (bound) => {
    const parsed = parseDifference(textOf(bound));
    return 'amount' in parsed ? parsed.amount : undefined;
  });
}

/** At most so many bad rows, where the schema would also take a difference: what counts no rows is reported. */
export function rowsAllowed(cursor: Cursor<file.Difference> | undefined, resolving: Resolving): Tolerance | undefined {
  return thresholdOf(cursor, (bound) => {
    const text = textOf(bound);
    const parsed = parseAmount(text);
    if ('amount' in parsed) return parsed.amount;
    // Text that is no difference either has been reported when the file was validated.
    if ('amount' in parseDifference(text)) {
      const { message, hint } = parsed.problem;
      resolving.report({
        code: 'schema/bad-value',
        severity: 'error',
        message,
        ...(hint && { hint }),
        at: placeOf(bound),
      });
    }
    return undefined;
  });
}

export function boundOf(cursor: Cursor<file.Bound> | undefined): Bound | undefined {
  return thresholdOf(cursor, (bound) => {
    const parsed = parseBound(textOf(bound));
    return 'value' in parsed ? parsed.value : undefined;
  });
}

/** The short form is the fail bound. */
export function thresholdOf<T>(
  cursor: Cursor<unknown> | undefined,
  read: (bound: Cursor<unknown>) => T | undefined,
): Threshold<T> | undefined {
  if (cursor === undefined) return undefined;
  const at = placeOf(cursor);
  if (!isMap(cursor)) return present<Threshold<T>>({ warn: undefined, fail: read(cursor), at });
  const bounds = cursor as Cursor<{ warn?: unknown; fail?: unknown }>;
  const warn = field(bounds, 'warn');
  const fail = field(bounds, 'fail');
  return present<Threshold<T>>({ warn: warn && read(warn), fail: fail && read(fail), at });
}

export function columnsOf(cursor: Cursor<unknown> | undefined): ColumnList | undefined {
  return cursor && { columns: items(cursor as Cursor<readonly unknown[]>).map(written), at: placeOf(cursor) };
}

export function raciOf(cursor: Cursor<file.Raci> | undefined): Raci | undefined {
  if (cursor === undefined) return undefined;
  return present<Raci>({
    responsible: oneOrMore(field(cursor, 'responsible')).map(written),
    accountable: optionalWritten(field(cursor, 'accountable')),
    consulted: oneOrMore(field(cursor, 'consulted')).map(written),
    informed: oneOrMore(field(cursor, 'informed')).map(written),
    at: placeOf(cursor),
  });
}

export function deprecationOf(cursor: Cursor<file.Deprecated> | undefined): Deprecation | undefined {
  if (cursor === undefined) return undefined;
  return present<Deprecation>({
    since: optionalText(field(cursor, 'since')),
    sunset: optionalText(field(cursor, 'sunset')),
    replacedBy: optionalText(field(cursor, 'replacedBy')),
    at: placeOf(cursor),
  });
}

export function scheduleOf(cursor: Cursor<file.Schedule> | undefined): Schedule | undefined {
  if (cursor === undefined) return undefined;
  const cron = isMap(cursor) ? field(cursor, 'cron') : cursor;
  return present<Schedule>({
    cron: optionalText(cron) ?? '',
    timezone: optionalText(field(cursor, 'timezone')),
    at: placeOf(cursor),
  });
}

export function linksOf(cursor: Cursor<{ [name: string]: unknown }> | undefined): Links {
  const links: Record<string, string> = Object.create(null);
  for (const [name, address] of entries(cursor)) links[name] = textOf(address);
  return links;
}

/** Shares down and up; the short form is both ways. */
export function changeOf(cursor: Cursor<file.Change> | undefined): ChangeBound | undefined {
  if (cursor === undefined) return undefined;
  const share = (value: Cursor<unknown> | undefined) => {
    const parsed = value && parseBound(textOf(value));
    return parsed && 'value' in parsed ? parsed.value : undefined;
  };
  const both = isMap(cursor) ? undefined : share(cursor);
  return present<ChangeBound>({
    min: both ? { ...both, coefficient: -both.coefficient } : share(field(cursor, 'min')),
    max: both ?? share(field(cursor, 'max')),
    at: placeOf(cursor),
  });
}

/** Keys that were written here; those of a definition stand elsewhere. */
export function placesOf(cursor: Cursor<unknown> | undefined): Places {
  const places: Record<string, Position> = Object.create(null);
  const node = cursor?.nodes[0];
  if (node?.kind === 'map') for (const [name, { key }] of node.entries) places[name] = key.at;
  return places;
}

export function extensionsOf(cursor: Cursor<unknown> | undefined): Extensions {
  const extensions: Record<string, string> = Object.create(null);
  const node = cursor?.nodes[0];
  if (node?.kind !== 'map') return extensions;
  for (const [key, { value }] of node.entries) if (key.startsWith('x-')) extensions[key] = sortedJson(value);
  return extensions;
}

/** One text for all orders of keys. */
export function sortedJson(node: TreeNode): string {
  return JSON.stringify(toPlain(node), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
