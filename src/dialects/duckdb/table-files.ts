import { realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { TableFiles, TablePlace, WarehouseTarget } from '../../sql/dialect.ts';
import { databasePath } from './database-path.ts';
import { globSegment, hasGlob } from './glob.ts';
import { candidatesOf, locate } from './locate.ts';

/** The database file of a target with a `url`, else the files of the table. */
export async function tableFiles({ url }: WarehouseTarget, place: TablePlace): Promise<TableFiles> {
  const { location, folder } = place;
  if (url !== undefined) return { named: [databasePath(url, folder)], covers: () => false };
  if (location === undefined) {
    return { named: candidatesOf(place).map((name) => join(folder, name)), covers: () => false };
  }
  const pattern = resolve(folder, location);
  const found = await locate({ ...place, read: {} });
  // A link inside the pattern leads to files that the pattern does not spell.
  const named = [pattern, ...('reason' in found ? [] : found.map(({ path }) => path))];
  return { named, covers: hasGlob(location) ? await covering(pattern) : () => false };
}

/** A test of absolute paths against an absolute pattern, the links of its folders before the first wildcard resolved. */
async function covering(pattern: string): Promise<(path: string) => boolean> {
  const segments = pattern.split(sep);
  const first = segments.findIndex(hasGlob);
  const start = segments.slice(0, first).join(sep) || sep;
  const real = await realpath(start).catch(() => start);
  const whole = [...segmentsOf(real), ...segmentsOf(segments.slice(first).join(sep))];
  return (path) => fits(whole, segmentsOf(path));
}

function segmentsOf(path: string): readonly string[] {
  return path
    .normalize('NFC')
    .toLowerCase()
    .split(sep)
    .filter((segment) => segment !== '');
}

/** As files are found: hidden names only where the pattern begins with a dot, `**` for any folders, at the end for any file below. */
function fits([segment, ...pattern]: readonly string[], path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (segment === undefined || name === undefined) return segment === undefined && name === undefined;
  const isHidden = name.startsWith('.');
  if (segment === '**') {
    if (pattern.length === 0 ? rest.length === 0 : fits(pattern, path)) return true;
    return !isHidden && fits([segment, ...pattern], rest);
  }
  const isLike = !isHidden || segment.startsWith('.');
  return isLike && (hasGlob(segment) ? globSegment(segment)(name) : segment === name) && fits(pattern, rest);
}
