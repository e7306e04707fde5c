// What a team would have without Surety: its own SQL, sent by a short script. Plain JavaScript, so that nothing is compiled
// when it starts. Prints what the statements gave, and how many columns have the types that were expected.
// node hand-written.mjs JOB.json
import { readFileSync } from 'node:fs';

const OPEN = {
  async duckdb({ url }) {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(url, url === ':memory:' ? {} : { access_mode: 'READ_ONLY' });
    return async () => {
      const connection = await instance.connect();
      return {
        query: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
        close: async () => connection.closeSync(),
      };
    };
  },
  async postgres({ url }) {
    const { default: pg } = await import('pg');
    return async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return { query: async (sql) => (await client.query(sql)).rows, close: () => client.end() };
    };
  },
  async mysql({ url }) {
    const { default: mysql } = await import('mysql2/promise');
    return async () => {
      const connection = await mysql.createConnection({ uri: url });
      await connection.query("set time_zone = '+00:00'");
      return { query: async (sql) => (await connection.query(sql))[0], close: () => connection.end() };
    };
  },
};

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const open = await OPEN[job.address.driver](job.address);
const first = await open();
let types = 0;
for (const sql of job.catalog) {
  for (const { table_name: table, column_name: column, column_type: type } of await first.query(sql)) {
    if (job.types[`${table}.${column}`] === type) types += 1;
  }
}
const values = {};
const queue = [...job.tables];
const work = async (connection) => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    values[next.table] = {};
    for (const sql of next.statements) Object.assign(values[next.table], (await connection.query(sql))[0]);
  }
  await connection.close();
};
const more = Array.from({ length: Math.min(job.connections, job.tables.length) - 1 }, async () => work(await open()));
await Promise.all([work(first), ...more]);
console.log(JSON.stringify({ types, values }));
