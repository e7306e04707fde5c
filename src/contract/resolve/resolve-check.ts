import type { DeclaredCheck, Reference, WrittenText } from '../../model/contract.ts';
import { parseBound } from '../../sql/amount.ts';
import { printDecimal } from '../../util/decimal.ts';
import type * as file from '../contract-file.generated.ts';
import { type Cursor, entries, field, isMap, items, keyPlaceOf, placeOf, textOf, written } from '../cursor.ts';
import { checkKindOf } from './check-kind.ts';
import {
  boundOf,
  changeOf,
  columnsOf,
  differenceOf,
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
  rowsAllowed,
  scheduleOf,
  texts,
  toleranceOf,
} from './parts.ts';
import { referenceOf, wordOf } from './resolve-column.ts';

/** The reason of promises that are validated now and measured later. */
export const LATER = 'measured by a later version';

const DRIFT = /^\s*(?:psi|ks|chi2)\s*\(/i;

type Base = Omit<Extract<DeclaredCheck, { kind: 'expect' }>, 'kind' | 'condition'>;

/** A check of a table; undefined where it says not exactly one thing, which is reported. */
export function resolveCheck(
  id: string,
  cursor: Cursor<string | number | boolean | file.Check>,
  resolving: Resolving,
): DeclaredCheck | undefined {
  const at = keyPlaceOf(cursor);
  if (!isMap(cursor)) {
    const none = {
      segments: [],
      tags: [],
      links: linksOf(undefined),
      extensions: extensionsOf(undefined),
      places: placesOf(undefined),
    };
    return { kind: 'expect', id, condition: written(cursor), ...none, at };
  }
  const check = cursor as Cursor<file.Check>;
  const kind = checkKindOf(id, check, resolving);
  if (kind === undefined) return undefined;
  const base = present<Base>({
    id,
    allow: kind === 'metric' ? differenceOf(field(check, 'allow')) : rowsAllowed(field(check, 'allow'), resolving),
    where: optionalWritten(field(check, 'where')),
    window: durationOf(field(check, 'window')),
    by: columnsOf(field(check, 'by')),
    segments: segmentsOf(check, kind === 'metric' && !field(check, 'equals')),
    minRows: optionalCount(field(check, 'minRows')),
    severity: wordOf(field(check, 'severity')),
    raci: raciOf(field(check, 'raci')),
    schedule: scheduleOf(field(check, 'schedule')),
    description: optionalText(field(check, 'description')),
    tags: texts(field(check, 'tags')),
    links: linksOf(field(check, 'links')),
    per: wordOf(field(check, 'per')),
    change: changeOf(field(check, 'change')),
    from: optionalText(field(check, 'from')),
    extensions: extensionsOf(check),
    places: placesOf(check),
    later: laterOf(check),
    at,
  });
  switch (kind) {
    case 'expect':
      return { kind, ...base, condition: writtenIn(check, 'expect') };
    case 'failingRows':
      return { kind, ...base, query: writtenIn(check, 'failingRows') };
    case 'unique':
      return { kind, ...base, columns: columnsOf(field(check, 'unique')) ?? { columns: [], at } };
    case 'references': {
      const references = field(check, 'references');
      return {
        kind,
        ...base,
        columns: columnsOf(field(references, 'columns')) ?? { columns: [], at },
        to: items(field(references, 'to'))
          .map(referenceOf)
          .filter((to): to is Reference => to !== undefined),
      };
    }
    case 'metric':
      return present<Extract<DeclaredCheck, { kind: 'metric' }>>({
        kind,
        ...base,
        metric: writtenIn(check, 'metric'),
        min: boundOf(field(check, 'min')),
        max: boundOf(field(check, 'max')),
        equals: equalsOf(field(check, 'equals')),
      });
  }
}

function writtenIn(check: Cursor<file.Check>, key: 'expect' | 'failingRows' | 'metric'): WrittenText {
  const value = field(check, key);
  return value ? written(value) : { text: '', at: placeOf(check) };
}

function segmentsOf(check: Cursor<file.Check>, asBounds: boolean): DeclaredCheck['segments'] {
  return entries(field(check, 'segments')).map(([group, amount]) =>
    present<DeclaredCheck['segments'][number]>({
      group,
      tolerance: asBounds ? undefined : toleranceOf(amount),
      bound: asBounds ? boundOf(amount) : undefined,
      at: keyPlaceOf(amount),
    }),
  );
}

function equalsOf(cursor: Cursor<NonNullable<file.Check['equals']>> | undefined) {
  if (cursor === undefined) return undefined;
  return present<NonNullable<Extract<DeclaredCheck, { kind: 'metric' }>['equals']>>({
    value: isMap(cursor) ? undefined : numberOf(cursor),
    from: referenceOf(field(cursor, 'from')),
    where: optionalWritten(field(cursor, 'where')),
    at: placeOf(cursor),
  });
}

/** A percentage is written out: `5%` is 0.05. */
function numberOf(cursor: Cursor<unknown>): WrittenText {
  const parsed = parseBound(textOf(cursor));
  return textOf(cursor).includes('%') && 'value' in parsed
    ? { text: printDecimal(parsed.value), at: placeOf(cursor) }
    : written(cursor);
}

function laterOf(check: Cursor<file.Check>): string | undefined {
  for (const key of ['per', 'change', 'from'] as const) {
    if (field(check, key)) return `\`${key}\` is ${LATER}`;
  }
  const metric = field(check, 'metric');
  return metric && DRIFT.test(textOf(metric)) ? `drift is ${LATER}` : undefined;
}
