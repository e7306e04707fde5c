/** A text as a literal, for places where DuckDB takes no bound value (reader options, settings). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
