import type { RunningServer } from './server.ts';

/** A statement as a server wrote it into its log. */
export interface Sent {
  /** `execute`: by the protocol that takes exactly one statement; `query`: as plain text. */
  readonly how: 'execute' | 'query';
  readonly sql: string;
}

/** What a user has sent, from the log of a server. */
export function sentBy(server: RunningServer, log: string, user: string): readonly Sent[] {
  return server.url.startsWith('mysql:') ? sentToMysql(log, user) : sentToPostgres(log, user);
}

function sentToPostgres(log: string, user: string): readonly Sent[] {
  return log
    .split(/\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/)
    .filter((entry) => entry.includes(`] ${user}@`))
    .flatMap((entry) => {
      const [, how, sql] = /LOG:\s+(statement|execute [^:]*): ([\s\S]*)/.exec(entry) ?? [];
      return sql === undefined ? [] : [{ how: how === 'statement' ? ('query' as const) : ('execute' as const), sql }];
    });
}

/** The general log names the user only where the connection begins. */
function sentToMysql(log: string, user: string): readonly Sent[] {
  const own = new Set<string>();
  const sent: Sent[] = [];
  for (const entry of log.split(/\n(?=\d{4}-\d\d-\d\dT|\t\t|\d{6} )/)) {
    const [, id = '', command = '', argument = ''] = /(\d+) (Connect|Query|Execute)\t([\s\S]*)/.exec(entry) ?? [];
    if (command === 'Connect') {
      if (argument.startsWith(`${user}@`)) own.add(id);
      else own.delete(id);
    } else if (own.has(id)) sent.push({ how: command === 'Query' ? 'query' : 'execute', sql: argument.trim() });
  }
  return sent;
}
