import type { Progress } from '../engine/verify.ts';
import { cells, takeFirst, textOf } from '../util/cells.ts';
import type { Output } from './verb.ts';

/** Where nobody says how wide the terminal is. */
const USUAL_WIDTH = 80;
const WIPE = '\r\u001b[K';

/** Does work under one line of progress that is written over, on a terminal only; the line is gone when the work ends, however it ends. */
export async function withProgress<Result>(
  output: Output,
  work: (listening: { readonly onProgress?: (progress: Progress) => void }) => Promise<Result>,
): Promise<Result> {
  if (!output.isTerminal) return work({});
  try {
    return await work({ onProgress: (progress) => output.write(`${WIPE}${progressLine(progress, output.columns)}`) });
  } finally {
    output.write(WIPE);
  }
}

/** Narrower than the terminal: in its last column some would wrap. */
export function progressLine({ done, total, contract, table }: Progress, columns?: number): string {
  const width = columns || USUAL_WIDTH;
  const line = cells(`${done} of ${total} tables: ${contract} ${table}`);
  const fitting = takeFirst(line, width - 1);
  return fitting.length === line.length ? textOf(line) : `${textOf(takeFirst(line, width - 2))}…`;
}
