import { appendFile, open } from 'node:fs/promises';
import type { AppendedReport, ReportOf, ResultKind } from '../../reports/report.ts';
import { systemMessage } from '../util/system-error.ts';
import { visible } from '../util/visible.ts';
import { identityOf } from './output-file.ts';
import { has } from './output-options.ts';
import type { Shell } from './verb.ts';

/**
 * Appends what a report wants appended to the file that the environment names, unless that file is an output itself. What cannot be
 * appended is a warning: the result does not depend on it.
 */
export async function appendReport<Kind extends ResultKind>(
  { report, variable, limit }: AppendedReport,
  kind: Kind,
  written: ReadonlySet<string>,
  { env, stderr }: Shell,
  render: (report: ReportOf<Kind>) => string | Promise<string>,
): Promise<void> {
  const path = env[variable];
  if (!path || !has(report, kind) || written.has(await identityOf(path))) return;
  const problem = await append(path, await render(report), limit);
  if (problem !== undefined)
    stderr.write(`warning: nothing is appended to "${visible(path)}" (${variable}): ${visible(problem)}\n`);
}

async function append(path: string, text: string, limit: number): Promise<string | undefined> {
  const { size, isOpen } = await endOf(path).catch(() => ({ size: 0, isOpen: false }));
  // Else the report would go on in the last line of what another step wrote.
  const added = isOpen ? `\n${text}` : text;
  if (size + Buffer.byteLength(added) > limit) return `it would have more than ${limit} bytes`;
  return appendFile(path, added).then(() => undefined, systemMessage);
}

/** Bytes of a file, and whether its last line has no line break. */
async function endOf(path: string): Promise<{ readonly size: number; readonly isOpen: boolean }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) return { size, isOpen: false };
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return { size, isOpen: buffer.toString('latin1') !== '\n' };
  } finally {
    await file.close();
  }
}
