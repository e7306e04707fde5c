import { randomBytes } from 'node:crypto';
import type { ServerName } from '../servers/server.ts';
import { administrator } from './administrator.ts';
import { type Counterpart, type Counterparts, translate } from './counterpart.ts';
import { location, quoted, type TestEngine } from './engine.ts';
import { insert } from './insert.ts';

/** `0044-03-15 (BC)` */
const era = (column: string): string => `replace(cast(${column} as varchar), '(BC)', 'BC')`;

const counterparts: Counterparts = (name, args) => {
  switch (name) {
    case 'varchar':
      return { type: args ? `varchar(${args})` : 'text' };
    case 'bigint':
    case 'integer':
    case 'smallint':
    case 'boolean':
    case 'time':
    case 'uuid':
    case 'real':
      return { type: name };
    case 'double':
      return { type: 'double precision' };
    case 'decimal':
      return { type: `numeric(${args || '18,3'})` };
    case 'hugeint':
      return { type: 'numeric(39,0)' };
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return { type: name, text: era };
    case 'blob':
      return { type: 'bytea', text: (column) => `'\\x' || hex(${column})` };
    case 'nested':
      return nested(args);
    default:
      return undefined;
  }
};

/** Structs as composite types, lists as arrays; maps as JSON, for want of a type of their own. */
function nested(type: string): Counterpart {
  const text = (column: string): string => `to_json(${column})`;
  if (/^map\b/i.test(type)) return { type: 'jsonb', text };
  const create: string[] = [];
  const own = composite(type, create);
  const wrapper = `$s.w_${randomBytes(6).toString('hex')}`;
  create.push(`create type ${wrapper} as (v ${own})`);
  const bind = (placeholder: string): string =>
    `(jsonb_populate_record(null::${wrapper}, jsonb_build_object('v', cast(${placeholder} as jsonb)))).v`;
  return { type: own, text, create, bind };
}

function composite(type: string, create: string[]): string {
  const list = /^([\s\S]*)\[\]$/.exec(type.trim());
  if (list) return `${composite(list[1] ?? '', create)}[]`;
  const struct = /^struct\s*\(([\s\S]*)\)$/i.exec(type.trim());
  if (!struct) {
    const [, name = '', args = ''] = /^(\w+)\s*(?:\((.*)\))?$/s.exec(type.trim()) ?? [];
    return counterparts(name.toLowerCase(), args)?.type ?? 'text';
  }
  const members = splitMembers(struct[1] ?? '').map((member) => {
    const [, name = '', of = ''] = /^("(?:[^"]|"")*"|\S+)\s+([\s\S]*)$/.exec(member.trim()) ?? [];
    return `${name.startsWith('"') ? name : quoted(name)} ${composite(of, create)}`;
  });
  const name = `$s.c_${randomBytes(6).toString('hex')}`;
  create.push(`create type ${name} as (${members.join(', ')})`);
  return name;
}

/** Splits at the commas outside brackets and quotes. */
function splitMembers(text: string): readonly string[] {
  return text.match(/(?:"[^"]*"|\((?:[^()]|\([^()]*\))*\)|[^,("])+/g) ?? [];
}

export function postgresEngine(name: ServerName): TestEngine {
  return {
    name,
    excepted: [name, 'postgres'],
    async create(_, tables) {
      const filled = await translate(name, tables, counterparts);
      const { server, connection } = await administrator(name);
      const schema = `spec_${randomBytes(6).toString('hex')}`;
      const drop = async (): Promise<void> => void (await connection.query(`drop schema ${schema} cascade`));
      await connection.query(`create schema ${schema}`);
      try {
        for (const { name: table, columns, rows } of filled) {
          const path = `${schema}.${quoted(table)}`;
          for (const type of columns.flatMap(({ create = [] }) => create)) {
            await connection.query(type.replaceAll('$s', schema));
          }
          const definitions = columns.map((column) => `${quoted(column.name)} ${column.type.replaceAll('$s', schema)}`);
          await connection.query(`create table ${path} (${definitions.join(', ')})`);
          await insert(connection.query, path, rows, (column, value) =>
            (columns[column]?.bind?.(`$${value}`) ?? `$${value}`).replaceAll('$s', schema),
          );
        }
        const reader = new URL(server.reader).username;
        await connection.query(`grant usage on schema ${schema} to ${reader}`);
        await connection.query(`grant select on all tables in schema ${schema} to ${reader}`);
      } catch (error) {
        await drop();
        throw error;
      }
      return {
        surety: `warehouses: { default: { type: postgres, url: "${server.reader}", schema: ${schema} } }\n`,
        location,
        drop,
      };
    },
  };
}
