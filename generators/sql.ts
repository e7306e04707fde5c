import type { Table } from '../src/model/contract.ts';
import {
  type ContractInput,
  type Engine,
  type Generated,
  GenerateError,
  type GeneratorInput,
  type GeneratorOptions,
} from './generator.ts';
import { refuseCollisions } from './names.ts';
import { duckdb } from './sql/duckdb.ts';
import { type DdlEngine, ENGINES, type EngineName } from './sql/engine.ts';
import { sqlFile } from './sql/file.ts';
import { mariadb, mysql } from './sql/mysql.ts';
import { postgres } from './sql/postgres.ts';

const ALL: Readonly<Record<EngineName, DdlEngine>> = { postgres, mysql, mariadb, duckdb };
const BY_WAREHOUSE: Readonly<Record<Engine, DdlEngine>> = { files: duckdb, duckdb, postgres, mysql };

/** Statements that create the tables of a contract, one file a contract and engine. */
export function generate({ contracts }: GeneratorInput, options: GeneratorOptions): Generated {
  const wanted = engineNamed(options['dialect']);
  const made = contracts.flatMap((input) =>
    groups(input, wanted).map(({ engine, tables }) => ({
      ...sqlFile(input, tables, engine, wanted ? `--dialect ${wanted.name}` : ''),
      origin: `contract ${input.contract.id}`,
    })),
  );
  refuseCollisions(made.map(({ file, origin }) => ({ name: file.path, origin })));
  return { files: made.map(({ file }) => file), notes: made.flatMap(({ notes }) => notes) };
}

function engineNamed(name: unknown): DdlEngine | undefined {
  if (name === undefined) return undefined;
  const found = ENGINES.find((each) => each === name);
  if (!found) throw new GenerateError(`there is no dialect "${String(name)}"`, `write one of ${ENGINES.join(', ')}`);
  return ALL[found];
}

/** The tables by the engine that they are created on. */
function groups(
  input: ContractInput,
  wanted: DdlEngine | undefined,
): readonly { readonly engine: DdlEngine; readonly tables: readonly Table[] }[] {
  const { tables } = input.contract;
  if (wanted) return [{ engine: wanted, tables }];
  const engines = new Map<DdlEngine, Table[]>();
  for (const table of tables) {
    const engine = BY_WAREHOUSE[input.originOf(table).engine];
    engines.set(engine, [...(engines.get(engine) ?? []), table]);
  }
  return [...engines].map(([engine, own]) => ({ engine, tables: own }));
}
