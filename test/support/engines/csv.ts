import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpecTable, TestEngine } from './engine.ts';

/** Text files hold every value as its text; only cases that say so run on them. */
export const csv: TestEngine = {
  name: 'csv',
  excepted: ['csv'],
  async create(folder, tables) {
    await mkdir(join(folder, 'data'), { recursive: true });
    const names = [...tables.keys()];
    const cell = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
    for (const [index, name] of names.entries()) {
      const table = tables.get(name) as SpecTable;
      const lines = [Object.keys(table.columns), ...table.rows].map((row) => row.map(cell).join(','));
      await writeFile(join(folder, 'data', `t${index}.csv`), table.text ?? `${lines.join('\n')}\n`);
    }
    return {
      surety: 'warehouses: { default: { type: duckdb, root: data } }\n',
      location: (table) => `t${names.indexOf(table)}.csv`,
    };
  },
};
