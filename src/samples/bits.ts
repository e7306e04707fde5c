import type { Random } from './random.ts';
import type { Source } from './source.ts';

const HEX = '0123456789abcdef';

/** Random UUIDs of version 4. */
export const uuidSource: Source = { any: (random) => uuid(random) };

export function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => HEX[random.below(16)] ?? '0');
  digits[12] = '4';
  digits[16] = HEX[8 + random.below(4)] ?? '8';
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A few bytes that are letters, so that text files can hold them too. */
export const bytesSource: Source = {
  any: (random) => Uint8Array.from({ length: 4 + random.below(13) }, () => 0x61 + random.below(26)),
};

/** Small objects. */
export const jsonSource: Source = {
  any: (random) => ({ id: random.below(1000), tags: ['a', 'b', 'c'].slice(0, random.below(4)) }),
};
