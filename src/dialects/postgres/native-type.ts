import type { LogicalType } from '../../model/logical-type.ts';

/** A column of the catalog (pg_attribute). */
export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  /** As `format_type` writes it: `character varying(20)`. */
  readonly native: string;
  readonly readable: boolean;
}

/** A type of the catalog (pg_type). */
export interface CatalogType {
  readonly oid: string;
  readonly name: string;
  readonly schema: string;
  /** b base, c composite, d domain, e enum, r range, m multirange, p pseudo. */
  readonly kind: string;
  /** A for arrays. */
  readonly category: string;
  readonly element: string;
  readonly base: string;
  readonly baseNative: string;
  readonly members: readonly { readonly name: string; readonly type: string; readonly native: string }[] | null;
}

const SIMPLE: Readonly<Record<string, LogicalType>> = {
  int2: { name: 'integer', bits: 16 },
  int4: { name: 'integer', bits: 32 },
  int8: { name: 'integer', bits: 64 },
  float4: { name: 'float', bits: 32 },
  float8: { name: 'float', bits: 64 },
  bool: { name: 'boolean' },
  text: { name: 'string' },
  name: { name: 'string', length: 63 },
  bpchar: { name: 'string' },
  varchar: { name: 'string' },
  numeric: { name: 'decimal' },
  date: { name: 'date' },
  uuid: { name: 'uuid' },
  json: { name: 'json' },
  jsonb: { name: 'json' },
  bytea: { name: 'bytes' },
  time: { name: 'time' },
  timestamp: { name: 'timestamp' },
  timestamptz: { name: 'instant' },
};

/** The logical type of a column or member (semantics §3); `native` is the type as `format_type` writes it, with its sizes. */
export function logicalType(oid: string, native: string, types: ReadonlyMap<string, CatalogType>): LogicalType {
  const type = types.get(oid);
  if (!type) return { name: 'native', native };
  if (type.kind === 'd') return logicalType(type.base, type.baseNative, types);
  // citext is an extension, of whichever schema.
  if (type.kind === 'e' || type.name === 'citext') return { name: 'string' };
  if (type.kind === 'c') {
    const members = (type.members ?? []).map((member) => ({
      name: member.name,
      type: logicalType(member.type, member.native, types),
    }));
    return { name: 'struct', members };
  }
  if (type.category === 'A') {
    return { name: 'array', element: logicalType(type.element, native.replace(/(?:\[\])+$/, ''), types) };
  }
  const simple = type.schema === 'pg_catalog' && Object.hasOwn(SIMPLE, type.name) ? SIMPLE[type.name] : undefined;
  return simple ? sized(simple, native) : { name: 'native', native };
}

function sized(type: LogicalType, native: string): LogicalType {
  const [, first, second] = /\((\d+)(?:,(-?\d+))?\)/.exec(native) ?? [];
  switch (type.name) {
    case 'string':
      return first === undefined ? type : { name: 'string', length: Number(first) };
    case 'decimal':
      return first === undefined ? type : decimal(Number(first), Number(second ?? 0));
    case 'time':
    case 'timestamp':
    case 'instant':
      return { name: type.name, precision: Number(first ?? 6) };
    default:
      return type;
  }
}

/** Since PostgreSQL 15 the scale may be below zero, or above the precision. */
function decimal(precision: number, scale: number): LogicalType {
  if (scale < 0) return { name: 'decimal', precision: precision - scale, scale: 0 };
  return { name: 'decimal', precision: Math.max(precision, scale), scale };
}
