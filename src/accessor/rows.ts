/** Rows of an iterator of batches, one by one; leaving the loop ends the iterator too, and so gives the connection back. */
export function rowsOf<Row>(batches: AsyncIterator<readonly Row[]>): AsyncIterableIterator<Row> {
  let batch: readonly Row[] = [];
  let next = 0;
  let over = false;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
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
  // One after the other: several readers may share the rows, each row for one of them.
  const queued = async (): Promise<IteratorResult<Row>> => {
    waiting += 1;
    const fetched = last.then(fetch, fetch);
    last = fetched;
    try {
      return await fetched;
    } finally {
      waiting -= 1;
    }
  };
  return {
    // A promise that is there already costs less than an async function for each row.
    next: () =>
      waiting === 0 && next < batch.length
        ? Promise.resolve({ done: false as const, value: batch[next++] as Row })
        : queued(),
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
