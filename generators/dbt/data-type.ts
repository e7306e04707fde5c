import type { Column } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Field } from '../../src/sql/shape.ts';
import type { Engine } from '../generator.ts';
import { quoteFor } from './identifier.ts';

type Names = Readonly<Record<'string' | 'json' | 'bytes' | 'uuid' | 'timestamp' | 'instant' | 'time', string>>;

const NAMES: Readonly<Record<Exclude<Engine, 'files'>, Names>> = {
  postgres: {
    string: 'text',
    json: 'jsonb',
    bytes: 'bytea',
    uuid: 'uuid',
    timestamp: 'timestamp',
    instant: 'timestamptz',
    time: 'time',
  },
  mysql: {
    string: 'text',
    json: 'json',
    bytes: 'longblob',
    uuid: 'char(36)',
    timestamp: 'datetime(6)',
    instant: 'timestamp(6)',
    time: 'time(6)',
  },
  duckdb: {
    string: 'varchar',
    json: 'json',
    bytes: 'blob',
    uuid: 'uuid',
    timestamp: 'timestamp',
    instant: 'timestamptz',
    time: 'time',
  },
};

function namesOf(engine: Engine): Names {
  return NAMES[engine === 'files' ? 'duckdb' : engine];
}

/** The type of a column as its engine writes it; undefined where the contract leaves it open. */
export function dataType({ shape, type }: Field<Column>, engine: Engine): string | undefined {
  const names = namesOf(engine);
  if (shape.kind === 'value') return valueType(type, engine);
  if (engine === 'mysql') return names.json;
  if (engine === 'postgres') {
    const element =
      shape.kind === 'array' && shape.element.shape.kind === 'value'
        ? valueType(shape.element.type, engine)
        : undefined;
    return element === undefined ? names.json : `${element}[]`;
  }
  if (shape.kind === 'array') return suffixed(dataType(shape.element, engine), '[]');
  if (shape.kind === 'map') {
    const [key, value] = [valueType(shape.key, engine), dataType(shape.value, engine)];
    return key === undefined || value === undefined ? undefined : `map(${key}, ${value})`;
  }
  if (type.name === 'json') return names.json;
  if (shape.fields.length === 0) return undefined;
  const members = shape.fields.map((field) => {
    const inner = dataType(field, engine);
    return inner === undefined ? undefined : `${quoteFor(engine)(field.name)} ${inner}`;
  });
  return members.includes(undefined) ? undefined : `struct(${members.join(', ')})`;
}

function suffixed(text: string | undefined, suffix: string): string | undefined {
  return text === undefined ? undefined : `${text}${suffix}`;
}

function valueType(type: LogicalType, engine: Engine): string | undefined {
  const names = namesOf(engine);
  switch (type.name) {
    case 'string':
      return type.length === undefined ? names.string : `varchar(${type.length})`;
    case 'integer':
      return integerType(type.bits, engine);
    case 'decimal':
      return decimalType(type, engine);
    case 'float':
      if (engine === 'postgres') return type.bits === 32 ? 'real' : 'double precision';
      return type.bits === 32 ? 'float' : 'double';
    case 'boolean':
    case 'date':
      return type.name;
    case 'time':
    case 'timestamp':
    case 'instant':
      return type.precision === undefined || engine === 'duckdb' || engine === 'files'
        ? names[type.name]
        : `${names[type.name].replace('(6)', '')}(${type.precision})`;
    case 'uuid':
    case 'json':
    case 'bytes':
      return names[type.name];
    case 'native':
      return type.native;
    default:
      return undefined;
  }
}

/** A family without a size is given the widest type that engines have for it. */
function integerType(bits: 8 | 16 | 32 | 64 | undefined, engine: Engine): string {
  if (bits === 8) return engine === 'postgres' ? 'smallint' : 'tinyint';
  if (bits === 16) return 'smallint';
  if (bits === 32) return engine === 'mysql' ? 'int' : 'integer';
  return 'bigint';
}

function decimalType({ precision, scale }: Extract<LogicalType, { name: 'decimal' }>, engine: Engine): string {
  const name = engine === 'postgres' ? 'numeric' : 'decimal';
  if (precision !== undefined) return `${name}(${precision},${scale ?? 0})`;
  return engine === 'postgres' ? name : engine === 'mysql' ? 'decimal(65,30)' : 'decimal(38,9)';
}
