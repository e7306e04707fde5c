/** What a change of type is, by what it does to the values of the column. */
export type TypeClass =
  | 'type-widened'
  | 'type-narrowed'
  | 'type-representation-changed'
  | 'type-narrowed-representation'
  | 'type-changed'
  | 'decimal-precision-increased'
  | 'decimal-precision-decreased'
  | 'decimal-scale-increased'
  | 'decimal-scale-decreased'
  | 'decimal-integer-digits-lost'
  | 'string-length-increased'
  | 'string-length-decreased'
  | 'timestamp-precision-increased'
  | 'timestamp-precision-decreased'
  | 'timestamp-timezone-changed';

export interface TypeChange {
  readonly class: TypeClass;
  /** What is lost or risked, exactly. */
  readonly lost?: string;
}
