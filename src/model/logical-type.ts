/** A column's type as every engine and every reader understands it. Absent sizes mean "any size". */
export type LogicalType =
  | { readonly name: 'string'; readonly length?: number }
  | { readonly name: 'integer'; readonly bits?: 8 | 16 | 32 | 64 }
  | { readonly name: 'decimal'; readonly precision?: number; readonly scale?: number }
  | { readonly name: 'float'; readonly bits?: 32 | 64 }
  | { readonly name: 'boolean' | 'date' | 'uuid' | 'json' | 'bytes' }
  | { readonly name: 'time' | 'timestamp' | 'instant'; readonly precision?: number }
  | { readonly name: 'struct'; readonly members?: readonly StructMember[] }
  | { readonly name: 'array'; readonly element: LogicalType }
  | { readonly name: 'map'; readonly key: LogicalType; readonly value: LogicalType }
  | { readonly name: 'native'; readonly native: string };

/** A member of a struct as the catalog describes it; contracts name members by path instead. */
export interface StructMember {
  readonly name: string;
  readonly type: LogicalType;
}
