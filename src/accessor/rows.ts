/** Rows of an iterator of batches, one by one; leaving the loop ends the iterator too, and so gives the connection back. */
export function rowsOf<Row>(batches: AsyncIterator<readonly Row[]>): AsyncIterableIterator<Row> {
  let batch: readonly Row[] = [];
  let next = 0;
  let over = false;
  const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
  const fetch = async (): Promise<IteratorResult<Row>> => {
    while (next >= batch.length) {
      const fetched = over ? done : await batches.next();
      if (fetched.done) {
        over = true;
        return done;
      }
      batch = fetched.value;
      next = 0;
    }
    return { done: false, value: batch[next++] as Row };
  };
  return {
    // A promise that is there already costs less than an async function for each row.
    next: () =>
      next < batch.length ? Promise.resolve({ done: false as const, value: batch[next++] as Row }) : fetch(),
    async return() {
      over = true;
      batch = [];
      await batches.return?.();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
