import type { CheckKind } from './check.ts';
import { column } from './column.ts';
import { expect } from './expect.ts';
import { extraColumns } from './extra-columns.ts';
import { failingRows } from './failing-rows.ts';
import { freshness } from './freshness.ts';
import { invalid } from './invalid.ts';
import { key } from './key.ts';
import { later } from './later.ts';
import { metric } from './metric.ts';
import { missing } from './missing.ts';
import { readable } from './readable.ts';
import { references } from './references.ts';
import { referencesColumns } from './references-columns.ts';
import { required } from './required.ts';
import { retention } from './retention.ts';
import { rows } from './rows.ts';
import { type } from './type.ts';
import { unique } from './unique.ts';
import { uniqueColumns } from './unique-columns.ts';

/** All kinds of checks, in the order in which they are reported. */
export const CHECK_KINDS = [
  readable,
  rows,
  column,
  type,
  extraColumns,
  key,
  required,
  missing,
  invalid,
  unique,
  references,
  freshness,
  retention,
  expect,
  uniqueColumns,
  referencesColumns,
  metric,
  failingRows,
  later,
] as const satisfies readonly CheckKind[];
