/** What a role could do, by the lines of `show grants`. */
export interface Rights {
  /** To the machine of the server, in words. */
  readonly dangerous: readonly string[];
  /** Beyond reading, in words; the dangerous ones not among them. */
  readonly others: readonly string[];
}

const DANGEROUS: Readonly<Record<string, string>> = {
  FILE: 'read and write files of the server',
  SUPER: 'change settings of the server',
  SYSTEM_VARIABLES_ADMIN: 'change settings of the server',
  PERSIST_RO_VARIABLES_ADMIN: 'change settings of the server',
};

const READING: ReadonlySet<string> = new Set([
  'USAGE',
  'SELECT',
  'SHOW VIEW',
  'SHOW DATABASES',
  'SHOW CREATE ROUTINE',
  'SHOW_ROUTINE',
  'LOCK TABLES',
  'PROCESS',
  'REFERENCES',
  'REPLICATION CLIENT',
  'BINLOG MONITOR',
  'SLAVE MONITOR',
  'REPLICA MONITOR',
]);

const OTHERS: Readonly<Record<string, string>> = {
  INSERT: 'change rows',
  UPDATE: 'change rows',
  DELETE: 'change rows',
  'DELETE HISTORY': 'change rows',
  CREATE: 'create or drop tables',
  DROP: 'create or drop tables',
  ALTER: 'create or drop tables',
  INDEX: 'create or drop tables',
  TRIGGER: 'create or drop tables',
  'CREATE VIEW': 'create or drop tables',
  'CREATE TEMPORARY TABLES': 'create temporary tables',
  'CREATE TABLESPACE': 'create or drop tables',
  EXECUTE: 'run procedures',
  'CREATE ROUTINE': 'create procedures',
  'ALTER ROUTINE': 'create procedures',
  EVENT: 'create procedures',
  'CREATE USER': 'create users',
  'CREATE ROLE': 'create users',
  'DROP ROLE': 'create users',
  'GRANT OPTION': 'pass its rights on',
  PROXY: 'act as another user',
};

/** The lines hold hashes of passwords in MariaDB: nothing of them may be shown. */
export function readGrants(lines: readonly string[]): Rights {
  const dangerous = new Set<string>();
  const others = new Set<string>();
  for (const line of lines) {
    // Names may hold anything.
    const plain = line.replace(/`(?:[^`]|``)*`|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"/gs, 'x');
    const [, list = '', on = ''] = /^GRANT (.+?) ON (.+?) TO /.exec(plain) ?? [];
    const rights = list
      .replace(/\([^)]*\)/g, '')
      .split(',')
      .map((right) => right.trim());
    if (/ WITH (?:.* )?GRANT OPTION/.test(plain)) rights.push('GRANT OPTION');
    for (const right of rights.filter((each) => each !== '' && !READING.has(each))) {
      if (/^ALL(?: PRIVILEGES)?$/.test(right)) {
        if (on === '*.*') dangerous.add('do everything');
        else others.add('change rows').add('create or drop tables');
      } else if (DANGEROUS[right] !== undefined) dangerous.add(DANGEROUS[right]);
      else others.add(OTHERS[right] ?? 'administer the server');
    }
  }
  return { dangerous: [...dangerous], others: [...others] };
}
