import type { ListedGenerator } from './generator.ts';
import { SQL_OPTIONS } from './sql/options.ts';
import { templateDepth, templateOptions } from './template/call.ts';
import { TYPESCRIPT_OPTIONS } from './typescript/options.ts';

/** All generators, in the order of the help. */
export const GENERATORS: readonly ListedGenerator[] = [
  {
    name: 'typescript',
    description: 'row types, typed accessors and validators, one module a contract version',
    options: TYPESCRIPT_OPTIONS,
    load: async () => (await import('./typescript.ts')).typescript,
  },
  {
    name: 'json-schema',
    description: 'JSON Schema 2020-12 of a row, one file a table',
    options: [],
    depth: () => 2,
    load: () => import('./json-schema.ts'),
  },
  {
    name: 'sql',
    description: 'the tables as DDL: PostgreSQL, MySQL, MariaDB or DuckDB, one file a contract and engine',
    options: SQL_OPTIONS,
    told: ({ dialect }) => (dialect ? `--dialect ${String(dialect)}` : ''),
    load: () => import('./sql.ts'),
  },
  {
    name: 'markdown',
    description: 'a data dictionary: one page a contract, and an index of several',
    options: [],
    load: async () => (await import('./markdown.ts')).markdown,
  },
  {
    name: 'zod',
    description: 'Zod 4 schemas of rows, one module a contract version',
    options: [],
    load: async () => (await import('./zod.ts')).zod,
  },
  {
    name: 'dbt',
    description: "dbt's schema.yml: contract, constraints, tests, freshness and owners",
    options: [{ flags: '--as <kind>', description: 'models (absent) or sources' }],
    load: async () => (await import('./dbt.ts')).dbt,
  },
  {
    name: 'pydantic',
    description: 'Pydantic 2 models of rows, one module a contract version',
    options: [],
    load: async () => (await import('./pydantic.ts')).pydantic,
  },
  {
    name: 'mermaid',
    description: 'pictures in Mermaid: entities with their references, and the lineage',
    options: [],
    load: async () => (await import('./mermaid.ts')).mermaid,
  },
  {
    name: 'template',
    description: 'a Handlebars template of your own, run once a contract',
    options: [
      { flags: '--template <file>', description: 'the template' },
      { flags: '--name <pattern>', description: 'path of each file, with {contract}, {major} and {version}' },
    ],
    told: templateOptions,
    depth: templateDepth,
    load: async () => (await import('./template.ts')).template,
  },
];
