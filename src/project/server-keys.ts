import { didYouMean } from '../contract/did-you-mean.ts';
import { bareWord } from '../util/nearest.ts';

/** Engines that a warehouse may be of. */
export const ENGINES = ['duckdb', 'postgres', 'mysql'] as const;

/** Keys of a warehouse that together say what `url` says. */
export const PARTS = ['host', 'port', 'database', 'user', 'password'] as const;
export type Part = (typeof PARTS)[number];

/** The ways to say where a warehouse is: each stands alone. */
export const PLACES: readonly (readonly ('url' | 'root' | Part)[])[] = [['url'], PARTS, ['root']];

export const TLS_FILES = ['ca', 'cert', 'key'] as const;
export type TlsText = (typeof TLS_FILES)[number] | 'serverName';

/** What people write for an engine's name. */
const SYNONYMS: Readonly<Record<string, (typeof ENGINES)[number]>> = {
  postgresql: 'postgres',
  postgre: 'postgres',
  pgsql: 'postgres',
  psql: 'postgres',
  pg: 'postgres',
  maria: 'mysql',
  duck: 'duckdb',
};

/** The remedy for a `type` that is no engine's. */
export function engineHint(type: string): string {
  const word = bareWord(type);
  if (word === 'mariadb') return 'write mysql, which is MariaDB too';
  const synonym = Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : undefined;
  return synonym === undefined
    ? didYouMean(type, ENGINES, `types are ${ENGINES.join(', ')}`)
    : `did you mean "${synonym}"?`;
}
