/** Inserts rows in as few statements as the engines' limit of bound values allows. */
export async function insert(
  run: (sql: string, values: readonly (string | null)[]) => Promise<unknown>,
  into: string,
  rows: readonly (readonly (string | null)[])[],
  placeholder: (column: number, value: number) => string,
): Promise<void> {
  const width = rows[0]?.length ?? 0;
  const many = Math.max(1, Math.floor(60_000 / Math.max(1, width)));
  for (let from = 0; from < rows.length; from += many) {
    const part = rows.slice(from, from + many);
    const lists = part.map((row, at) => `(${row.map((_, column) => placeholder(column, at * width + column + 1))})`);
    await run(`insert into ${into} values ${lists.join(', ')}`, part.flat());
  }
}
