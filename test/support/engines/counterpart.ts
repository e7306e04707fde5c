import { fill } from './duckdb.ts';
import type { SpecTable } from './engine.ts';

/** How an engine holds a type of DuckDB's. */
export interface Counterpart {
  readonly type: string;
  /** SQL of DuckDB's for the value's text as the engine reads it; absent: DuckDB's own text. */
  readonly text?: (column: string) => string;
  /** Types that have to be created before, `$s` for the schema. */
  readonly create?: readonly string[];
  /** What a bound text becomes the value by; absent: itself. */
  readonly bind?: (placeholder: string) => string;
}

/** A type's counterpart, by its name and its arguments (`nested`: the whole of it); undefined where the engine has none. */
export type Counterparts = (name: string, args: string) => Counterpart | undefined;

export interface FilledTable {
  readonly name: string;
  readonly columns: readonly (Counterpart & { readonly name: string })[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * The tables as an engine creates them. DuckDB reads the texts of a spec and writes them anew, so that every engine
 * holds the same values, whatever else it would make of the texts.
 */
export function translate(
  engine: string,
  tables: ReadonlyMap<string, SpecTable>,
  counterparts: Counterparts,
): Promise<readonly FilledTable[]> {
  const targets = [...tables].map(([name, { columns, rows }], index) => ({
    name,
    // DuckDB holds no two names that differ only in case; others do.
    own: `t${index}`,
    said: { columns: Object.fromEntries(Object.values(columns).map((type, at) => [`c${at}`, type])), rows },
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      ...counterpart(engine, type, counterparts),
    })),
  }));
  return fill(':memory:', new Map(targets.map(({ own, said }) => [own, said])), async (connection) => {
    await connection.run("set timezone = 'UTC'");
    const filled: FilledTable[] = [];
    for (const { name, own, columns } of targets) {
      const texts = columns.map(({ text = String }, at) => `cast(${text(`c${at}`)} as varchar)`);
      const result = await connection.run(`select ${texts.join(', ')} from ${own}`);
      filled.push({ name, columns, rows: (await result.getRows()) as (string | null)[][] });
    }
    return filled;
  });
}

function counterpart(engine: string, type: string, counterparts: Counterparts): Counterpart {
  const isNested = /^(?:struct|map)\b|\]$/i.test(type);
  const [, name = '', args = ''] = /^(\w+)\s*(?:\((.*)\))?$/s.exec(type.trim()) ?? [];
  const found = isNested ? counterparts('nested', type) : counterparts(name.toLowerCase(), args);
  if (!found) throw new Error(`${engine} has nothing that holds ${type}: name it in the case's \`except\``);
  return found;
}
