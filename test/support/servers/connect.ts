import mysql from 'mysql2/promise';
import pg from 'pg';

/** Values come as the texts that the server sends, wherever the driver can be told so. */
export interface Connection {
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** A plain connection for what tests prepare and look up themselves; `ca` is the text of a PEM file. */
export function connect(url: string, ca?: string): Promise<Connection> {
  return url.startsWith('mysql:') ? connectMysql(url, ca) : connectPostgres(url, ca);
}

async function connectPostgres(url: string, ca: string | undefined): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    ...(ca !== undefined && { ssl: { ca } }),
    types: { getTypeParser: () => String },
  });
  // A server that is stopped ends idle connections.
  client.on('error', () => {});
  await client.connect();
  return {
    query: async (sql, values) => (await client.query(sql, values as unknown[] | undefined)).rows,
    close: () => client.end(),
  };
}

async function connectMysql(url: string, ca: string | undefined): Promise<Connection> {
  const connection = await mysql.createConnection({
    uri: url,
    ...(ca !== undefined && { ssl: { ca } }),
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    // Inserts of a fuzz are many different statements, and the server keeps no more than 16,382.
    maxPreparedStatements: 50,
  });
  connection.on('error', () => {});
  return {
    async query(sql, values) {
      const [rows] =
        values === undefined ? await connection.query(sql) : await connection.execute(sql, values as string[]);
      return Array.isArray(rows) ? (rows as Readonly<Record<string, unknown>>[]) : [];
    },
    close: () => connection.end(),
  };
}
