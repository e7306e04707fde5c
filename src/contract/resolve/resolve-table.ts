import type { Freshness, LaterPromise, Read, Slot, Table, Updates } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import { parseDuration } from '../../sql/duration.ts';
import { decimalOf } from '../../util/decimal.ts';
import type * as file from '../contract-file.generated.ts';
import { type Cursor, entries, field, isList, isMap, keyPlaceOf, placeOf, textOf } from '../cursor.ts';
import { reportLaterTable } from './later-problems.ts';
import {
  boundOf,
  changeOf,
  columnsOf,
  deprecationOf,
  durationOf,
  extensionsOf,
  linksOf,
  optionalCount,
  optionalText,
  optionalWritten,
  placesOf,
  present,
  type Resolving,
  raciOf,
  scheduleOf,
  texts,
  thresholdOf,
} from './parts.ts';
import { LATER, resolveCheck } from './resolve-check.ts';
import { resolveColumn, wordOf } from './resolve-column.ts';

/** A table with the contract-wide `sla` where it has no promise of its own. */
export function resolveTable(
  name: string,
  table: Cursor<file.Table>,
  sla: Cursor<file.Sla> | undefined,
  resolving: Resolving,
): Table {
  const key = keyOf(field(table, 'key'));
  const isKey = (column: string) => key?.columns.some(({ text }) => text === column) ?? false;
  const freshness = freshnessOf(field(table, 'freshness') ?? field(sla, 'freshness'));
  const features = entries(field(table, 'features')).map(([feature, cursor]) => ({
    ...resolveColumn(feature, cursor, resolving, false),
    as: optionalWritten(field(cursor, 'as')) ?? { text: '', at: keyPlaceOf(cursor) },
  }));
  const updates = field(table, 'updates') ?? field(sla, 'updates');
  const rows = field(table, 'rows');
  reportLaterTable(name, table, updates, resolving);
  return present<Table>({
    name,
    location: optionalWritten(field(table, 'location')),
    warehouse: optionalWritten(field(table, 'warehouse')),
    read: readOf(field(table, 'read')),
    grain: optionalText(field(table, 'grain')),
    key,
    where: optionalWritten(field(table, 'where')),
    partitionedBy: columnsOf(field(table, 'partitionedBy')),
    timeColumn: optionalWritten(field(table, 'timeColumn')),
    window: durationOf(field(table, 'window')),
    rows: rowsOf(rows, keyPlaceOf(table)),
    freshness,
    updates: updatesOf(updates),
    retention: retentionOf(field(table, 'retention')),
    extraColumns: wordOf(field(table, 'extraColumns')) ?? 'allow',
    columns: entries(field(table, 'columns')).map(([column, cursor]) =>
      resolveColumn(column, cursor, resolving, isKey(column)),
    ),
    features,
    checks: entries(field(table, 'checks')).flatMap(([id, cursor]) => resolveCheck(id, cursor, resolving) ?? []),
    later: [
      ...(updates ? [later('updates', keyPlaceOf(updates))] : []),
      ...laterRows(rows),
      ...(freshness?.clock === 'business' ? [later('freshness.clock', freshness.at)] : []),
    ],
    severity: wordOf(field(table, 'severity')),
    raci: raciOf(field(table, 'raci')),
    schedule: scheduleOf(field(table, 'schedule')),
    deprecated: deprecationOf(field(table, 'deprecated')),
    renamedFrom: optionalText(field(table, 'renamedFrom')),
    description: optionalText(field(table, 'description')),
    tags: texts(field(table, 'tags')),
    links: linksOf(field(table, 'links')),
    extensions: extensionsOf(table),
    places: placesOf(table),
    at: keyPlaceOf(table),
  });
}

export function later(kind: string, at: Position): LaterPromise {
  return { kind, reason: LATER, at };
}

function keyOf(cursor: Cursor<NonNullable<file.Table['key']>> | undefined): Table['key'] {
  if (cursor === undefined) return undefined;
  const columns = columnsOf(isList(cursor) ? cursor : field(cursor, 'columns'));
  return present<NonNullable<Table['key']>>({
    columns: columns?.columns ?? [],
    window: durationOf(field(cursor, 'window')),
    at: placeOf(cursor),
  });
}

/** Where numbers of rows are promised per slot, there still has to be a row. */
function rowsOf(cursor: Cursor<NonNullable<file.Table['rows']>> | undefined, table: Position): Table['rows'] {
  const at = cursor ? keyPlaceOf(cursor) : table;
  const atLeastOne = { fail: decimalOf(1n), at };
  const min = boundOf(field(cursor, 'min'));
  const max = boundOf(field(cursor, 'max'));
  const per = wordOf<Slot>(field(cursor, 'per'));
  return present<Table['rows']>({
    min: per ? atLeastOne : (min ?? atLeastOne),
    max: per ? undefined : max,
    slots: per && present<NonNullable<Table['rows']['slots']>>({ per, min, max }),
    change: changeOf(field(cursor, 'change')),
    from: optionalText(field(cursor, 'from')),
    at,
  });
}

function laterRows(cursor: Cursor<NonNullable<file.Table['rows']>> | undefined): readonly LaterPromise[] {
  const per = field(cursor, 'per');
  const change = field(cursor, 'change');
  return [
    ...(per ? [later('rows.per', keyPlaceOf(per))] : []),
    ...(change ? [later('rows.change', keyPlaceOf(change))] : []),
  ];
}

function freshnessOf(cursor: Cursor<file.Freshness> | undefined): Freshness | undefined {
  if (cursor === undefined) return undefined;
  const within = thresholdOf(field(cursor, 'within') ?? cursor, (bound) => durationOf(bound));
  return present<Freshness>({
    column: optionalWritten(field(cursor, 'column')),
    within: within ?? { at: placeOf(cursor) },
    clock: wordOf(field(cursor, 'clock')) ?? 'wall',
    at: keyPlaceOf(cursor),
  });
}

const EVERY = { hourly: '1h', daily: '1d' } as const;

function updatesOf(cursor: Cursor<file.Updates> | undefined): Updates | undefined {
  if (cursor === undefined) return undefined;
  const word = isMap(cursor) ? undefined : textOf(cursor);
  const fixed = parseDuration(word === 'hourly' || word === 'daily' ? EVERY[word] : '', { calendar: false });
  return present<Updates>({
    onDemand: word === 'on-demand',
    every: 'duration' in fixed ? fixed.duration : durationOf(field(cursor, 'every')),
    cron: optionalText(field(cursor, 'cron')),
    grace: durationOf(field(cursor, 'grace')),
    at: keyPlaceOf(cursor),
  });
}

function retentionOf(cursor: Cursor<NonNullable<file.Table['retention']>> | undefined): Table['retention'] {
  if (cursor === undefined) return undefined;
  return present<NonNullable<Table['retention']>>({
    min: durationOf(field(cursor, 'min'), true),
    max: durationOf(field(cursor, 'max'), true),
    at: keyPlaceOf(cursor),
  });
}

function readOf(cursor: Cursor<file.Read> | undefined): Read | undefined {
  if (cursor === undefined) return undefined;
  const header = field(cursor, 'header');
  return present<Read>({
    format: wordOf(field(cursor, 'format')),
    delimiter: optionalText(field(cursor, 'delimiter')),
    quote: optionalText(field(cursor, 'quote')),
    decimal: optionalText(field(cursor, 'decimal')),
    encoding: optionalText(field(cursor, 'encoding')),
    header: header && (textOf(header) === 'false' ? false : Number(textOf(header))),
    missing: texts(field(cursor, 'missing')),
    newest: optionalCount(field(cursor, 'newest')),
    at: placeOf(cursor),
  });
}
