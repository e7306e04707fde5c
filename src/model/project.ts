import type { Contract, Table } from './contract.ts';
import type { Problem } from './problem.ts';

/** What becomes of the values of a class in samples. */
export type Masking = 'show' | 'mask' | 'hash';

/** Where a warehouse is, with `${ENV}` filled in. */
export interface WarehouseTarget {
  /** Name in surety.yaml; `files` where there is none. */
  readonly name: string;
  /** Its dialect. */
  readonly type: string;
  readonly url?: string;
  readonly schema?: string;
  /** Logical schema → real one; `*` stands for every other. */
  readonly schemas: ReadonlyMap<string, string>;
  readonly concurrency: number;
  /** Of one statement, in milliseconds. */
  readonly timeout: number;
  readonly allowPrivileged: boolean;
}

/** Where a table is looked for. */
export interface TablePlace {
  readonly target: WarehouseTarget;
  /** Absolute folder that file locations are relative to. */
  readonly folder: string;
  /** Absolute folder that files must stay inside. */
  readonly boundary: string;
}

/** The project folder and its surety.yaml, for one environment. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** Name given by `--env`; null is production. */
  readonly environment: string | null;
  /** Kinds of checks that the environment skips. */
  readonly skip: readonly string[];
  /** `warn`: nothing is worse than a warning there. */
  readonly severity?: 'warn' | 'fail' | 'critical';
  maskingOf(classification: string): Masking;
  /** The warehouse that `--warehouse` or the table, the contract or the default names, and where its files are. */
  place(contract: Contract, table: Table, override?: string): TablePlace | Problem;
}

/** A contract of the project; only selected ones are measured. */
export interface LoadedContract {
  readonly contract: Contract;
  readonly selected: boolean;
}
