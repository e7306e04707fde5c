import type { Progress } from '../engine/verify.ts';
import { cells, takeFirst, textOf } from '../util/cells.ts';
import { takesEscapes } from './output-options.ts';
import type { Shell } from './verb.ts';

/** Where nobody says how wide the terminal is. */
const USUAL_WIDTH = 80;
const WIPE = '\r\u001b[K';

/**
 * Measures `total` tables under one line of progress that is written over, on a terminal only; the line is there from the start and gone
 * when the work ends, however it ends.
 */
export async function withProgress<Result>(
  { stderr, env }: Pick<Shell, 'stderr' | 'env'>,
  total: number,
  work: (listening: { readonly onProgress?: (progress: Progress) => void }) => Promise<Result>,
): Promise<Result> {
  if (!takesEscapes(stderr, env)) return work({});
  const show = (text: string) => stderr.write(`${WIPE}${fitting(text, stderr.columns)}`);
  show(`measuring ${total} ${total === 1 ? 'table' : 'tables'}`);
  try {
    return await work({ onProgress: (progress) => show(progressText(progress)) });
  } finally {
    stderr.write(WIPE);
  }
}

function progressText({ done, total, contract, table }: Progress): string {
  return `measured ${done} of ${total} ${total === 1 ? 'table' : 'tables'}: ${contract} ${table}`;
}

/** Narrower than the terminal: in its last column some would wrap. */
export function fitting(text: string, columns?: number): string {
  const width = columns || USUAL_WIDTH;
  const line = cells(text);
  const shown = takeFirst(line, width - 1);
  return shown.length === line.length ? textOf(line) : `${textOf(takeFirst(line, width - 2))}…`;
}
