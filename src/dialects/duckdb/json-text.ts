/** A JSON value with the source text of its numbers, which JavaScript's own parser rounds. */
export type JsonValue =
  | { readonly kind: 'null' | 'true' | 'false' }
  | { readonly kind: 'number' | 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonValue> };

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const DEEPEST = 200;

/** Reads JSON (RFC 8259); undefined where the text is none. Of a name that stands twice in an object the last value holds. */
export function parseJson(text: string): JsonValue | undefined {
  const reader = { text, at: 0 };
  const value = readValue(reader, 0);
  if (!value) return undefined;
  skipBlanks(reader);
  return reader.at === text.length ? value : undefined;
}

/** The source text of every element of a JSON array, one after the other; false where the text is no array. */
export function* parseItems(text: string): Generator<JsonValue | false> {
  const reader = { text, at: 0 };
  skipBlanks(reader);
  if (!accept(reader, '[')) {
    yield false;
    return;
  }
  if (!accept(reader, ']')) {
    for (;;) {
      const value = readValue(reader, 1);
      yield value ?? false;
      if (!value) return;
      if (accept(reader, ']')) break;
      if (!accept(reader, ',')) {
        yield false;
        return;
      }
    }
  }
  if (reader.at !== text.length) yield false;
}

interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (!match) return undefined;
  reader.at = pattern.lastIndex;
  return match[0];
}

function skipBlanks(reader: Reader): void {
  const { text } = reader;
  for (; ; reader.at++) {
    const code = text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
  }
}

function accept(reader: Reader, mark: string): boolean {
  skipBlanks(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at++;
  skipBlanks(reader);
  return true;
}

function readValue(reader: Reader, depth: number): JsonValue | undefined {
  if (depth > DEEPEST) return undefined;
  skipBlanks(reader);
  const first = reader.text[reader.at];
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readArray(reader, depth);
  if (first === '"') {
    const text = readString(reader);
    return text === undefined ? undefined : { kind: 'string', text };
  }
  for (const kind of ['null', 'true', 'false'] as const) {
    if (!reader.text.startsWith(kind, reader.at)) continue;
    reader.at += kind.length;
    return { kind };
  }
  const text = take(reader, NUMBER);
  return text === undefined ? undefined : { kind: 'number', text };
}

function readString(reader: Reader): string | undefined {
  const text = take(reader, STRING);
  if (text === undefined) return undefined;
  return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
}

function readArray(reader: Reader, depth: number): JsonValue | undefined {
  const items: JsonValue[] = [];
  accept(reader, '[');
  if (accept(reader, ']')) return { kind: 'array', items };
  for (;;) {
    const value = readValue(reader, depth + 1);
    if (!value) return undefined;
    items.push(value);
    if (accept(reader, ']')) return { kind: 'array', items };
    if (!accept(reader, ',')) return undefined;
  }
}

function readObject(reader: Reader, depth: number): JsonValue | undefined {
  const members = new Map<string, JsonValue>();
  accept(reader, '{');
  if (accept(reader, '}')) return { kind: 'object', members };
  for (;;) {
    const name = readString(reader);
    if (name === undefined || !accept(reader, ':')) return undefined;
    const value = readValue(reader, depth + 1);
    if (!value) return undefined;
    members.set(name, value);
    if (accept(reader, '}')) return { kind: 'object', members };
    if (!accept(reader, ',')) return undefined;
  }
}

/** JSON again, numbers as they were written. */
export function printJson(value: JsonValue): string {
  switch (value.kind) {
    case 'number':
      return value.text;
    case 'string':
      return JSON.stringify(value.text);
    case 'array':
      return `[${value.items.map(printJson).join(',')}]`;
    case 'object':
      return `{${[...value.members].map(([name, member]) => `${JSON.stringify(name)}:${printJson(member)}`).join(',')}}`;
    default:
      return value.kind;
  }
}
