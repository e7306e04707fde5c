import type { Contract, Table } from '../src/model/contract.ts';

/** What runs the SQL of a table: files are read by DuckDB. */
export type Engine = 'files' | 'duckdb' | 'postgres' | 'mysql';

/** Where a table is, as far as contract and surety.yaml say it in plain text: what the environment fills in is not known. */
export interface Origin {
  readonly engine: Engine;
  /** Of files, the folder that their location starts from, relative to the project folder, with `/`; empty: the project folder itself. */
  readonly folder: string;
  /** Of a table in a database, what it is in, outermost first: `['sales']`; empty: the schema that the connection is set to. */
  readonly path: readonly string[];
  /** Of a table in a database, its name there; of files that of the contract. */
  readonly name: string;
  /** The key of the warehouse that hides where it is: its value is filled in from the environment, or leads out of the project. */
  readonly hidden?: 'schema' | 'root';
}

/** A contract with what a generator may know of its project. */
export interface ContractInput {
  readonly contract: Contract;
  /** First 12 hex digits of the SHA-256 of what it promises: comments, layout and places in the file do not count. */
  readonly hash: string;
  originOf(table: Table): Origin;
  /** Paths of all checks of a table, such as `orders.email.missing`. */
  checksOf(table: Table): readonly string[];
}

export interface GeneratorInput {
  /** To generate from, by id. Retired ones are not among them. */
  readonly contracts: readonly ContractInput[];
  /** All contracts of the project, by id: what references, upstream and consumers lead to. */
  readonly known: readonly ContractInput[];
  /** Name of a party → how to reach it, such as `slack` → `#data`; only what holds no secret. Empty: parties are not declared. */
  readonly parties: ReadonlyMap<string, PartyInput>;
}

export interface PartyInput {
  readonly title?: string;
  readonly slack?: string;
  readonly email?: string;
}

export interface GeneratedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  /** Starts with the header of `header.ts` in the format's own comment; ends with a line break. */
  readonly text: string;
}

/** What the format cannot say, or what was done otherwise than asked. */
export interface Note {
  /** Contract, and table, column or check if it is about one: `shop.orders/orders.amount`. */
  readonly where: string;
  /** Lower case, no full stop: `the pattern is left out: pydantic has no …`. */
  readonly message: string;
}

export interface Generated {
  readonly files: readonly GeneratedFile[];
  readonly notes: readonly Note[];
}

/** An option of one generator, as commander declares it. */
export interface GeneratorOption {
  /** `--instants <form>`; the value is found under its camel-case name. */
  readonly flags: string;
  readonly description: string;
}

export type GeneratorOptions = Readonly<Record<string, unknown>>;

/** What is wrong with the input or the options: exit 2. */
export class GenerateError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Contract → files. Pure: equal input gives equal bytes; never throws anything but `GenerateError`. */
export interface Generator {
  generate(input: GeneratorInput, options: GeneratorOptions): Generated | Promise<Generated>;
}

/** A line of the registry: what help needs to know, and the generator itself, loaded when it is called. */
export interface ListedGenerator {
  readonly name: string;
  /** For the help, one line without a full stop. */
  readonly description: string;
  readonly options: readonly GeneratorOption[];
  /** The options that its headers name, since calls with others make other files for one folder; absent: none. */
  told?(options: GeneratorOptions): string;
  /** Of how many parts the path of each of its files is: `shop.orders.v1/orders.schema.json` has 2; absent: 1. */
  depth?(options: GeneratorOptions): number;
  load(): Promise<Generator>;
}
