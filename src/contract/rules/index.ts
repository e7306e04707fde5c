import type { Rule } from './rule.ts';

/** Every rule on contracts; a new one is one file and one line here. */
export const RULES: readonly Rule[] = [];
