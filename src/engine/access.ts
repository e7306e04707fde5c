import type { ColumnAccess, FoundColumn } from '../checks/check.ts';
import type { Column, WrittenText } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { allOf, anyOf } from '../sql/build.ts';
import type { Instant, SourceColumn, Sql, SqlDialect, TableSource } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { parseLiteral } from '../sql/literal.ts';
import { type MemberStep, parseMemberPath } from '../sql/member-path.ts';
import { matchName } from '../sql/names.ts';

/** A contract column in its source: the root column, the way to the member, and the member's type. */
type Located =
  | { readonly source: SourceColumn; readonly steps: readonly MemberStep[]; readonly type: LogicalType }
  | Exclude<FoundColumn, { state: 'there' }>;

/** Finds a contract column or member in the source, by the names of semantics §9. */
export function locate(column: Column, columns: readonly Column[], source: TableSource): Located {
  if (!source.header) return { state: 'unknown' };
  const path = parseMemberPath(column.name);
  const root = path.steps.length > 0 ? columns.find(({ name }) => name === path.column) : undefined;
  const wanted = root ?? column;
  const match = matchName(
    wanted.physicalNames,
    source.columns.map(({ name }) => name),
  );
  if (match.state === 'ambiguous') return match;
  const found = match.state === 'found' ? source.columns.find(({ name }) => name === match.name) : undefined;
  if (!found) {
    const hidden = wanted.physicalNames.find((name) => source.hidden?.includes(name));
    if (hidden === undefined) return { state: 'missing' };
    const message = `column "${hidden}" is not in ${source.place}, or the role may not read it`;
    return {
      state: 'hidden',
      forbidden: { message, hint: 'grant the role SELECT on the whole table, or correct the name' },
    };
  }
  const steps: MemberStep[] = [];
  let { type } = found;
  for (const step of root ? path.steps : []) {
    const next = stepInto(type, step);
    if (!next) return { state: 'missing', hint: `the source has ${found.native}` };
    type = next.type;
    steps.push(next.step);
  }
  return { source: found, steps, type };
}

/** The type behind a step, and the step in the source's own spelling. */
function stepInto(
  type: LogicalType,
  step: MemberStep,
): { readonly type: LogicalType; readonly step: MemberStep } | undefined {
  if (step.into === 'elements') return type.name === 'array' ? { type: type.element, step } : undefined;
  if (step.into === 'values') return type.name === 'map' ? { type: type.value, step } : undefined;
  if (type.name !== 'struct') return undefined;
  const match = matchName(
    [step.name],
    (type.members ?? []).map(({ name }) => name),
  );
  const member = match.state === 'found' ? type.members?.find(({ name }) => name === match.name) : undefined;
  return member && { type: member.type, step: { into: 'member', name: member.name } };
}

export function foundColumn(located: Located): FoundColumn {
  if ('state' in located) return located;
  return {
    state: 'there',
    name: located.source.name,
    native: nativeOf(located),
    type: located.type,
    lackedBy: located.source.lackedBy ?? [],
    schemaless: located.source.schemaless === true && located.steps.length > 0,
    ...(located.source.forbidden && { forbidden: located.source.forbidden }),
  };
}

function nativeOf(located: Extract<Located, { source: SourceColumn }>): string {
  return located.steps.length === 0 ? located.source.native : `a member of ${located.source.native}`;
}

/** How a check reads the column; members inside lists and maps are bad in a row where one of them is. */
export function accessColumn(
  column: Column,
  located: Located,
  dialect: SqlDialect,
  now: Instant,
): ColumnAccess | undefined {
  if ('state' in located) return undefined;
  const { source, steps, type } = located;
  const single = steps.every((step) => step.into === 'member');
  const reach = (condition: (value: Sql, parent: Sql | undefined) => Sql): Sql =>
    descend(source.value, steps, type, dialect, condition);
  const typed = (value: Sql): Sql =>
    steps.length > 0 && dialect.memberValue ? dialect.memberValue(value, type).value : value;
  const listed = (value: Sql): Sql | undefined =>
    listedCondition(column.missing?.values ?? [], typed(value), type, dialect, now);
  const cell = steps.length === 0 ? source.cell : undefined;
  const isNull = cell
    ? sql`${cell.raw} is null`
    : reach((value, parent) => allOf(parent && sql`${parent} is not null`, sql`${value} is null`));
  // By the text, as what is listed need not fit the type, and by the value: 0.00 is 0.
  const rawListed =
    cell &&
    anyOf(
      listedTexts(column.missing?.values ?? [], cell.raw, dialect),
      type.name === 'string' ? undefined : guarded(source.value, listed(source.value)),
    );
  const isMissing = cell
    ? anyOf(isNull, rawListed)
    : reach((value, parent) =>
        anyOf(allOf(parent && sql`${parent} is not null`, sql`${value} is null`), guarded(value, listed(value))),
      );
  const member = single
    ? steps.reduce((at, step) => (step.into === 'member' ? dialect.member(at, step.name) : at), source.value)
    : undefined;
  const value = member && typed(member);
  return {
    column,
    type,
    ...(value && { value }),
    isNull,
    isMissing,
    anyValue: (condition) =>
      cell
        ? allOf(sql`${source.value} is not null`, rawListed && sql`not (${rawListed})`, condition(source.value))
        : reach((found) => {
            const missing = listed(found);
            const value = typed(found);
            return allOf(sql`${value} is not null`, missing && sql`not (${missing})`, condition(value));
          }),
    ...(cell && { unparsable: rawListed ? allOf(cell.unparsable, sql`not (${rawListed})`) : cell.unparsable }),
    ...(source.schemaless &&
      steps.length > 0 && { unparsable: reach((found) => unparsableMember(found, type, dialect)) }),
    shown: cell ? dialect.display(cell.raw, source.type) : shownValue(),
  };

  function shownValue(): Sql {
    if (!member || !value) return dialect.display(source.value, source.type);
    const shown = dialect.display(value, type);
    // Of what does not fit there is no value.
    return source.schemaless && steps.length > 0 ? sql`coalesce(${shown}, ${dialect.display(member)})` : shown;
  }
}

function unparsableMember(member: Sql, type: LogicalType, dialect: SqlDialect): Sql {
  return dialect.memberValue?.(member, type).unparsable ?? sql`(1 = 0)`;
}

function guarded(value: Sql, condition: Sql | undefined): Sql | undefined {
  return condition && allOf(sql`${value} is not null`, condition);
}

function descend(
  value: Sql,
  steps: readonly MemberStep[],
  type: LogicalType,
  dialect: SqlDialect,
  condition: (value: Sql, parent: Sql | undefined) => Sql,
  parent?: Sql,
): Sql {
  const [step, ...rest] = steps;
  if (!step) return condition(value, parent);
  if (step.into === 'member') return descend(dialect.member(value, step.name), rest, type, dialect, condition, value);
  const list = step.into === 'values' ? dialect.mapValues(value) : value;
  return dialect.anyElement(list, (element) => descend(element, rest, type, dialect, condition));
}

/** True where the value is one of the listed ones that count as missing. */
function listedCondition(
  values: readonly WrittenText[],
  value: Sql,
  type: LogicalType,
  dialect: SqlDialect,
  now: Instant,
): Sql | undefined {
  if (values.length === 0) return undefined;
  if (type.name === 'string') return listedTexts(values, value, dialect);
  const nan = type.name === 'float' && values.some(({ text }) => text.toLowerCase() === 'nan');
  const literals = values.flatMap(({ text }) => {
    const parsed = parseLiteral(text, type, 'value');
    return 'literal' in parsed && text.toLowerCase() !== 'nan' ? [dialect.literal(parsed.literal, type, now)] : [];
  });
  return anyOf(
    nan ? dialect.isNaN(value, type) : undefined,
    literals.length > 0 ? sql`${value} in (${sql.join(literals)})` : undefined,
  );
}

function listedTexts(values: readonly WrittenText[], text: Sql, dialect: SqlDialect): Sql | undefined {
  if (values.length === 0) return undefined;
  return sql`${dialect.text(text)} in (${sql.join(values.map((value) => dialect.text(sql`${value.text}`)))})`;
}
