import { resolve } from 'node:path';

/** Absolute path of the database file that a url names, relative to `folder`. */
export function databasePath(url: string, folder: string): string {
  return resolve(folder, url.replace(/^duckdb:(\/\/)?/u, ''));
}
