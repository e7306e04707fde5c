import type { Leaf } from '../../yaml/schema.ts';
import { NUMBER_LEAVES } from './numbers.ts';
import { SQL_LEAVES } from './sql.ts';
import { TEXT_LEAVES } from './text.ts';
import { TIME_LEAVES } from './times.ts';

/** Every kind of scalar that the schemas of contracts and of surety.yaml name by `leaf`. */
export const LEAVES: Readonly<Record<string, Leaf>> = {
  ...TEXT_LEAVES,
  ...NUMBER_LEAVES,
  ...TIME_LEAVES,
  ...SQL_LEAVES,
};
