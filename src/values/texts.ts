import { refusal, type ScalarOptions, type ScalarReader } from './scalar.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const ANY_CASE = new RegExp(UUID.source, 'i');
const HEX = /^\\x(?:[0-9a-f]{2})*$/i;

/** string */
export function textReader({ show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return (raw) => (typeof raw === 'string' ? raw : refuse(raw, 'is not a text'));
}

/** Lower case. */
export function uuidReader({ show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return (raw) => {
    if (typeof raw === 'string') {
      if (UUID.test(raw)) return raw;
      return ANY_CASE.test(raw)
        ? raw.toLowerCase()
        : refuse(raw, 'is not a uuid', 'write 8-4-4-4-12 hexadecimal digits');
    }
    const stored = typeof raw === 'object' && raw !== null && 'hugeint' in raw ? raw.hugeint : undefined;
    return typeof stored === 'bigint' ? printUuid(stored) : refuse(raw, 'is not a uuid');
  };
}

/** DuckDB stores uuids as signed numbers of 128 bits, the first bit flipped. */
function printUuid(stored: bigint): string {
  const hex = BigInt.asUintN(128, stored ^ (1n << 127n))
    .toString(16)
    .padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A Uint8Array of its own; from bytes, or PostgreSQL's `\x` and hexadecimal digits. */
export function bytesReader({ show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return (raw) => {
    if (raw instanceof Uint8Array) return new Uint8Array(raw);
    const bytes = typeof raw === 'object' && raw !== null && 'bytes' in raw ? raw.bytes : undefined;
    if (bytes instanceof Uint8Array) return new Uint8Array(bytes);
    if (typeof raw === 'string' && HEX.test(raw)) return new Uint8Array(Buffer.from(raw.slice(2), 'hex'));
    return refuse(raw, 'is not bytes', 'give a Uint8Array, or \\x and hexadecimal digits');
  };
}
