import type { FieldPacket } from 'mysql2';
import type { LogicalType } from '../../model/logical-type.ts';
import type { Row } from '../../model/value.ts';
import type { RequestedColumn, SourceColumn } from '../../sql/dialect.ts';
import { isNested } from '../../sql/nested-type.ts';
import { columnOf } from './column.ts';
import type { CatalogColumn } from './native-type.ts';
import type { Words } from './words.ts';

/** What the protocol says of a column of a result (MySQL's manual of the source, `Column Definition`). */
interface Description {
  /** `field_types.h` */
  readonly type: number;
  /** Of texts in bytes, of numbers in characters. */
  readonly length: number;
  readonly decimals: number;
  readonly unsigned: boolean;
  readonly binary: boolean;
}

const UNSIGNED = 32;
/** The character set of what is no text. */
const BINARY = 63;
/** Bytes of a character in `utf8mb4`, in which results arrive. */
const WIDEST = 4;
/** Characters of the longest `varchar`. */
const LONGEST = 16_383;
/** More digits of a second stand for a number that is not fixed. */
const MOST_FRACTION = 6;

const NUMBERS: Readonly<Record<number, string>> = {
  1: 'tinyint',
  2: 'smallint',
  3: 'int',
  8: 'bigint',
  9: 'mediumint',
};
const TIMES: Readonly<Record<number, string>> = { 7: 'timestamp', 11: 'time', 12: 'datetime' };
const OTHERS: Readonly<Record<number, string>> = { 4: 'float', 5: 'double', 10: 'date', 13: 'year', 245: 'json' };
const DECIMALS: ReadonlySet<number> = new Set([0, 246]);
const BIT = 16;
const TEXTS: ReadonlySet<number> = new Set([15, 249, 250, 251, 252, 253, 254]);

export function descriptionOf(fields: readonly FieldPacket[]): readonly Row[] {
  return fields.map(({ columnType = -1, columnLength = 0, decimals, flags, characterSet = BINARY }) => ({
    type: columnType,
    length: columnLength,
    decimals,
    unsigned: (Number(flags) & UNSIGNED) !== 0,
    binary: characterSet === BINARY,
  }));
}

/** Reads a row of `descriptionOf`. */
export function describedColumn(described: Row, declared: RequestedColumn, words: Words): SourceColumn {
  const description: Description = {
    type: Number(described['type']),
    length: Number(described['length']),
    decimals: Number(described['decimals']),
    unsigned: described['unsigned'] === true,
    binary: described['binary'] === true,
  };
  return columnOf(catalogColumn(description, declared, words.hasJson), { columns: [declared] }, words);
}

/** The same as the catalog would describe a column. */
function catalogColumn(of: Description, { name, type: wanted }: RequestedColumn, hasJson: boolean): CatalogColumn {
  const none = { name, charset: null, length: null, precision: null, scale: null, fraction: null, readable: true };
  const plain = (data: string, native = data): CatalogColumn => ({ ...none, data, native });
  const number = NUMBERS[of.type];
  if (number !== undefined) {
    // Comparisons give 0 and 1, as numbers of any size.
    if (wanted.name === 'boolean' || (of.type === 1 && of.length === 1)) return plain('tinyint', 'tinyint(1)');
    return plain(number, of.unsigned ? `${number} unsigned` : number);
  }
  if (DECIMALS.has(of.type)) {
    const scale = of.decimals;
    const precision = of.length - (scale > 0 ? 1 : 0) - (of.unsigned ? 0 : 1);
    return { ...plain('decimal', `decimal(${precision},${scale})`), precision, scale };
  }
  const time = TIMES[of.type];
  if (time !== undefined) {
    const fraction = Math.min(of.decimals, MOST_FRACTION);
    return { ...plain(time, fraction > 0 ? `${time}(${fraction})` : time), fraction };
  }
  if (TEXTS.has(of.type)) return of.binary ? plain('varbinary') : textColumn(of.length, wanted, hasJson, plain);
  if (of.type === BIT) return plain('bit', `bit(${of.length})`);
  return plain(OTHERS[of.type] ?? `type ${of.type}`);
}

function textColumn(
  bytes: number,
  wanted: LogicalType,
  hasJson: boolean,
  plain: (data: string, native?: string) => CatalogColumn,
): CatalogColumn {
  const length = Math.floor(bytes / WIDEST);
  // MariaDB's JSON is a text of any length, from whichever function.
  const isJson = !hasJson && (wanted.name === 'json' || isNested(wanted));
  if (isJson || length > LONGEST) return plain('longtext');
  if (length === 36 && wanted.name === 'uuid') return plain('char', 'char(36)');
  return { ...plain('varchar', `varchar(${length})`), length };
}
