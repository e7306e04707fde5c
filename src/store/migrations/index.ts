import { runs } from './0001-runs.ts';
import type { Migration } from './migration.ts';

/** All migrations in their order; the number of the last one is the version of the store. */
export const MIGRATIONS: readonly Migration[] = [runs];
