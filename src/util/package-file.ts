import { readFileSync } from 'node:fs';

/** A text file of the package, by its path from the package's folder; throws what the file system says where there is none. */
export function readPackageFile(path: string): string {
  // The folder is two up in the sources and three in the build.
  try {
    return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  } catch {
    return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  }
}
