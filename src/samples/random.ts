import { createHash } from 'node:crypto';

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `limit - 1`; `limit` is at most 2^32. */
  below(limit: number): number;
  /** The same without a limit on the limit. */
  big(limit: bigint): bigint;
  /** True in one of `count` cases. */
  oneIn(count: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** The numbers of one row, and of one attempt at it. */
export type RandomOf = (row: number, attempt: number) => Random;

/** Rounds after which the start of sfc32 is mixed (its author's number). */
const WARM_UP = 12;
/** Numbers up to here need no big arithmetic. */
const SMALL = 2n ** 32n;

/**
 * Numbers of a column: sfc32, whose state is the SHA-256 of seed, contract, table and column, mixed with row and attempt. What another
 * column, table or row takes changes nothing here.
 */
export function randomOf(...names: readonly string[]): RandomOf {
  const digest = createHash('sha256').update(names.join('\0')).digest();
  const [first = 0, second = 0, third = 0, fourth = 0] = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at));
  return (row, attempt) => {
    const next = sfc32(first ^ row, second, third ^ attempt, fourth);
    for (let round = 0; round < WARM_UP; round += 1) next();
    const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
    return {
      below,
      big(limit) {
        // 64 bits more than the limit has make all its numbers as good as equally likely.
        if (limit > 1n && limit <= SMALL) {
          const most = Number(limit);
          return BigInt(rest(rest(rest(0, next(), most), next(), most), next(), most));
        }
        let bits = 0n;
        for (let range = 1n; range < limit << 64n; range <<= 32n) bits = (bits << 32n) | BigInt(next());
        return bits % limit;
      },
      oneIn: (count) => below(count) === 0,
      pick: (items) => items[below(items.length)] as (typeof items)[number],
    };
  };
}

/** `(high * 2^32 + low) % limit` for whole numbers, in two steps that stay exact. */
function rest(high: number, low: number, limit: number): number {
  const upper = (high * 2 ** 16 + (low >>> 16)) % limit;
  return (upper * 2 ** 16 + (low & 0xffff)) % limit;
}

/** Chris Doty-Humphrey's small fast counter, of 32 bits. */
function sfc32(one: number, two: number, three: number, count: number): () => number {
  let [a, b, c, counter] = [one | 0, two | 0, three | 0, count | 0];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
}
