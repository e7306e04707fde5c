import type { Cell, CellType, Condition, ModelColumn } from './naive-model.ts';
import { textOf } from './naive-values.ts';

/** How contract SQL is written in the words of an engine. */
export interface Words {
  quoted(name: string): string;
  literal(value: Exclude<Cell, null>, type: CellType): string;
  /** Both sides of a comparison of texts, so that it sees every difference. */
  exact(text: string): string;
}

const TYPES: Readonly<Partial<Record<CellType, string>>> = {
  int64: 'bigint',
  decimal: 'decimal(12,2)',
  float64: 'double precision',
  date: 'date',
  instant: 'timestamptz',
};

/** DuckDB and PostgreSQL. */
const standard: Words = {
  quoted: (name) => `"${name.replaceAll('"', '""')}"`,
  literal(value, type) {
    if (type === 'boolean') return String(value);
    const text = `'${textOf(value, type).replaceAll("'", "''")}'`;
    return type === 'string' ? text : `cast(${text} as ${TYPES[type]})`;
  },
  exact: (text) => text,
};

/** MariaDB and MySQL: a backslash escapes, and texts that differ in case or accents are equal. */
const mysql: Words = {
  quoted: (name) => `\`${name.replaceAll('`', '``')}\``,
  literal(value, type) {
    const text = textOf(value, type);
    switch (type) {
      case 'string':
        return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
      case 'boolean':
        return text;
      case 'int64':
        return `cast('${text}' as signed)`;
      case 'decimal':
        return `cast('${text}' as decimal(12,2))`;
      // MySQL 8.0.15 has no cast to double.
      case 'float64':
        return `${text}e0`;
      case 'date':
        return `date '${text}'`;
      // Whatever the session's zone is, as the column that it is compared with.
      case 'instant':
        return `from_unixtime(${Number(value) < 0 ? '-' : ''}${micros(value)})`;
    }
  },
  exact: (text) => `cast(convert(${text} using utf8mb4) as binary)`,
};

const micros = (value: Exclude<Cell, null>): string =>
  String(value)
    .replace('-', '')
    .padStart(7, '0')
    .replace(/(\d{6})$/, '.$1');

export const wordsOf = (engine: string): Words => (engine === 'mysql' || engine === 'mariadb' ? mysql : standard);

export function conditionSql(condition: Condition, columns: readonly ModelColumn[], words: Words): string {
  const inner = (of: Condition): string => conditionSql(of, columns, words);
  switch (condition.is) {
    case 'null':
      return `${words.quoted(columns[condition.column]?.name ?? '')} is ${condition.not ? 'not ' : ''}null`;
    case 'not':
      return `not (${inner(condition.of)})`;
    case 'compare': {
      const { name, type } = columns[condition.column] as ModelColumn;
      const to = condition.to === null ? 'null' : words.literal(condition.to, type);
      const [left, right] = [words.quoted(name), to].map((side) => (type === 'string' ? words.exact(side) : side));
      return `${left} ${condition.by} ${right}`;
    }
    default:
      return `(${inner(condition.left)}) ${condition.is} (${inner(condition.right)})`;
  }
}
