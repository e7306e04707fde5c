import { fileStem, safeName } from './file-name.ts';
import type { Generated, GeneratorInput } from './generator.ts';
import { printJson } from './json-schema/json.ts';
import { rowSchema } from './json-schema/row.ts';
import { refuseCollisions } from './names.ts';

/** Keys whose members stand on lines of their own. */
const BROKEN = new Set(['properties', '$defs']);

/**
 * A schema (JSON Schema 2020-12) of a row for each table: `shop.orders.v2/orders.schema.json`. Integers are numbers, decimals texts or
 * numbers, dates and times ISO texts, bytes base64; NaN and the infinities are texts. Properties have the names of the contract.
 */
export function generate({ contracts }: GeneratorInput): Generated {
  const made = contracts.flatMap((input) =>
    input.contract.tables.map((table) => {
      const { schema, notes } = rowSchema(input, table);
      const path = `${fileStem(input)}/${safeName(table.name)}.schema.json`;
      return { path, origin: `table "${table.name}" of ${input.contract.id}`, text: printJson(schema, BROKEN), notes };
    }),
  );
  refuseCollisions(made.map(({ path, origin }) => ({ name: path, origin })));
  return { files: made.map(({ path, text }) => ({ path, text })), notes: made.flatMap(({ notes }) => notes) };
}
