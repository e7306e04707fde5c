import { appendFile, stat } from 'node:fs/promises';
import type { Report, ReportOf, ResultKind } from '../../reports/report.ts';
import { visible } from '../util/visible.ts';
import { identityOf } from './output-file.ts';
import { has } from './output-options.ts';
import type { Shell } from './verb.ts';

/**
 * Appends what a report wants appended to the file that the environment names, unless that file is an output itself. What cannot be
 * appended is a warning: the result does not depend on it.
 */
export async function appendReport<Kind extends ResultKind>(
  { appended }: Report,
  kind: Kind,
  written: ReadonlySet<string>,
  { env, stderr }: Shell,
  render: (report: ReportOf<Kind>) => string | Promise<string>,
): Promise<void> {
  const path = appended && env[appended.variable];
  if (!path || !has(appended.report, kind) || written.has(await identityOf(path))) return;
  const text = await render(appended.report);
  const problem = await append(path, text, appended.limit);
  if (problem !== undefined)
    stderr.write(`warning: nothing is appended to "${visible(path)}" (${appended.variable}): ${visible(problem)}\n`);
}

async function append(path: string, text: string, limit: number): Promise<string | undefined> {
  const before = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (before + Buffer.byteLength(text) > limit) return `it would have more than ${limit} bytes`;
  return appendFile(path, text).then(
    () => undefined,
    ({ message }: Error) => message,
  );
}
