/** `1,234,567` */
export function grouped(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 row`, `2 rows`, `1,200 rows` */
export function plural(count: number | bigint, word: string): string {
  return `${grouped(count)} ${String(count) === '1' ? word : `${word}s`}`;
}

/** The first of them, and how many more. */
export function listed(names: readonly string[], limit: number): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${grouped(names.length - limit)} more` : shown;
}
