import { isUtf8 } from 'node:buffer';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import { visible } from '../util/visible.ts';
import { DISK, type Files, MAX_SOURCE_BYTES, type Unreadable } from './files.ts';
import { locator } from './locate.ts';

export { MAX_SOURCE_BYTES };

/** Reads a text file of at most 1 MiB as UTF-8 without its byte-order mark; `name` is what people see in messages. */
export async function readSource(path: string, name: string, files: Files = DISK): Promise<SourceFile | Diagnostic> {
  const bytes = await files.bytes(path);
  return 'reason' in bytes ? unreadable(bytes, name) : decodeSource(bytes, name);
}

/** The text of a file's bytes, or why they are not a text in UTF-8. */
export function decodeSource(bytes: Uint8Array, name: string): SourceFile | Diagnostic {
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  const file = { name, text };
  if (!isUtf8(bytes)) {
    const { index, offset } = firstBadByte(decoded, bytes);
    const hex = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
    return {
      ...refusal(name, 'invalid-utf8', `byte 0x${hex} at offset ${offset} is not UTF-8`, 'save the file as UTF-8'),
      at: locator(file)(index - (decoded.length - text.length), index + 1 - (decoded.length - text.length)),
    };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    return {
      ...refusal(name, 'nul-character', 'a NUL character has no place in a text file', 'remove it'),
      at: locator(file)(nul, nul + 1),
    };
  }
  return file;
}

/** The decoder puts U+FFFD where a byte is bad; one that stands in the file itself is not meant. */
function firstBadByte(decoded: string, bytes: Uint8Array): { readonly index: number; readonly offset: number } {
  let offset = 0;
  let last = 0;
  for (let index = decoded.indexOf('\ufffd'); index >= 0; index = decoded.indexOf('\ufffd', index + 1)) {
    offset += Buffer.byteLength(decoded.slice(last, index));
    last = index;
    const genuine = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!genuine) return { index, offset };
  }
  return { index: decoded.length, offset: bytes.length };
}

function unreadable(why: Unreadable, name: string): Diagnostic {
  switch (why.reason) {
    case 'missing':
      return refusal(name, 'missing-file', `${quoted(name)} does not exist`, 'check the path');
    case 'not-a-file':
      return refusal(name, 'not-a-file', `${quoted(name)} is not a file`);
    case 'too-large': {
      const message = `${quoted(name)} has ${why.size} bytes, at most ${MAX_SOURCE_BYTES} (1 MiB) are read`;
      return refusal(name, 'file-too-large', message, 'split it into several files');
    }
    case 'failed':
      return refusal(
        name,
        'unreadable-file',
        `${quoted(name)} cannot be read${why.why ? ` (${why.why})` : ''}`,
        why.hint,
      );
  }
}

function refusal(name: string, kebab: string, message: string, hint?: string): Diagnostic {
  const at = { file: name, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { code: `yaml/${kebab}`, severity: 'error', message, ...(hint ? { hint } : {}), at };
}

function quoted(name: string): string {
  return `"${visible(name)}"`;
}
