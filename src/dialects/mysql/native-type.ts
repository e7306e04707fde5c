import type { LogicalType } from '../../model/logical-type.ts';
import { isNested } from '../../sql/nested-type.ts';

/** A column as information_schema.columns describes it. */
export interface CatalogColumn {
  readonly name: string;
  /** The type's name alone: `tinyint`. */
  readonly data: string;
  /** With its sizes: `tinyint(1) unsigned`. */
  readonly native: string;
  /** Of texts. */
  readonly charset: string | null;
  /** Of texts, in characters. */
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  /** Digits of a second. */
  readonly fraction: number | null;
  readonly readable: boolean;
}

const INTEGER_BITS: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 };

const SIMPLE: Readonly<Record<string, LogicalType>> = {
  tinytext: { name: 'string' },
  text: { name: 'string' },
  mediumtext: { name: 'string' },
  longtext: { name: 'string' },
  enum: { name: 'string' },
  set: { name: 'string' },
  binary: { name: 'bytes' },
  varbinary: { name: 'bytes' },
  tinyblob: { name: 'bytes' },
  blob: { name: 'bytes' },
  mediumblob: { name: 'bytes' },
  longblob: { name: 'bytes' },
  float: { name: 'float', bits: 32 },
  double: { name: 'float', bits: 64 },
  year: { name: 'integer', bits: 16 },
  date: { name: 'date' },
  uuid: { name: 'uuid' },
};

/** The logical type of a column; where one native type stands for several, the declared one decides (semantics §3). */
export function logicalType(column: CatalogColumn, declared: LogicalType | undefined, hasJson: boolean): LogicalType {
  const { data, native } = column;
  const bits = Object.hasOwn(INTEGER_BITS, data) ? INTEGER_BITS[data] : undefined;
  if (bits !== undefined) return isBoolean(native, declared) ? { name: 'boolean' } : integer(bits, native);
  // MariaDB's JSON is a longtext, whose check on its form the catalog shows to nobody who can only read.
  if (data === (hasJson ? 'json' : 'longtext')) return json(declared, hasJson);
  if (Object.hasOwn(SIMPLE, data)) return SIMPLE[data] as LogicalType;
  const fraction = column.fraction === null ? {} : { precision: column.fraction };
  switch (data) {
    case 'char':
    case 'varchar':
      if (native === 'char(36)' && declared?.name === 'uuid') return { name: 'uuid' };
      return column.length === null ? { name: 'string' } : { name: 'string', length: column.length };
    case 'decimal':
      return { name: 'decimal', precision: column.precision ?? 10, scale: column.scale ?? 0 };
    case 'bit':
      return native === 'bit(1)' ? { name: 'boolean' } : { name: 'native', native };
    case 'time':
      return { name: 'time', ...fraction };
    case 'datetime':
      return { name: 'timestamp', ...fraction };
    case 'timestamp':
      return { name: 'instant', ...fraction };
    default:
      return { name: 'native', native };
  }
}

/** `boolean` is another name of tinyint(1); unsigned ones only by the contract. */
function isBoolean(native: string, declared: LogicalType | undefined): boolean {
  if (native === 'tinyint(1)') return declared?.name !== 'integer';
  return native === 'tinyint(1) unsigned' && declared?.name === 'boolean';
}

/** An unsigned integer needs the next wider signed one; of 64 bits there is none. */
function integer(bits: number, native: string): LogicalType {
  const needed = native.includes('unsigned') ? bits + 1 : bits;
  if (needed > 64) return { name: 'decimal', precision: 20, scale: 0 };
  return { name: 'integer', bits: needed <= 8 ? 8 : needed <= 16 ? 16 : needed <= 32 ? 32 : 64 };
}

function json(declared: LogicalType | undefined, hasJson: boolean): LogicalType {
  if (declared && (isNested(declared) || declared.name === 'json')) return declared;
  return declared?.name === 'string' || !hasJson ? { name: 'string' } : { name: 'json' };
}
