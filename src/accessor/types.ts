/** Marks a text as one that was checked to be of a kind, so that no other text is taken for it. */
declare const brand: unique symbol;

export type Branded<Value, Name extends string> = Value & { readonly [brand]: Readonly<Record<Name, true>> };

/** Exact decimal number as text: `-12.50`. With a declared scale it has exactly so many fraction digits, else no trailing zeros. */
export type Decimal = Branded<string, 'decimal'>;
/** Point in time: ISO 8601 in UTC with six digits, `2026-03-29T02:30:00.123456Z`; on PostgreSQL and DuckDB also `infinity`, `-infinity`. */
export type Instant = Branded<string, 'instant'>;
/** Local date and time without a zone: `2026-03-29T02:30:00.123456`; on PostgreSQL and DuckDB also `infinity`, `-infinity`. */
export type Timestamp = Branded<string, 'timestamp'>;
/** Day of the calendar: `2026-03-29`, years 0001 to 9999; on PostgreSQL and DuckDB also `infinity`, `-infinity`. */
export type LocalDate = Branded<string, 'date'>;
/** Time of day: `02:30:00.123456`. */
export type LocalTime = Branded<string, 'time'>;
/** Lower case, 8-4-4-4-12 hexadecimal digits. */
export type Uuid = Branded<string, 'uuid'>;
/** An amount in a currency (ISO 4217): amounts of two currencies are two types. */
export type Money<Currency extends string, Value = Decimal> = Branded<Value, `money:${Currency}`>;
