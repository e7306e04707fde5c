import type { Table } from '../src/model/contract.ts';
import type { TestContext } from './dbt/data-tests.ts';
import { isDbtName } from './dbt/identifier.ts';
import { modelOf } from './dbt/model.ts';
import { isPlaced, sourcesOf } from './dbt/source.ts';
import { type Kind, sourceOf, type Target, targetOf } from './dbt/target.ts';
import { untestedOf } from './dbt/untested.ts';
import { printYaml } from './dbt/yaml.ts';
import { fileStem } from './file-name.ts';
import {
  type ContractInput,
  type Generated,
  GenerateError,
  type Generator,
  type GeneratorOptions,
  type Note,
} from './generator.ts';
import { header } from './header.ts';
import { refuseCollisions } from './names.ts';

const NAME = 'dbt';

/** Properties of dbt, a file a contract, for dbt 1.10 or newer: `--as models` for what dbt builds, `--as sources` for what it reads. */
export const dbt: Generator = {
  generate({ contracts }, options: GeneratorOptions): Generated {
    const kind = kindOf(options['as']);
    const isThere = (table: Table): boolean => isDbtName(table.name);
    refuseCollisions(contracts.map((each) => ({ name: fileOf(each), origin: `the file of ${each.contract.id}` })));
    refuseCollisions(
      contracts.flatMap(({ contract }) =>
        kind === 'sources'
          ? [{ name: sourceOf(contract), origin: `contract ${contract.id}` }]
          : contract.tables.map(({ name }) => ({ name, origin: `table "${name}" of ${contract.id}` })),
      ),
    );
    const target = targetOf(kind, contracts, isThere);
    const notes: Note[] = [];
    const files = contracts.map((each) => ({ path: fileOf(each), text: fileText(each, kind, target, notes) }));
    return { files, notes };
  },
};

function kindOf(value: unknown): Kind {
  if (value === undefined || value === 'models' || value === 'sources') return value ?? 'models';
  throw new GenerateError(`"${String(value)}" is nothing that tables are to dbt, expected models or sources`);
}

function fileOf(input: ContractInput): string {
  return `${fileStem(input)}.yml`;
}

function fileText(input: ContractInput, kind: Kind, target: Target, notes: Note[]): string {
  const { contract, originOf } = input;
  const contexts = contract.tables.map(
    (table): TestContext => ({
      contract,
      table,
      engine: originOf(table).engine,
      origin: originOf(table),
      target,
      note: (of, message) => notes.push({ where: `${contract.id}/${table.name}${of === '' ? '' : `.${of}`}`, message }),
    }),
  );
  const there = contexts.filter((context) => {
    const isNamed = isDbtName(context.table.name) && (kind === 'models' || isPlaced(context));
    if (!isNamed) context.note('', 'dbt cannot hold such a name: the table is left out');
    return isNamed;
  });
  for (const { table, note } of there) {
    for (const message of untestedOf(contract, table)) note('', message);
    for (const { name } of table.features) note(name, 'features are left out: they are no columns of the table');
  }
  const resources = kind === 'models' ? { models: there.map(modelOf) } : { sources: sourcesOf(input, there) };
  return printYaml(header(NAME, input), { version: 2, ...resources });
}
