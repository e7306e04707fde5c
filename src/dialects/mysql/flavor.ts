import type { SqlDialect } from '../../sql/dialect.ts';
import { mysqlDialect } from './expressions.ts';
import { MARIADB, MYSQL, type Words } from './words.ts';

/** What tells the two servers apart, as far as we have to know. */
export interface Flavor {
  readonly name: 'MySQL' | 'MariaDB';
  /** The first version that has what checks need: window functions, JSON_TABLE, regular expressions by code point. */
  readonly oldest: readonly [major: number, minor: number];
  readonly words: Words;
  readonly sql: SqlDialect;
  /** Its own default of `sql_mode`, without what makes a warning of every division by zero and an error of every zero date that is grouped. */
  readonly mode: string;
  /** Settings that the other one does not have. */
  readonly settings: readonly string[];
  /** Whether what one statement warns of is told of the next one too. */
  readonly keepsWarnings: boolean;
  /** The setting that ends a statement after so many milliseconds. */
  timeout(milliseconds: number): string;
}

const FLAVORS: readonly Flavor[] = [
  {
    name: 'MariaDB',
    oldest: [10, 6],
    words: MARIADB,
    sql: mysqlDialect(MARIADB),
    mode: 'STRICT_TRANS_TABLES,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION',
    settings: [`default_regex_flags = ''`],
    keepsWarnings: true,
    timeout: (milliseconds) => `max_statement_time = ${milliseconds / 1000}`,
  },
  {
    name: 'MySQL',
    oldest: [8, 0],
    words: MYSQL,
    sql: mysqlDialect(MYSQL),
    mode: 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
    settings: [],
    keepsWarnings: false,
    timeout: (milliseconds) => `max_execution_time = ${milliseconds}`,
  },
];

/** Which of the two says this of itself (`version()`). */
export function flavorOf(version: string): Flavor {
  const [mariadb, mysql] = FLAVORS as [Flavor, Flavor];
  return /mariadb/i.test(version) ? mariadb : mysql;
}
