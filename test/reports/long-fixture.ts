import { EVERYTHING } from './gate-sources.ts';

/** 10 MB that begin with all that a terminal, a log, a browser or a platform would act on. */
export const LONG = Buffer.concat([Buffer.from(EVERYTHING), Buffer.alloc(10_000_000, 'x')]).toString();

/** What has a form of its own: words of a fixed list, codes, versions, days, hashes; and names of files, without which nothing is pointed at. */
const FORMED = new Set(
  ['verdict', 'severity', 'status', 'state', 'evidence', 'fingerprint', 'side', 'unit', 'of', 'surety', 'now'].concat(
    ['sunset', 'command', 'commit', 'asOf', 'profile', 'bump', 'direction', 'sql', 'types', 'models', 'writers'],
    ['concerns', 'expires', 'needs', 'file', 'rule', 'id', 'code'],
  ),
);

/** The same with 10 MB in place of each text, those that `kept` names excepted. */
export function lengthened<T>(value: T, kept: ReadonlySet<string> = FORMED): T {
  return changed(value, (key) => !kept.has(key));
}

/** The same with 10 MB in place of the texts of this name alone. */
export function lengthenedOnly<T>(value: T, name: string): T {
  return changed(value, (key) => key === name);
}

function changed<T>(value: T, isLong: (key: string) => boolean, under = ''): T {
  if (typeof value === 'string') return (isLong(under) ? LONG : value) as T;
  if (Array.isArray(value)) return value.map((each) => changed(each, isLong, under)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each, isLong, key)])) as T;
}
