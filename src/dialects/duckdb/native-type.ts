import type { LogicalType, StructMember } from '../../model/logical-type.ts';

const SIMPLE: Readonly<Record<string, LogicalType>> = {
  VARCHAR: { name: 'string' },
  TINYINT: { name: 'integer', bits: 8 },
  SMALLINT: { name: 'integer', bits: 16 },
  INTEGER: { name: 'integer', bits: 32 },
  BIGINT: { name: 'integer', bits: 64 },
  UTINYINT: { name: 'integer', bits: 16 },
  USMALLINT: { name: 'integer', bits: 32 },
  UINTEGER: { name: 'integer', bits: 64 },
  UBIGINT: { name: 'decimal', precision: 20, scale: 0 },
  HUGEINT: { name: 'decimal', precision: 39, scale: 0 },
  UHUGEINT: { name: 'decimal', precision: 39, scale: 0 },
  FLOAT: { name: 'float', bits: 32 },
  DOUBLE: { name: 'float', bits: 64 },
  BOOLEAN: { name: 'boolean' },
  DATE: { name: 'date' },
  TIME: { name: 'time', precision: 6 },
  TIME_NS: { name: 'time', precision: 9 },
  TIMESTAMP: { name: 'timestamp', precision: 6 },
  TIMESTAMP_S: { name: 'timestamp', precision: 0 },
  TIMESTAMP_MS: { name: 'timestamp', precision: 3 },
  TIMESTAMP_NS: { name: 'timestamp', precision: 9 },
  'TIMESTAMP WITH TIME ZONE': { name: 'instant', precision: 6 },
  UUID: { name: 'uuid' },
  JSON: { name: 'json' },
  BLOB: { name: 'bytes' },
};

/** The logical type of a DuckDB type as its catalog writes it (semantics §3). */
export function logicalType(native: string): LogicalType {
  const list = /^(.*)\[\d*\]$/su.exec(native);
  if (list) return { name: 'array', element: logicalType(list[1] ?? '') };
  const simple = Object.hasOwn(SIMPLE, native) ? SIMPLE[native] : undefined;
  if (simple) return simple;
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/u.exec(native);
  if (decimal) return { name: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  if (native.startsWith('ENUM(')) return { name: 'string' };
  if (native.startsWith('STRUCT(')) return { name: 'struct', members: split(inside(native)).map(member) };
  if (native.startsWith('MAP(')) {
    const [key = '', value = ''] = split(inside(native));
    return { name: 'map', key: logicalType(key), value: logicalType(value) };
  }
  return { name: 'native', native: native.toLowerCase() };
}

function inside(native: string): string {
  return native.slice(native.indexOf('(') + 1, -1);
}

function member(text: string): StructMember {
  const quoted = /^"((?:[^"]|"")*)"\s+(.*)$/su.exec(text);
  if (quoted) return { name: (quoted[1] ?? '').replaceAll('""', '"'), type: logicalType(quoted[2] ?? '') };
  const space = text.indexOf(' ');
  return { name: text.slice(0, space), type: logicalType(text.slice(space + 1)) };
}

/** Splits at commas that stand outside brackets and quotes. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const at = text[i] ?? '';
    if (quote !== '') {
      if (at === quote) quote = '';
    } else if (at === '"' || at === "'") quote = at;
    else if (at === '(') depth++;
    else if (at === ')') depth--;
    else if (at === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}

/** The declared type with the sizes that DuckDB keeps it in. */
export function storedType(type: LogicalType): LogicalType {
  if (type.name !== 'decimal') return type;
  const { precision, scale = precision === undefined ? 10 : 0 } = type;
  return { name: 'decimal', precision: Math.min(precision ?? 38, 38), scale: Math.min(scale, 38) };
}

/** DuckDB's type for a declared one; undefined where values stay text. */
export function nativeType(type: LogicalType): string | undefined {
  switch (type.name) {
    case 'integer':
      return { 8: 'tinyint', 16: 'smallint', 32: 'integer', 64: 'bigint', 0: 'hugeint' }[type.bits ?? 0];
    case 'decimal': {
      const { precision, scale } = storedType(type) as Extract<LogicalType, { name: 'decimal' }>;
      return `decimal(${precision}, ${scale})`;
    }
    case 'float':
      return type.bits === 32 ? 'float' : 'double';
    case 'boolean':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'uuid':
    case 'json':
      return type.name;
    case 'instant':
      return 'timestamptz';
    case 'bytes':
      return 'blob';
    default:
      return undefined;
  }
}
