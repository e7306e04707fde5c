import type { Random } from './random.ts';

const WORDS =
  'amber birch cedar delta ember fjord grove harbor indigo juniper kelp lagoon maple nectar onyx pebble quartz river sable tundra umber violet willow xenon yarrow zephyr alder basil clover dune elm fern garnet hazel iris jade';
const LIST = WORDS.split(' ');

/** A word of a short list. */
export function word(random: Random): string {
  return random.pick(LIST);
}

/** So many small letters. */
export function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(0x61 + random.below(26))).join('');
}
