import type { Column, Contract, Raci, Table } from '../../src/model/contract.ts';
import { deprecationWords } from '../words/column.ts';
import { tableFacts } from '../words/table.ts';
import { toleranceWords } from '../words/threshold.ts';
import { PLAIN } from '../words/wording.ts';
import { type Json, type JsonObject, object } from './json.ts';

/** The keyword for what JSON Schema has no place for: an annotation that validators pass over. */
export const ANNOTATION = 'x-surety';

/** What the contract says of a table beside its columns. */
export function aboutTable(contract: Contract, table: Table): JsonObject {
  const facts = new Map(tableFacts(table, PLAIN));
  return object(
    ['contract', contract.id],
    ['version', contract.version],
    ['status', contract.status],
    ['table', table.name],
    ['location', table.location?.text],
    ['grain', table.grain],
    ['key', table.key?.columns.map(({ text }) => text)],
    ['where', table.where?.text],
    ['rows', facts.get('Rows')],
    ['freshness', facts.get('Freshness')],
    ['updates', facts.get('Updates')],
    ['retention', facts.get('Retention')],
    ['owners', owners(table.raci ?? contract.raci)],
    ['deprecated', deprecation(table.deprecated ?? contract.deprecated)],
    ['tags', list(table.tags)],
  );
}

/** What the contract says of a column, where there is anything. */
export function aboutColumn(column: Column): JsonObject | undefined {
  const { missing } = column;
  const about = object(
    ['unit', column.unit],
    ['classification', column.classification?.text],
    ['timezone', column.timezone],
    ['physicalName', column.physicalNames[0] === column.name ? undefined : list(column.physicalNames)],
    ['unique', column.unique && (column.unique.allow ? `exceptions: ${toleranceWords(column.unique.allow)}` : true)],
    ['references', column.references?.to.text],
    ...bounds(column),
    ['missing', missing?.allow && toleranceWords(missing.allow)],
    ['invalid', column.invalid && toleranceWords(column.invalid)],
    ['values', aboutValues(column)],
    ['owners', owners(column.raci)],
    ['deprecated', deprecation(column.deprecated)],
    ['tags', list(column.tags)],
  );
  return about.size === 0 ? undefined : about;
}

/** Bounds that stand in a pattern, where nobody reads them. */
function bounds({
  type,
  min,
  max,
  exclusiveMin,
  exclusiveMax,
}: Column): readonly (readonly [string, Json | undefined])[] {
  if (type.name === 'integer' || type.name === 'float') return [];
  return Object.entries({ min, exclusiveMin, max, exclusiveMax }).map(([name, bound]) => [name, bound?.text]);
}

function aboutValues({ enum: values }: Column): JsonObject | undefined {
  const told = (values?.values ?? []).flatMap(({ text, description, deprecated }): [string, Json][] => {
    const about = object(['description', description], ['deprecated', deprecation(deprecated)]);
    if (about.size === 0) return [];
    return [[text, about.size === 1 && description !== undefined ? description : about]];
  });
  return told.length === 0 ? undefined : new Map(told);
}

function owners(raci: Raci | undefined): JsonObject | undefined {
  if (!raci) return undefined;
  const names = (parties: Raci['responsible']): readonly string[] | undefined => list(parties.map(({ text }) => text));
  return object(
    ['responsible', names(raci.responsible)],
    ['accountable', raci.accountable?.text],
    ['consulted', names(raci.consulted)],
    ['informed', names(raci.informed)],
  );
}

function deprecation(deprecated: Column['deprecated']): string | undefined {
  return deprecated && (deprecationWords(deprecated, PLAIN) || 'deprecated');
}

function list(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}
