import type { GeneratorOption } from '../generator.ts';

export const SQL_OPTIONS: readonly GeneratorOption[] = [
  {
    flags: '--dialect <name>',
    description: "postgres, mysql, mariadb or duckdb (default: the engine of the table's warehouse; of files duckdb)",
  },
];
