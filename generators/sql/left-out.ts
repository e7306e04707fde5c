import type { Note } from '../generator.ts';
import type { Shared } from './loose.ts';

/** Promises that no constraint says; those on keys, references and values have notes of their own. */
export function leftOutNotes(
  where: string,
  { table, isShared }: Shared,
  isKept: (id: string) => boolean,
): readonly Note[] {
  const promises = [
    ...(table.freshness ? ['freshness'] : []),
    ...(table.updates ? ['updates'] : []),
    ...(table.retention ? ['retention'] : []),
    ...table.columns.flatMap(({ name, missing }) => (missing?.allow ? [`${name}.missing`] : [])),
    ...table.checks.filter(({ id }) => !isKept(id)).map(({ id }) => id),
  ];
  const features = table.features.map(({ name }) => name);
  return [
    ...(promises.length > 0 ? [{ where, message: `left out, as no constraint says it: ${promises.join(', ')}` }] : []),
    ...(features.length > 0
      ? [{ where, message: `left out, as they are not in the table: ${features.join(', ')}` }]
      : []),
    ...(table.where && !isShared
      ? [{ where, message: `the constraints hold for all rows, the contract is about those where ${table.where.text}` }]
      : []),
    ...(table.partitionedBy
      ? [
          {
            where,
            message: `the table is not partitioned by ${table.partitionedBy.columns.map(({ text }) => text).join(', ')}`,
          },
        ]
      : []),
  ];
}
