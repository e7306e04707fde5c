import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import type { SourceFile } from './locate.ts';

/** The bytes of a file, unpacked where its name ends in `.gz`. Throws an error that names the file. */
export async function* readBytes(file: SourceFile): AsyncGenerator<Buffer> {
  const input = createReadStream(file.path, { highWaterMark: 1 << 20 });
  try {
    if (isPacked(file)) {
      const unpacked = createGunzip({ chunkSize: 1 << 18 });
      input.once('error', (error) => unpacked.destroy(error));
      yield* input.pipe(unpacked) as AsyncIterable<Buffer>;
    } else yield* input as AsyncIterable<Buffer>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EACCES' ? 'permission denied' : (message.split(', ')[0] ?? message);
    throw new Error(`${file.name}: ${why}`);
  } finally {
    input.destroy();
  }
}

export function isPacked(file: SourceFile): boolean {
  return /\.gz$/iu.test(file.name);
}

/**
 * An encoding, taken in two steps, so that a broken byte costs only its own record: `units` turns bytes into characters in which
 * delimiters, quotes and line ends can be found, `text` gives what a piece of them says, undefined where it is not in the encoding.
 */
export interface TextDecoding {
  readonly name: string;
  /** Whether DuckDB reads it by itself; `units` are then the file's bytes. */
  readonly native: boolean;
  units(bytes: Buffer): string;
  text(units: string): string | undefined;
}

/** The decoding of a file by the encoding that was named, else by its byte-order mark, else UTF-8. Undefined for an unknown name. */
export function textDecoding(encoding: string | undefined, start: Buffer): TextDecoding | undefined {
  const mark = start.subarray(0, 2).toString('hex');
  const marked = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  const name = (encoding ?? marked).toLowerCase().replace(/^(utf)_?(\d)/u, '$1-$2');
  if (name === 'utf-8' || name === 'us-ascii' || name === 'ascii') return utf8();
  if (['latin-1', 'latin1', 'iso-8859-1'].includes(name)) {
    return { name, native: false, units: (bytes) => bytes.toString('latin1'), text: (units) => units };
  }
  if (name.startsWith('utf-16')) return utf16(name === 'utf-16' ? (marked === 'utf-16be' ? marked : 'utf-16le') : name);
  if (!iconv.encodingExists(name)) return undefined;
  const decoder = iconv.getDecoder(name);
  return {
    name,
    native: false,
    units: (bytes) => decoder.write(bytes),
    text: (units) => (units.includes('\uFFFD') ? undefined : units),
  };
}

function utf8(): TextDecoding {
  return {
    name: 'utf-8',
    native: true,
    units: (bytes) => bytes.toString('latin1'),
    text: (units) => {
      if (!/[\x80-\xff]/u.test(units)) return units;
      const bytes = Buffer.from(units, 'latin1');
      return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
    },
  };
}

function utf16(name: string): TextDecoding {
  const decoder = new StringDecoder('utf16le');
  let odd: Buffer = Buffer.alloc(0);
  const swapped = (bytes: Buffer): Buffer => {
    const all = Buffer.concat([odd, bytes]);
    const even = all.length - (all.length % 2);
    odd = all.subarray(even);
    return Buffer.from(all.subarray(0, even)).swap16();
  };
  return {
    name,
    native: false,
    units: (bytes) => decoder.write(name === 'utf-16be' ? swapped(bytes) : bytes),
    text: (units) => (!/[\uD800-\uDFFF]/u.test(units) ? units : undefined),
  };
}

/** The characters of a file without its byte-order mark. */
export async function* readUnits(file: SourceFile, decoding: TextDecoding): AsyncGenerator<string> {
  let first = true;
  for await (const bytes of readBytes(file)) {
    const units = decoding.units(bytes);
    if (units === '') continue;
    yield first ? units.replace(/^(\uFEFF|\xEF\xBB\xBF)/u, '') : units;
    first = false;
  }
}
