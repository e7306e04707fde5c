/* Generated from schema.ts by `npm run generate`. */

/**
 * Each time slot for itself.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "slot".
 */
export type Slot = 'hour' | 'day' | 'week' | 'month';
/**
 * How much it may change against `from`.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "change".
 */
export type Change =
  | string
  | {
      /**
       * down, negative
       */
      min?: string;
      /**
       * up
       */
      max?: string;
    };
/**
 * Age of the newest row.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "freshness".
 */
export type Freshness =
  | string
  | {
      /**
       * Time of the row; absent: `timeColumn`.
       */
      column?: string;
      /**
       * At most this old.
       */
      within:
        | string
        | {
            /**
             * Older is a warning.
             */
            warn?: string;
            /**
             * Older is a failure.
             */
            fail?: string;
          };
      /**
       * business: only hours of the calendar count.
       */
      clock?: 'wall' | 'business';
    };
/**
 * When new data comes.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "updates".
 */
export type Updates =
  | string
  | {
      /**
       * Length of a slot.
       */
      every?: string;
      /**
       * When each slot starts.
       */
      cron?: string;
      /**
       * How late it may be.
       */
      grace?: string;
    };
/**
 * A column.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "columnOrType".
 */
export type ColumnOrType = string | Column;
/**
 * At most so many bad rows: `3`, `0.5%`, or `{ warn, fail }`.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "tolerance".
 */
export type Tolerance =
  | string
  | {
      /**
       * More is a warning.
       */
      warn?: string;
      /**
       * More is a failure.
       */
      fail?: string;
    };
/**
 * When Surety verifies.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "schedule".
 */
export type Schedule =
  | string
  | {
      /**
       * cron expression
       */
      cron: string;
      /**
       * Zone of the cron.
       */
      timezone?: string;
    };
/**
 * A number, `5%` (= 0.05), or `{ warn, fail }`.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "bound".
 */
export type Bound = string | Thresholds;

/**
 * A versioned promise about one or more tables.
 */
export interface ContractFile {
  /**
   * Identity; `@2` in it only where majors live side by side.
   */
  contract: string;
  /**
   * Semantic version.
   */
  version: string;
  /**
   * Life cycle; absent: active.
   */
  status?: 'draft' | 'active' | 'deprecated' | 'retired';
  /**
   * Name for people.
   */
  title?: string;
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  /**
   * Part of the business.
   */
  domain?: string;
  /**
   * Words to select by (`--tag`).
   *
   * Items: tag
   */
  tags?: string[];
  /**
   * Named addresses: docs, runbook, dashboard.
   */
  links?: {
    /**
     * address
     */
    [k: string]: string;
  };
  /**
   * closed: consumers and upstream name every reader.
   */
  readers?: 'open' | 'closed';
  deprecated?: Deprecated;
  raci?: Raci;
  /**
   * Zone of naive timestamps, dates, cron and calendar days.
   */
  timezone?: string;
  /**
   * A calendar of surety.yaml.
   */
  calendar?: string;
  /**
   * A warehouse of surety.yaml; absent: files, relative to this one.
   */
  warehouse?: string;
  /**
   * The tables, by name.
   */
  tables: {
    [k: string]: Table;
  };
  /**
   * Reusable parts of columns.
   */
  definitions?: {
    [k: string]: Definition;
  };
  sla?: Sla;
  schedule?: Schedule;
  /**
   * Contracts that this data is made from; `external:NAME` for what has none.
   */
  upstream?: {
    /**
     * Columns read.
     */
    [k: string]: string | string[];
  };
  /**
   * Readers, by name.
   */
  consumers?: {
    [k: string]: Consumer;
  };
}
/**
 * Will go away.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "deprecated".
 */
export interface Deprecated {
  /**
   * Version since which.
   */
  since?: string;
  /**
   * Day after which it may be gone.
   */
  sunset?: string;
  /**
   * What to use.
   */
  replacedBy?: string;
}
/**
 * Who does it, who answers for it, who is asked and who is told.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "raci".
 */
export interface Raci {
  /**
   * Does the work.
   */
  responsible?: string | string[];
  /**
   * Answers for it; exactly one.
   */
  accountable?: string;
  /**
   * Is asked before.
   */
  consulted?: string | string[];
  /**
   * Is told after.
   */
  informed?: string | string[];
}
/**
 * A table, a view or a set of files.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "table".
 */
export interface Table {
  /**
   * Table or files; absent: the name of the table in the default schema, or the file of that name.
   */
  location?: string;
  /**
   * Another warehouse than the contract's.
   */
  warehouse?: string;
  read?: Read;
  /**
   * What one row is, in words.
   */
  grain?: string;
  /**
   * Columns that are required and together unique.
   */
  key?:
    | string[]
    | {
        /**
         * columns
         *
         * Items: column
         */
        columns: string[];
        /**
         * How far back it looks.
         */
        window?: string;
      };
  /**
   * The rows that the promise is about.
   */
  where?: string;
  /**
   * Columns that the table is partitioned by.
   *
   * Items: column
   */
  partitionedBy?: string[];
  /**
   * Default time axis.
   */
  timeColumn?: string;
  /**
   * How far back checks on rows look.
   */
  window?: string;
  /**
   * How many rows there are.
   */
  rows?: {
    /**
     * Fewest rows; absent: 1.
     */
    min?: string | Thresholds;
    /**
     * Most rows.
     */
    max?: string | Thresholds;
    per?: Slot;
    change?: Change;
    /**
     * What to compare with.
     */
    from?: string;
  };
  freshness?: Freshness;
  updates?: Updates;
  /**
   * How far back the table reaches.
   */
  retention?: {
    /**
     * The oldest row is at least this old.
     */
    min?: string;
    /**
     * No row is older.
     */
    max?: string;
  };
  /**
   * Columns that the contract does not name; absent: allow.
   */
  extraColumns?: 'allow' | 'warn' | 'forbid';
  /**
   * The columns, by name; members of nested types by path.
   */
  columns: {
    [k: string]: ColumnOrType;
  };
  /**
   * Derived columns that are not in the table.
   */
  features?: {
    [k: string]: Feature;
  };
  /**
   * Further checks, by id.
   */
  checks?: {
    /**
     * A row condition, or a check.
     */
    [k: string]: string | Check;
  };
  raci?: Raci;
  /**
   * How loud a broken promise is; `warn` turns fail into warn.
   */
  severity?: 'warn' | 'fail' | 'critical';
  schedule?: Schedule;
  deprecated?: Deprecated;
  /**
   * The name in the version before.
   */
  renamedFrom?: string;
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  /**
   * Words to select by (`--tag`).
   *
   * Items: tag
   */
  tags?: string[];
  /**
   * Named addresses: docs, runbook, dashboard.
   */
  links?: {
    /**
     * address
     */
    [k: string]: string;
  };
}
/**
 * How files are read; what is absent is found out.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "read".
 */
export interface Read {
  /**
   * Format; absent: by the ending.
   */
  format?: 'csv' | 'json' | 'parquet';
  /**
   * Between cells.
   */
  delimiter?: string;
  /**
   * Around cells; absent: `"`.
   */
  quote?: string;
  /**
   * Decimal mark; absent: `.`.
   */
  decimal?: string;
  /**
   * Character encoding; absent: utf-8.
   */
  encoding?: string;
  /**
   * Line number of the header; false: none.
   */
  header?: false | string;
  /**
   * Texts that are NULL.
   *
   * Items: text
   */
  missing?: string[];
  /**
   * Only the last n files by name.
   */
  newest?: string;
}
/**
 * Two bounds.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "thresholds".
 */
export interface Thresholds {
  /**
   * Beyond is a warning.
   */
  warn?: string;
  /**
   * Beyond is a failure.
   */
  fail?: string;
}
/**
 * A column or a member of one.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "column".
 */
export interface Column {
  /**
   * Logical type: string, int64, decimal(12,2), timestamp, instant, array<…>, …
   */
  type?: string;
  /**
   * A definition whose keys hold here unless they are written here.
   */
  use?: string;
  /**
   * No row may have NULL here.
   */
  required?: boolean;
  /**
   * How many rows may be missing, and which values count as missing beside NULL.
   */
  missing?:
    | string
    | {
        allow?: Tolerance;
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
        /**
         * Values that count as missing beside NULL.
         *
         * Items: value
         */
        values?: string[];
      };
  /**
   * No value twice.
   */
  unique?:
    | boolean
    | {
        allow?: Tolerance;
        /**
         * How far back it looks.
         */
        window?: string;
      };
  /**
   * At most so many bad rows: `3`, `0.5%`, or `{ warn, fail }`.
   */
  invalid?:
    | string
    | {
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
      };
  /**
   * The values that may come: a list, or a map from value to what it means.
   */
  enum?:
    | string[]
    | {
        /**
         * What the value means.
         */
        [k: string]: string | EnumValue;
      };
  /**
   * true: other values than those of `enum` may come.
   */
  openEnum?: boolean;
  /**
   * Portable regular expression that is searched for in the value.
   */
  pattern?: string;
  /**
   * A named shape of text (email, iban, …), or the date format of a date in a text file.
   */
  format?: string;
  /**
   * Smallest value; `now` for times.
   */
  min?: string;
  /**
   * Largest value; `now` for times.
   */
  max?: string;
  /**
   * Values must be greater.
   */
  exclusiveMin?: string;
  /**
   * Values must be less.
   */
  exclusiveMax?: string;
  /**
   * Fewest code points.
   */
  minLength?: string;
  /**
   * Most code points.
   */
  maxLength?: string;
  /**
   * Each value stands in that column.
   */
  references?:
    | string
    | {
        /**
         * table.column
         */
        to: string;
        allow?: Tolerance;
      };
  /**
   * Unit of measure or currency.
   */
  unit?: string;
  /**
   * Zone of naive timestamps and dates in this column.
   */
  timezone?: string;
  /**
   * A class of surety.yaml; decides whether samples show the value.
   */
  classification?: string;
  /**
   * Name in the source, or several of which exactly one must be there.
   */
  physicalName?: string | string[];
  /**
   * What a writer gets who leaves the column out.
   */
  default?: string;
  /**
   * The warehouse fills it in; writers do not.
   */
  generated?: boolean;
  raci?: Raci;
  /**
   * How loud a broken promise is; `warn` turns fail into warn.
   */
  severity?: 'warn' | 'fail' | 'critical';
  deprecated?: Deprecated;
  /**
   * The name in the version before.
   */
  renamedFrom?: string;
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  /**
   * Words to select by (`--tag`).
   *
   * Items: tag
   */
  tags?: string[];
  /**
   * Named addresses: docs, runbook, dashboard.
   */
  links?: {
    /**
     * address
     */
    [k: string]: string;
  };
}
/**
 * What a value means.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "enumValue".
 */
export interface EnumValue {
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  deprecated?: Deprecated;
  /**
   * The value in the version before.
   */
  renamedFrom?: string;
}
/**
 * A derived column.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "feature".
 */
export interface Feature {
  /**
   * Logical type: string, int64, decimal(12,2), timestamp, instant, array<…>, …
   */
  type: string;
  /**
   * A definition whose keys hold here unless they are written here.
   */
  use?: string;
  /**
   * No row may have NULL here.
   */
  required?: boolean;
  /**
   * How many rows may be missing, and which values count as missing beside NULL.
   */
  missing?:
    | string
    | {
        allow?: Tolerance;
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
        /**
         * Values that count as missing beside NULL.
         *
         * Items: value
         */
        values?: string[];
      };
  /**
   * No value twice.
   */
  unique?:
    | boolean
    | {
        allow?: Tolerance;
        /**
         * How far back it looks.
         */
        window?: string;
      };
  /**
   * At most so many bad rows: `3`, `0.5%`, or `{ warn, fail }`.
   */
  invalid?:
    | string
    | {
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
      };
  /**
   * The values that may come: a list, or a map from value to what it means.
   */
  enum?:
    | string[]
    | {
        /**
         * What the value means.
         */
        [k: string]: string | EnumValue;
      };
  /**
   * true: other values than those of `enum` may come.
   */
  openEnum?: boolean;
  /**
   * Portable regular expression that is searched for in the value.
   */
  pattern?: string;
  /**
   * A named shape of text (email, iban, …), or the date format of a date in a text file.
   */
  format?: string;
  /**
   * Smallest value; `now` for times.
   */
  min?: string;
  /**
   * Largest value; `now` for times.
   */
  max?: string;
  /**
   * Values must be greater.
   */
  exclusiveMin?: string;
  /**
   * Values must be less.
   */
  exclusiveMax?: string;
  /**
   * Fewest code points.
   */
  minLength?: string;
  /**
   * Most code points.
   */
  maxLength?: string;
  /**
   * Each value stands in that column.
   */
  references?:
    | string
    | {
        /**
         * table.column
         */
        to: string;
        allow?: Tolerance;
      };
  /**
   * Unit of measure or currency.
   */
  unit?: string;
  /**
   * Zone of naive timestamps and dates in this column.
   */
  timezone?: string;
  /**
   * A class of surety.yaml; decides whether samples show the value.
   */
  classification?: string;
  /**
   * Name in the source, or several of which exactly one must be there.
   */
  physicalName?: string | string[];
  /**
   * What a writer gets who leaves the column out.
   */
  default?: string;
  /**
   * The warehouse fills it in; writers do not.
   */
  generated?: boolean;
  raci?: Raci;
  /**
   * How loud a broken promise is; `warn` turns fail into warn.
   */
  severity?: 'warn' | 'fail' | 'critical';
  deprecated?: Deprecated;
  /**
   * The name in the version before.
   */
  renamedFrom?: string;
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  /**
   * Words to select by (`--tag`).
   *
   * Items: tag
   */
  tags?: string[];
  /**
   * Named addresses: docs, runbook, dashboard.
   */
  links?: {
    /**
     * address
     */
    [k: string]: string;
  };
  /**
   * The expression that gives it.
   */
  as: string;
}
/**
 * One of expect, unique, references, failingRows and metric.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "check".
 */
export interface Check {
  /**
   * Condition that no row may break; NULL holds.
   */
  expect?: string;
  /**
   * Columns that are together unique.
   *
   * Items: column
   */
  unique?: string[];
  /**
   * Columns that stand together in another table.
   */
  references?: {
    /**
     * columns of this table
     *
     * Items: column
     */
    columns: string[];
    /**
     * columns of the other, in the same order
     *
     * Items: table.column
     */
    to: string[];
  };
  /**
   * Query whose rows are the bad ones; `{table}` names a table of this contract.
   */
  failingRows?: string;
  /**
   * A number: avg(column), share(condition), or an aggregate expression or query of the warehouse.
   */
  metric?: string;
  /**
   * At most so many bad rows: `3`, `0.5%`, or `{ warn, fail }`.
   */
  allow?:
    | string
    | {
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
      };
  /**
   * The metric is at least this.
   */
  min?: string | Thresholds;
  /**
   * The metric is at most this.
   */
  max?: string | Thresholds;
  /**
   * The metric is this.
   */
  equals?:
    | string
    | {
        /**
         * contract/table
         */
        from: string;
        /**
         * which rows there
         */
        where?: string;
      };
  change?: Change;
  /**
   * What `change` or drift compares with.
   */
  from?: string;
  /**
   * Which rows.
   */
  where?: string;
  /**
   * Each group for itself.
   *
   * Items: column
   */
  by?: string[];
  /**
   * Exceptions for groups.
   */
  segments?: {
    /**
     * Tolerance of the group.
     */
    [k: string]: string | Thresholds;
  };
  /**
   * Smaller groups are skipped.
   */
  minRows?: string;
  per?: Slot;
  /**
   * How far back it looks.
   */
  window?: string;
  schedule?: Schedule;
  raci?: Raci;
  /**
   * How loud a broken promise is; `warn` turns fail into warn.
   */
  severity?: 'warn' | 'fail' | 'critical';
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  /**
   * Words to select by (`--tag`).
   *
   * Items: tag
   */
  tags?: string[];
  /**
   * Named addresses: docs, runbook, dashboard.
   */
  links?: {
    /**
     * address
     */
    [k: string]: string;
  };
}
/**
 * A reusable part of columns.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "definition".
 */
export interface Definition {
  /**
   * Logical type: string, int64, decimal(12,2), timestamp, instant, array<…>, …
   */
  type?: string;
  /**
   * A definition whose keys hold here unless they are written here.
   */
  use?: string;
  /**
   * No row may have NULL here.
   */
  required?: boolean;
  /**
   * How many rows may be missing, and which values count as missing beside NULL.
   */
  missing?:
    | string
    | {
        allow?: Tolerance;
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
        /**
         * Values that count as missing beside NULL.
         *
         * Items: value
         */
        values?: string[];
      };
  /**
   * No value twice.
   */
  unique?:
    | boolean
    | {
        allow?: Tolerance;
        /**
         * How far back it looks.
         */
        window?: string;
      };
  /**
   * At most so many bad rows: `3`, `0.5%`, or `{ warn, fail }`.
   */
  invalid?:
    | string
    | {
        /**
         * More is a warning.
         */
        warn?: string;
        /**
         * More is a failure.
         */
        fail?: string;
      };
  /**
   * The values that may come: a list, or a map from value to what it means.
   */
  enum?:
    | string[]
    | {
        /**
         * What the value means.
         */
        [k: string]: string | EnumValue;
      };
  /**
   * true: other values than those of `enum` may come.
   */
  openEnum?: boolean;
  /**
   * Portable regular expression that is searched for in the value.
   */
  pattern?: string;
  /**
   * A named shape of text (email, iban, …), or the date format of a date in a text file.
   */
  format?: string;
  /**
   * Smallest value; `now` for times.
   */
  min?: string;
  /**
   * Largest value; `now` for times.
   */
  max?: string;
  /**
   * Values must be greater.
   */
  exclusiveMin?: string;
  /**
   * Values must be less.
   */
  exclusiveMax?: string;
  /**
   * Fewest code points.
   */
  minLength?: string;
  /**
   * Most code points.
   */
  maxLength?: string;
  /**
   * Each value stands in that column.
   */
  references?:
    | string
    | {
        /**
         * table.column
         */
        to: string;
        allow?: Tolerance;
      };
  /**
   * Unit of measure or currency.
   */
  unit?: string;
  /**
   * Zone of naive timestamps and dates in this column.
   */
  timezone?: string;
  /**
   * A class of surety.yaml; decides whether samples show the value.
   */
  classification?: string;
  /**
   * Name in the source, or several of which exactly one must be there.
   */
  physicalName?: string | string[];
  /**
   * What a writer gets who leaves the column out.
   */
  default?: string;
  /**
   * The warehouse fills it in; writers do not.
   */
  generated?: boolean;
  raci?: Raci;
  /**
   * How loud a broken promise is; `warn` turns fail into warn.
   */
  severity?: 'warn' | 'fail' | 'critical';
  deprecated?: Deprecated;
  /**
   * The name in the version before.
   */
  renamedFrom?: string;
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
  /**
   * Words to select by (`--tag`).
   *
   * Items: tag
   */
  tags?: string[];
  /**
   * Named addresses: docs, runbook, dashboard.
   */
  links?: {
    /**
     * address
     */
    [k: string]: string;
  };
}
/**
 * Objectives and how breaches are answered.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "sla".
 */
export interface Sla {
  freshness?: Freshness;
  updates?: Updates;
  /**
   * Kind of promise → share over a window.
   */
  objectives?: {
    /**
     * 99.5% over 30d
     */
    [k: string]: string;
  };
  /**
   * Jobs whose runs count.
   *
   * Items: job
   */
  pipelines?: string[];
  /**
   * How fast a breach is answered.
   */
  response?: {
    /**
     * Until somebody has it.
     */
    acknowledge?: string;
    /**
     * Until it holds again.
     */
    resolve?: string;
    /**
     * business: only hours of the calendar count.
     */
    clock?: 'wall' | 'business';
  };
}
/**
 * A reader.
 *
 * This interface was referenced by `ContractFile`'s JSON-Schema
 * via the `definition` "consumer".
 */
export interface Consumer {
  /**
   * Who reads.
   */
  party: string;
  /**
   * What is read.
   *
   * Items: table.column
   */
  uses?: string[];
  /**
   * What it is, in a sentence or two.
   */
  description?: string;
}

