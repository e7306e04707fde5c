import type { Contract, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { valueNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Kinds of promises that a table has without a name of its own; their paths are `table.kind`. */
const TABLE_KINDS = new Set([
  'rows',
  'key',
  'freshness',
  'retention',
  'readable',
  'updates',
  'extraColumns',
  'where',
  'window',
]);

/** Two things never share an identity: contracts, checks, names in the source (design §5). */
export const identities: Rule = (contract, { contracts }) => [
  ...sameContract(contract, contracts),
  ...tablesStillThere(contract),
  ...contract.tables.flatMap((table) => [
    ...samePath(table),
    ...sameSource(table),
    ...stillThere(table),
    ...valuesStillThere(table),
  ]),
];

function sameContract(contract: Contract, contracts: readonly Contract[]): readonly Diagnostic[] {
  const other = contracts.find((each) => each !== contract && each.id === contract.id);
  if (!other || contract.id === '') return [];
  const message = `"${contract.id}" is the id of ${other.source.name} too`;
  const hint =
    other.major === contract.major
      ? 'give one of them another id'
      : `majors live side by side as ${contract.name}@${contract.major} and ${other.name}@${other.major}`;
  return [wrong('repeated-contract', contract.at, message, hint)];
}

function samePath(table: Table): readonly Diagnostic[] {
  const columns = new Set([...table.columns, ...table.features].map(({ name }) => name));
  // Most engines do not tell names apart that differ in case alone.
  const taken = new Map(
    table.columns.flatMap(({ name, physicalNames }) => [name, ...physicalNames].map((own) => [own.toLowerCase(), own])),
  );
  const clashes = table.features.flatMap(({ name, at }) => {
    const other = taken.get(name.toLowerCase());
    taken.set(name.toLowerCase(), name);
    if (other === undefined) return [];
    const message =
      other === name ? `"${name}" is a column and a feature` : `"${name}" differs from "${other}" in case alone`;
    return [wrong('repeated-name', at, message, 'give the feature another name', `${table.name}.${name}`)];
  });
  const checks = table.checks
    .filter(
      ({ id }) =>
        TABLE_KINDS.has(id.split('.')[0] ?? '') ||
        [...columns].some((name) => id.startsWith(`${name}.`)) ||
        columns.has(id),
    )
    .map(({ id, at }) => {
      const message = `the check "${id}" would share the path "${table.name}.${id}" with ${columns.has(id) ? 'a column' : 'a promise of the table'}`;
      return wrong('repeated-path', at, message, 'give the check another id', `${table.name}.${id}`);
    });
  return [...clashes, ...checks];
}

function sameSource(table: Table): readonly Diagnostic[] {
  const owners = new Map<string, string>();
  return table.columns.flatMap(({ name, physicalNames, at }) =>
    physicalNames.flatMap((physical) => {
      const owner = owners.get(physical);
      owners.set(physical, name);
      if (owner === undefined) return [];
      const message =
        owner === name ? `"${physical}" is named twice` : `"${physical}" is the source of "${owner}" and of "${name}"`;
      return [wrong('repeated-source', at, message, 'correct one `physicalName`', `${table.name}.${name}`)];
    }),
  );
}

function tablesStillThere({ tables }: Contract): readonly Diagnostic[] {
  return tables.flatMap(({ name, renamedFrom, at }) => {
    if (renamedFrom === undefined || !tables.some((other) => other.name === renamedFrom)) return [];
    const message = `"${name}" was renamed from "${renamedFrom}", which is still a table`;
    return [wrong('renamed-still-there', at, message, 'remove `renamedFrom`, or the old table', name)];
  });
}

/** Of values too: two that swap their names would say the opposite of what is stored. */
function valuesStillThere(table: Table): readonly Diagnostic[] {
  return [...table.columns, ...table.features].flatMap(({ name, enum: set }) => {
    const values = new Set(set?.values.map(({ text }) => text));
    return (set?.values ?? []).flatMap(({ text, renamedFrom, at }) => {
      if (renamedFrom === undefined || !values.has(renamedFrom)) return [];
      const message = `"${text}" was renamed from "${renamedFrom}", which is still a value`;
      const hint = 'remove `renamedFrom`, or the old value; rename one at a time';
      return [wrong('renamed-still-there', at, message, hint, `${table.name}.${name}`)];
    });
  });
}

function stillThere(table: Table): readonly Diagnostic[] {
  return [...table.columns, ...table.features].flatMap(({ name, renamedFrom, at }) => {
    if (renamedFrom === undefined || !valueNamed(table, renamedFrom)) return [];
    const message = `"${name}" was renamed from "${renamedFrom}", which is still a column`;
    return [
      wrong('renamed-still-there', at, message, 'remove `renamedFrom`, or the old column', `${table.name}.${name}`),
    ];
  });
}
