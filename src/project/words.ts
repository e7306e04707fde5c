import { FOREIGN_WORDS } from '../contract/words.ts';

/** Words of connection strings and of other tools' profiles. */
const FOREIGN: Readonly<Record<string, string>> = {
  host: 'hostname server address endpoint',
  user: 'username login role uid',
  password: 'pass passwd pwd',
  database: 'dbname db catalog',
  tls: 'ssl sslmode encryption encrypt',
  ca: 'sslrootcert rootcert cafile',
  cert: 'sslcert certificate certfile',
  key: 'sslkey keyfile privateKey',
  serverName: 'servername sni',
  url: 'uri dsn connectionString jdbcUrl',
};

/** Foreign word → our key of surety.yaml, for the hint on an unknown key. */
export const PROJECT_WORDS: Readonly<Record<string, string>> = {
  ...FOREIGN_WORDS,
  ...Object.fromEntries(
    Object.entries(FOREIGN).flatMap(([ours, theirs]) => theirs.split(' ').map((word) => [word, ours])),
  ),
};
