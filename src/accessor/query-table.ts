import type { OperationNode } from 'kysely';
import { derivedTable } from './derived.ts';
import { standsFor } from './query-scope.ts';
import type { Reading } from './reading.ts';
import { isReadable, type Source } from './source.ts';

/** What stands for the table of a reading within a query: its columns, and the features that are wanted. */
export function tableNode(of: Reading, isWanted: (feature: string) => boolean = () => true): OperationNode {
  const { definition, shape, engine, source } = of;
  const columns = [...shape.fields.values()]
    .filter(({ name, column }) => {
      if (column?.as === undefined) return true;
      return isWanted(name) && isReadable(column.as, definition, source, engine);
    })
    .map(({ name }) => ({ name, alias: name }));
  const table = derivedTable(definition, shape, engine, source.known ?? markedSource(of), columns);
  const node = table.toOperationNode();
  standsFor(node, of);
  return node;
}

const PLACE = 'place';
const QUALIFIER = 'name';

/** Stands for what is only known when the statement runs. */
function markedSource(of: Reading): Source {
  const columns = of.shape.stored.map((name) => [name, markOf(of, `column ${name}`)] as const);
  const { others } = of.source;
  return {
    relation: markOf(of, PLACE),
    qualifier: markOf(of, QUALIFIER),
    values: new Map(columns),
    ...(others && { others }),
  };
}

const IDS = new WeakMap<Reading, number>();
let count = 0;

/** A name that nobody has. */
function markOf(of: Reading, what: string): string {
  const id = IDS.get(of) ?? ++count;
  IDS.set(of, id);
  return of.engine.quote(`surety: ${what} of ${of.shape.name} ${id}`);
}

/** The statement with what the marks of a table stand for. */
export function placed(text: string, of: Reading, found: Source): string {
  if (of.source.known) return text;
  let result = text
    .replaceAll(markOf(of, PLACE), () => found.relation)
    .replaceAll(markOf(of, QUALIFIER), () => found.qualifier);
  for (const [name, value] of found.values) result = result.replaceAll(markOf(of, `column ${name}`), () => value);
  return result;
}
