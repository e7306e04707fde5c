import { DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { brokenRule } from '../contract/rules/value-holds.ts';
import { Engine } from '../dialects/duckdb/engine.ts';
import { nativeType } from '../dialects/duckdb/native-type.ts';
import type { Column, Table, WrittenText } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import type { Value } from '../model/value.ts';
import { sourceName } from '../samples/csv.ts';
import { cellText } from '../samples/json.ts';
import type { Decision, Judge, SampleRow } from '../samples/judge.ts';
import { featuresNamed } from '../samples/mentioned.ts';
import type { Condition } from '../samples/promises.ts';
import { EngineError, type Instant, type RunOptions, type Session } from '../sql/dialect.ts';
import { checkContractSql, sqlPieces } from '../sql/lexer.ts';
import { quoteName } from '../sql/quote.ts';
import { type Field, fieldsOf } from '../sql/shape.ts';
import { lexSql, type SqlSyntax } from '../sql/tokens.ts';
import { visible } from '../util/visible.ts';

/** Rows of one data chunk. */
const CHUNK = 2048;

/** A judge that holds the embedded engine, which has nothing but the rows it is asked about. */
export interface OpenJudge extends Judge {
  close(): Promise<void>;
}

/** Asks the embedded engine about conditions of a table: SQL of another engine counts where it runs there. */
export async function openJudge(table: Table, syntax: SqlSyntax, now: Instant, run: RunOptions): Promise<OpenJudge> {
  const fields = fieldsOf(table.columns);
  const engine = await Engine.open();
  let session: Session;
  try {
    const columns = fields.map((_, at) => `${cell(at)} varchar`);
    await engine.admin(`create table batch (n integer, ${columns.join(', ')})`);
    await engine.lock([]);
    session = await engine.session();
  } catch (error) {
    await engine.close();
    throw error;
  }
  const source = `(select n, ${fields.map((field, at) => `${typed(cell(at), field)} as ${quoteName(sourceName(field))}`).join(', ')} from batch)`;
  const select = (conditions: readonly Condition[]) => {
    const values = conditions.map((condition, at) => `${asked(condition, syntax, now)} as d${at}`);
    const more = featuresNamed(conditions.flatMap(textsOf), table, syntax).map(
      ({ name, as }) => `, ${expression(as, syntax, now)} as ${quoteName(name)}`,
    );
    const rows = more.length === 0 ? source : `(select *${more.join('')} from ${source})`;
    return { sql: `select n, ${values.join(', ')} from ${rows} order by n`, parameters: [] };
  };
  return {
    async refused(conditions) {
      const reasons = new Map<Condition, string>();
      await fill(engine, fields, []);
      for (const condition of conditions) {
        const reason = unfit(condition, table, syntax) ?? (await failure(() => session.run(select([condition]), run)));
        if (reason !== undefined) reasons.set(condition, reason);
      }
      return reasons;
    },
    async decide(conditions, rows) {
      await fill(engine, fields, rows);
      const found = await decided(session, select, conditions, run);
      return found ?? (await oneByOne(rows));

      /** A value that the SQL cannot take fails the statement: then each row is asked by itself, and what fails is broken. */
      async function oneByOne(all: readonly SampleRow[]): Promise<readonly (readonly Decision[])[]> {
        const decisions: (readonly Decision[])[] = [];
        for (const row of all) {
          await fill(engine, fields, [row]);
          const [own] = (await decided(session, select, conditions, run)) ?? [conditions.map(() => false)];
          decisions.push(own ?? []);
        }
        return decisions;
      }
    },
    async close() {
      await session.close();
      await engine.close();
    },
  };
}

async function decided(
  session: Session,
  select: (conditions: readonly Condition[]) => { readonly sql: string; readonly parameters: readonly unknown[] },
  conditions: readonly Condition[],
  run: RunOptions,
): Promise<readonly (readonly Decision[])[] | undefined> {
  try {
    const rows = await session.run(select(conditions), run);
    return rows.map((row) => conditions.map((condition, at) => decisionOf(condition, row[`d${at}`] ?? null)));
  } catch (error) {
    if (error instanceof EngineError && error.failure === 'failed') return undefined;
    throw error;
  }
}

function decisionOf({ feature }: Condition, value: Value): Decision {
  if (!feature) return typeof value === 'boolean' ? value : null;
  if (value === null) return !feature.required;
  return brokenRule(feature, String(value), true) === undefined;
}

/** The condition as an expression that is true outside its `where`; of a feature its value as text. */
function asked({ kind, sql: text, where, feature }: Condition, syntax: SqlSyntax, now: Instant): string {
  const own = expression(text, syntax, now);
  if (kind === 'feature' && feature) return `cast(${castOf(own, feature.type)} as varchar)`;
  return where
    ? `case when ${expression(where, syntax, now)} then cast(${own} as boolean) else true end`
    : `cast(${own} as boolean)`;
}

function castOf(text: string, type: LogicalType): string {
  const native = nativeType(type);
  return native === undefined ? text : `cast(${text} as ${native})`;
}

/** Contract SQL on lines of its own in brackets, `{now}` filled in. */
function expression({ text }: WrittenText, syntax: SqlSyntax, now: Instant): string {
  const instant = `make_timestamptz(cast(${now.microseconds} as bigint))`;
  const pieces = sqlPieces(text, syntax).map((piece) => ('text' in piece ? piece.text : instant));
  return `(\n${pieces.join('')}\n)`;
}

function textsOf({ sql: text, where }: Condition): readonly WrittenText[] {
  return where ? [text, where] : [text];
}

/** Why a condition is not even tried. */
function unfit(condition: Condition, table: Table, syntax: SqlSyntax): string | undefined {
  const { name } = table;
  const texts = textsOf(condition);
  for (const written of [...texts, ...featuresNamed(texts, table, syntax).map(({ as }) => as)]) {
    const other = sqlPieces(written.text, syntax).find(
      (piece) => 'placeholder' in piece && piece.placeholder !== 'now',
    );
    if (other && 'placeholder' in other)
      return `it reads {${other.placeholder}}, and rows of ${other.placeholder === name ? 'the whole table' : 'other tables'} are not asked`;
    const own =
      syntax === 'mysql' &&
      lexSql(written.text, syntax).tokens.some(({ kind, text: piece }) => isMysqlOnly(kind, piece));
    if (own) return 'its quotes are those of MySQL, which the embedded engine reads in another way';
    const problem = checkContractSql(written.text, () => false, 'standard');
    if (problem) return `the embedded engine does not take it: ${visible(problem.message)}`;
  }
  return undefined;
}

function isMysqlOnly(kind: string, text: string): boolean {
  return (
    (kind === 'string' && (text.startsWith('"') || text.includes('\\'))) || (kind === 'name' && text.startsWith('`'))
  );
}

async function failure(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const [first = ''] = error.message.split('\n');
    return `its SQL does not run in the embedded engine: ${visible(first)}`;
  }
}

function cell(at: number): string {
  return `c${at}`;
}

async function fill(engine: Engine, fields: readonly Field<Column>[], rows: readonly SampleRow[]): Promise<void> {
  await engine.raw.run('delete from batch');
  if (rows.length === 0) return;
  const appender = await engine.raw.createAppender('batch');
  const types = [INTEGER, ...fields.map(() => VARCHAR)];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK);
    const chunk = DuckDBDataChunk.create(types, part.length);
    const cells = fields.map((field) => part.map((row) => cellText(row.get(field.name), field) ?? null));
    chunk.setColumns([part.map((_, at) => from + at), ...cells]);
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
}

/** A cell of text as a value of the column's type. */
function typed(text: string, field: Field<Column>): string {
  const { shape } = field;
  if (shape.kind !== 'value') return `cast(cast(${text} as json) as ${nestedType(field)})`;
  const { type } = shape;
  if (type.name === 'bytes') return `encode(${text})`;
  const native = nativeType(type);
  return native === undefined ? text : `cast(${text} as ${native})`;
}

function nestedType(field: Field<Column>): string {
  const { shape, type } = field;
  switch (shape.kind) {
    case 'value':
      return nativeType(shape.type) ?? 'varchar';
    case 'struct':
      if (type.name === 'json' || shape.fields.length === 0) return 'json';
      return `struct(${shape.fields.map((part) => `${quoteName(part.name)} ${nestedType(part)}`).join(', ')})`;
    case 'array':
      return `${nestedType(shape.element)}[]`;
    case 'map':
      return `map(${nativeType(shape.key) ?? 'varchar'}, ${nestedType(shape.value)})`;
  }
}
