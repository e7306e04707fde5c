import { nearest } from '../util/nearest.ts';

/** A hint that names the nearest of the known names, else the remedy. */
export function didYouMean(name: string, known: Iterable<string>, remedy: string): string {
  const near = nearest(name, [...known]);
  return near === undefined ? remedy : `did you mean "${near}"?`;
}
