import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { utf8, wholly } from './text.ts';
import type { Words } from './words.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Digits that are divided at a time, behind the rest of those before: a decimal has at most 65. */
const PIECE = 40;

/** ISO 13616: the first four characters behind the rest, letters as 10 to 35, modulo 97 is 1. False for what is no IBAN at all. */
export function ibanChecks(text: Sql, words: Words): Sql {
  const plain = sql`upper(${utf8(text)})`;
  const moved = sql`concat(substr(${plain}, 5), left(${plain}, 4))`;
  const digits = LETTERS.reduce(
    (inner, letter, index) => sql`replace(${inner}, ${sql.lit(letter)}, ${sql.lit(String(index + 10))})`,
    moved,
  );
  const rest = [0, 1].reduce((before: Sql, piece): Sql => {
    const part = sql`substr(${digits}, ${sql.lit(piece * PIECE + 1)}, ${sql.lit(PIECE)})`;
    return sql`mod(cast(concat(${before}, ${part}) as decimal(${sql.lit(PIECE + 2)}, 0)), 97)`;
  }, sql`''`);
  // At most 40 characters are at most 80 digits.
  return sql`(case when ${words.matches(text, wholly('[A-Za-z0-9]{5,40}'))} then ${rest} = 1 else false end)`;
}
