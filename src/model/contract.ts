import type { Decimal } from '../util/decimal.ts';
import type { Position, SourceFile } from './diagnostic.ts';
import type { LogicalType } from './logical-type.ts';
import type { Bound, Duration, Threshold, Tolerance } from './threshold.ts';

/** Everything that a person wrote knows where. */
interface Written {
  readonly at: Position;
}

/** Name of a key → where it stands, of the keys that were written. A null-prototype object. */
export type Places = Readonly<Record<string, Position>>;

/** Text with its place: contract SQL, a pattern, a literal as it was written. */
export interface WrittenText extends Written {
  readonly text: string;
}

export type ContractStatus = 'draft' | 'active' | 'deprecated' | 'retired';
export type CheckSeverity = 'warn' | 'fail' | 'critical';

/** Name → address. A null-prototype object. */
export type Links = Readonly<Record<string, string>>;

/** Who does it, who answers for it, who is asked before and who is told after. Names of parties. */
export interface Raci extends Written {
  readonly responsible: readonly WrittenText[];
  readonly accountable?: WrittenText;
  readonly consulted: readonly WrittenText[];
  readonly informed: readonly WrittenText[];
}

export interface Deprecation extends Written {
  readonly since?: string;
  /** `YYYY-MM-DD` */
  readonly sunset?: string;
  readonly replacedBy?: string;
}

/** When Surety verifies. */
export interface Schedule extends Written {
  /** Five fields: minute, hour, day of the month, month, weekday. */
  readonly cron: string;
  readonly timezone?: string;
}

/** Each time slot for itself. */
export type Slot = 'hour' | 'day' | 'week' | 'month';

/** By how much a number may change, as shares down (negative) and up; at least one is there. */
export interface ChangeBound extends Written {
  readonly min?: Decimal;
  readonly max?: Decimal;
}

/** When new data comes: on demand, or in slots. */
export interface Updates extends Written {
  readonly onDemand: boolean;
  /** Length of a slot; `hourly` is 1h, `daily` 1d. */
  readonly every?: Duration;
  /** When each slot starts: five fields. */
  readonly cron?: string;
  readonly grace?: Duration;
}

/** The share of good slots that is promised over a window. */
export interface Objective extends Written {
  /** Kind of promise: `availability`, `freshness`, `quality`. */
  readonly kind: string;
  /** From 0 to 1. */
  readonly share: Decimal;
  /** A rolling length of time, or the days, weeks … of the calendar. */
  readonly window: Duration | 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly text: string;
}

/** How fast a breach is answered. */
export interface Response extends Written {
  readonly acknowledge?: Duration;
  readonly resolve?: Duration;
  readonly clock: 'wall' | 'business';
}

/** `x-` keys, which Surety keeps for other tools: name → JSON with sorted keys. A null-prototype object. */
export type Extensions = Readonly<Record<string, string>>;

/** A table with columns, wherever it stands: `[contract[@major]/]table[.column]`. */
export interface Reference extends WrittenText {
  /** Absent: this contract. */
  readonly contract?: string;
  readonly major?: number;
  readonly table: string;
  readonly column?: string;
}

/** A promise that another command or a later part measures. */
export interface LaterPromise extends Written {
  readonly kind: string;
  /** What is skipped, for the report. */
  readonly reason: string;
}

export interface EnumValue extends WrittenText {
  readonly description?: string;
  readonly deprecated?: Deprecation;
  readonly renamedFrom?: string;
}

/** The keys of rules on values, of which `invalid` counts the rows that break one. */
export const VALUE_RULES = [
  'enum',
  'pattern',
  'format',
  'min',
  'max',
  'exclusiveMin',
  'exclusiveMax',
  'minLength',
  'maxLength',
] as const satisfies readonly (keyof ValueRules)[];

/** The rules on values that are not missing; source texts are kept and read by the column's type. */
export interface ValueRules {
  readonly enum?: { readonly values: readonly EnumValue[]; readonly open: boolean } & Written;
  readonly pattern?: WrittenText;
  readonly format?: WrittenText;
  readonly min?: WrittenText;
  readonly max?: WrittenText;
  readonly exclusiveMin?: WrittenText;
  readonly exclusiveMax?: WrittenText;
  readonly minLength?: { readonly count: number } & Written;
  readonly maxLength?: { readonly count: number } & Written;
}

export interface Column extends Written, ValueRules {
  /** Name, or path of a member: `address.country`, `lines[].qty`, `attrs{}.x`. */
  readonly name: string;
  readonly type: LogicalType;
  /** As written, for messages. */
  readonly typeText: WrittenText;
  /** Names in the source, of which exactly one must be there. */
  readonly physicalNames: readonly string[];
  readonly required: boolean;
  readonly missing?: { readonly allow?: Tolerance; readonly values: readonly WrittenText[] } & Written;
  readonly unique?: { readonly allow?: Tolerance; readonly window?: Duration } & Written;
  readonly invalid?: Tolerance;
  readonly references?: { readonly to: Reference; readonly allow?: Tolerance } & Written;
  readonly unit?: string;
  readonly timezone?: string;
  readonly classification?: WrittenText;
  readonly default?: WrittenText;
  readonly generated: boolean;
  readonly severity?: CheckSeverity;
  readonly raci?: Raci;
  readonly deprecated?: Deprecation;
  readonly renamedFrom?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly links: Links;
  readonly extensions: Extensions;
  readonly places: Places;
}

/** A column that the table does not have: contract SQL gives it, over the columns of the source. */
export interface Feature extends Column {
  readonly as: WrittenText;
}

/** Names of columns with their places. */
export interface ColumnList extends Written {
  readonly columns: readonly WrittenText[];
}

interface DeclaredCheckBase extends Written {
  readonly id: string;
  readonly allow?: Tolerance;
  readonly where?: WrittenText;
  readonly window?: Duration;
  readonly by?: ColumnList;
  /** Group → tolerance or bound that holds there instead. Several columns: values joined by a comma. */
  readonly segments: readonly ({
    readonly group: string;
    readonly tolerance?: Tolerance;
    readonly bound?: Bound;
  } & Written)[];
  readonly minRows?: number;
  readonly severity?: CheckSeverity;
  readonly raci?: Raci;
  readonly schedule?: Schedule;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly links: Links;
  readonly per?: Slot;
  readonly change?: ChangeBound;
  /** What `change` or drift compares with. */
  readonly from?: string;
  readonly extensions: Extensions;
  readonly places: Places;
  /** Set where a part of the check cannot be measured yet (`change`, `per`): the reason. */
  readonly later?: string;
}

export type DeclaredCheck =
  | (DeclaredCheckBase & { readonly kind: 'expect'; readonly condition: WrittenText })
  | (DeclaredCheckBase & { readonly kind: 'unique'; readonly columns: ColumnList })
  | (DeclaredCheckBase & {
      readonly kind: 'references';
      readonly columns: ColumnList;
      readonly to: readonly Reference[];
    })
  | (DeclaredCheckBase & { readonly kind: 'failingRows'; readonly query: WrittenText })
  | (DeclaredCheckBase & {
      readonly kind: 'metric';
      readonly metric: WrittenText;
      readonly min?: Bound;
      readonly max?: Bound;
      readonly equals?: {
        readonly value?: WrittenText;
        readonly from?: Reference;
        readonly where?: WrittenText;
      } & Written;
    });

export interface Read extends Written {
  readonly format?: 'csv' | 'json' | 'parquet';
  readonly delimiter?: string;
  readonly quote?: string;
  readonly decimal?: string;
  readonly encoding?: string;
  readonly header?: number | false;
  readonly missing: readonly string[];
  readonly newest?: number;
}

export interface Freshness extends Written {
  readonly column?: WrittenText;
  readonly within: Threshold<Duration>;
  readonly clock: 'wall' | 'business';
}

export interface Table extends Written {
  readonly name: string;
  readonly location?: WrittenText;
  readonly warehouse?: WrittenText;
  readonly read?: Read;
  readonly grain?: string;
  readonly key?: ColumnList & { readonly window?: Duration };
  readonly where?: WrittenText;
  readonly partitionedBy?: ColumnList;
  readonly timeColumn?: WrittenText;
  readonly window?: Duration;
  /** Over the whole table; with `slots` the numbers of each time slot. */
  readonly rows: {
    readonly min?: Bound;
    readonly max?: Bound;
    readonly slots?: { readonly per: Slot; readonly min?: Bound; readonly max?: Bound };
    readonly change?: ChangeBound;
    /** What `change` compares with. */
    readonly from?: string;
  } & Written;
  readonly freshness?: Freshness;
  readonly updates?: Updates;
  readonly retention?: { readonly min?: Duration; readonly max?: Duration } & Written;
  readonly extraColumns: 'allow' | 'warn' | 'forbid';
  readonly columns: readonly Column[];
  readonly features: readonly Feature[];
  readonly checks: readonly DeclaredCheck[];
  readonly later: readonly LaterPromise[];
  readonly severity?: CheckSeverity;
  readonly raci?: Raci;
  readonly schedule?: Schedule;
  readonly deprecated?: Deprecation;
  readonly renamedFrom?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly links: Links;
  readonly extensions: Extensions;
  readonly places: Places;
}

/** A contract, resolved: definitions are filled in, defaults are explicit, texts are read. Deeply frozen. */
export interface Contract extends Written {
  /** Without `@major`. */
  readonly name: string;
  /** As written: `shop.orders` or `shop.orders@2`. */
  readonly id: string;
  readonly version: string;
  readonly major: number;
  readonly status: ContractStatus;
  readonly title?: string;
  readonly description?: string;
  readonly domain?: string;
  readonly tags: readonly string[];
  readonly links: Links;
  readonly readers: 'open' | 'closed';
  readonly raci?: Raci;
  readonly timezone?: string;
  /** Name in surety.yaml. */
  readonly calendar?: WrittenText;
  readonly warehouse?: WrittenText;
  readonly schedule?: Schedule;
  readonly deprecated?: Deprecation;
  readonly objectives: readonly Objective[];
  /** Jobs whose runs count. */
  readonly pipelines: readonly WrittenText[];
  readonly response?: Response;
  readonly extensions: Extensions;
  readonly places: Places;
  readonly tables: readonly Table[];
  readonly upstream: readonly ({
    readonly contract: string;
    readonly columns: 'all' | readonly WrittenText[];
  } & Written)[];
  readonly consumers: readonly ({
    readonly name: string;
    readonly party: WrittenText;
    readonly uses: readonly WrittenText[];
    readonly description?: string;
  } & Written)[];
  readonly later: readonly LaterPromise[];
  readonly source: SourceFile;
  /** Absolute path of the file. */
  readonly path: string;
}
