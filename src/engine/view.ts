import type { ColumnAccess, Scope, ShownColumn, TableView } from '../checks/check.ts';
import { shown, valueColumns } from '../checks/column-check.ts';
import { AHEAD } from '../checks/freshness.ts';
import { failedToMeasure, skipped } from '../checks/judge.ts';
import { timeAxis } from '../checks/time-axis.ts';
import type { Column, Contract, Reference, Table, WrittenText } from '../model/contract.ts';
import type { Problem } from '../model/problem.ts';
import type { Duration } from '../model/threshold.ts';
import { allOf } from '../sql/build.ts';
import type { Instant, Sql, SqlDialect, TableSource } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { sqlPieces } from '../sql/lexer.ts';
import { visible } from '../util/visible.ts';
import { accessColumn, foundColumn, locate } from './access.ts';
import { answersTo, classesBehind, HIDDEN, readsMore, related } from './classes.ts';
import { featureColumns } from './feature-columns.ts';
import { type FoundFeatures, namesIn } from './features.ts';
import { PlanRefusal } from './plan-refusal.ts';
import { rowsWith } from './rows-with.ts';

export interface ViewInput {
  readonly contract: Contract;
  readonly table: Table;
  readonly source: TableSource;
  readonly dialect: SqlDialect;
  /** Why no SQL of the contract may be sent; absent: it may. */
  readonly refusesContractSql?: Problem;
  readonly now: Instant;
  /** `--window all`: no window holds. */
  readonly ignoreWindows: boolean;
  readonly mask: (column: Column, text: string) => string;
  /** What the engine says of the features; absent: nobody asked it. */
  readonly features?: FoundFeatures;
  readonly parent: TableView['parent'];
  readonly other: TableView['other'];
}

/** The table as checks see it. */
export function createView(input: ViewInput): TableView {
  const { contract, table, source, dialect, now } = input;
  const accesses = new Map<string, ColumnAccess | undefined>();
  const located = new Map(table.columns.map((column) => [column.name, locate(column, table.columns, source)]));
  const named = new Set<string>();
  for (const found of located.values()) if (!('state' in found)) named.add(found.source.name);

  const features = featureColumns(() => plain, input.features ?? new Map());
  const featureNamed = (name: string) =>
    located.has(name) ? undefined : table.features.find((feature) => feature.name === name);

  const column = (name: string): ColumnAccess | undefined => {
    if (!accesses.has(name)) {
      const feature = featureNamed(name);
      if (feature) return features.access(feature);
      const declared = table.columns.find((candidate) => candidate.name === name);
      const found = located.get(name);
      accesses.set(name, declared && found ? accessColumn(declared, found, dialect, now) : undefined);
    }
    return accesses.get(name);
  };

  const contractSql = (text: WrittenText): Sql => {
    const refused = input.refusesContractSql;
    if (refused) throw refusal(refused.message, refused.hint);
    const pieces = sqlPieces(text.text, dialect.syntax).map((piece) =>
      'text' in piece ? sql.raw(piece.text) : placeholder(piece.placeholder),
    );
    return sql`(\n${sql.join(pieces, sql.raw(''))}\n)`;
  };

  const placeholder = (name: string): Sql => {
    if (name === 'now') return dialect.instant(now);
    const reference: Reference = { table: name, text: name, at: table.at };
    if (name === table.name) return source.relation;
    const found = input.parent(reference);
    if ('view' in found) return found.view.source.relation;
    throw refusal(found.reason, found.hint);
  };

  const windowCondition = (duration: Duration): Sql => {
    const name = table.timeColumn?.text ?? table.freshness?.column?.text;
    const access = name === undefined ? undefined : column(name);
    if (!access) throw new PlanRefusal(skipped('column missing'));
    const axis = timeAxis(plain, access);
    if (!axis) throw refusal(`"${name}" holds no time that a window could look back on`);
    return allOf(axis.within(now, duration), axis.upTo(now.microseconds + AHEAD));
  };

  const plain: TableView = {
    contract,
    table,
    source,
    dialect,
    now,
    zoneOf: (declared) => declared.timezone ?? contract.timezone,
    column,
    found(declared) {
      const feature = featureNamed(declared.name);
      if (feature) return features.found(feature);
      const found = located.get(declared.name);
      return found ? foundColumn(found) : { state: 'missing' };
    },
    extraColumns: source.columns.map(({ name }) => name).filter((name) => !named.has(name)),
    scope(window, where): Scope {
      const duration = window === 'all' ? undefined : window === 'table' ? table.window : window;
      const limited = duration && !input.ignoreWindows ? duration : undefined;
      const conditions = [limited && windowCondition(limited), where && contractSql(where)].filter(
        (condition) => condition !== undefined,
      );
      const label = `rows${limited ? ` of the last ${limited.text}` : ''}${where ? ` where ${visible(where.text.trim().replace(/\s+/g, ' '), 60)}` : ''}`;
      return {
        ...(conditions.length > 0 && { condition: allOf(...conditions) }),
        label,
        contractSql: where !== undefined,
      };
    },
    contractSql,
    features: [],
    withFeatures: (names) => withFeatures(names),
    from: (scope, ...conditions) => from(source.scan, scope, conditions),
    parent: input.parent,
    other: input.other,
    mask(names, text) {
      return names.reduce((shown, name) => {
        const masked = classesBehind(name, plain).reduce((value, candidate) => input.mask(candidate, value), shown);
        return masked === shown && plain.masksAny && readsMore(name, plain) ? HIDDEN : masked;
      }, text);
    },
    maskNamed(name, text) {
      const own = contract.tables.flatMap((each) =>
        each.columns
          .filter((declared) => answersTo(declared, name))
          .flatMap((declared) => related(each, declared.name)),
      );
      if (own.length === 0) return plain.masksAny ? HIDDEN : text;
      return own.reduce((value, declared) => input.mask(declared, value), text);
    },
    masksAny: contract.tables.some((each) => valueColumns(each).some((declared) => input.mask(declared, 'x') !== 'x')),
    get identity() {
      return identityOf(plain);
    },
  };

  // Without a header there are no rows, and no columns that a condition could name.
  const where = source.header ? table.where : undefined;
  const from = (scan: Sql, scope: Scope, conditions: readonly Sql[]): Sql => {
    const all = [where && contractSql(where), scope.condition, ...conditions].filter(
      (condition) => condition !== undefined,
    );
    return all.length === 0 ? sql`from ${scan}` : sql`from ${scan} where ${allOf(...all)}`;
  };

  const always = where ? namesIn([where], dialect.syntax) : [];
  const withFeatures = (names: Iterable<string>): TableView => {
    const some = features.among([...always, ...names]);
    if (some.length === 0) return plain;
    const scan = rowsWith(plain, some, contractSql);
    return {
      ...plain,
      source: { ...source, scan },
      features: some.map(({ name }) => name),
      from: (scope, ...conditions) => from(scan, scope, conditions),
    };
  };
  return withFeatures([]);
}

function refusal(reason: string, hint?: string): PlanRefusal {
  return new PlanRefusal(failedToMeasure(reason, reason, hint));
}

function identityOf(view: TableView): readonly ShownColumn[] {
  const key = view.table.key?.columns ?? [];
  const columns = key.flatMap(({ text }): ShownColumn[] => {
    const access = view.column(text);
    return access ? [shown(text, access)] : [];
  });
  if (columns.length === key.length && key.length > 0) return columns;
  const { origin } = view.source;
  if (!origin) return [];
  return [
    { label: 'file', value: origin.file, shows: [] },
    { label: 'record', value: view.dialect.display(origin.record), order: origin.record, shows: [] },
  ];
}
