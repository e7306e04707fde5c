import { randomBytes } from 'node:crypto';
import type { ServerName } from '../servers/server.ts';
import { administrator } from './administrator.ts';
import { type Counterparts, type FilledTable, translate } from './counterpart.ts';
import { location, type TestEngine } from './engine.ts';
import { insert } from './insert.ts';

const backquoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** As many letters as a key may have. */
const SHORT = 500;

const counterpartsOf =
  (name: ServerName): Counterparts =>
  (type, args) => {
    switch (type) {
      case 'varchar':
        return { type: `varchar(${args || SHORT})` };
      case 'bigint':
      case 'integer':
      case 'smallint':
      case 'tinyint':
      case 'date':
      case 'double':
        return { type };
      case 'real':
        return { type: 'float' };
      case 'boolean':
        return { type: 'tinyint(1)', text: (column) => `cast(${column} as integer)` };
      case 'decimal':
        return { type: `decimal(${args || '18,3'})` };
      case 'hugeint':
        return { type: 'decimal(39,0)' };
      case 'time':
        return { type: 'time(6)' };
      case 'timestamp':
        return { type: 'datetime(6)' };
      case 'timestamptz':
        return { type: 'timestamp(6) null', text: (column) => `replace(cast(${column} as varchar), '+00', '')` };
      case 'uuid':
        return { type: name === 'mariadb' ? 'uuid' : 'char(36)' };
      case 'blob':
        return { type: 'longblob', text: (column) => `hex(${column})` };
      case 'nested':
        return { type: 'json', text: (column) => `to_json(${column})` };
      default:
        return undefined;
    }
  };

export function mysqlEngine(name: ServerName): TestEngine {
  return {
    name,
    excepted: [name],
    async create(_, tables) {
      const filled = await translate(name, tables, counterpartsOf(name));
      const { server, connection } = await administrator(name);
      // An underscore is a wildcard in a grant.
      const database = `spec${randomBytes(6).toString('hex')}`;
      const reader = new URL(server.reader);
      reader.pathname = `/${database}`;
      const to = `'${reader.username}'@'%'`;
      const drop = async (): Promise<void> => void (await connection.query(`drop database ${database}`));
      await connection.query(`create database ${database}`);
      try {
        for (const table of filled) await createTable(table);
        await connection.query(`grant select on ${database}.* to ${to}`);
      } catch (error) {
        await drop();
        throw error;
      }
      return {
        surety: `warehouses: { default: { type: mysql, url: "${reader.href}" } }\n`,
        location,
        async drop() {
          // It outlives the database.
          await connection.query(`revoke select on ${database}.* from ${to}`);
          await drop();
        },
      };

      async function createTable({ name: table, columns, rows }: FilledTable): Promise<void> {
        const path = `${database}.${backquoted(table)}`;
        const types = columns.map(({ type }, at) => (isLong(type, rows, at) ? 'longtext' : type));
        const definitions = columns.map((column, at) => `${backquoted(column.name)} ${types[at]}`);
        await connection.query(`create table ${path} (${definitions.join(', ')})`);
        await insert(connection.query, path, rows, (column) => (types[column] === 'longblob' ? 'unhex(?)' : '?'));
      }
    },
  };
}

function isLong(type: string, rows: FilledTable['rows'], at: number): boolean {
  return type === `varchar(${SHORT})` && rows.some((row) => [...(row[at] ?? '')].length > SHORT);
}
