/** `schema.table` in its parts; those with odd characters stand in double quotes, a quote inside them twice. */
export function splitLocation(location: string): readonly string[] {
  return [...location.matchAll(/"((?:[^"]|"")*)"|[^."]+/gu)].map(
    ([part, quoted]) => quoted?.replaceAll('""', '"') ?? part,
  );
}
