import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { problemAt, TemplateError } from './problem.ts';

const LARGEST = 1_048_576;

/** The text of a template without its byte-order mark. Throws `TemplateError` that calls it `shown`. */
export async function readTemplate(path: string, shown: string): Promise<string> {
  const bytes = await firstBytes(path).catch((error: NodeJS.ErrnoException) => {
    throw new TemplateError(`the template "${shown}" cannot be read: ${reasonOf(error)}`);
  });
  if (bytes.length > LARGEST) throw new TemplateError(`the template "${shown}" has more than ${LARGEST} bytes`);
  if (!isUtf8(bytes)) throw problemAt(shown, { line: oddLine(bytes) }, 'the template is no text in UTF-8');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** One more than there may be: a device would go on forever. */
async function firstBytes(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: LARGEST })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : message;
}

/** A line break is no part of another character. */
function oddLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf('\n', start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
