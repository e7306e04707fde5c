/** A number as it is to stand in the text, with all its digits. */
export interface RawNumber {
  readonly raw: string;
}

/** JSON whose objects keep the order of their keys, whatever the keys are. */
export type Json = null | boolean | string | RawNumber | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

const WIDTH = 120;

/** An object of the entries that are there. */
export function object(...entries: readonly (readonly [string, Json | undefined] | undefined)[]): JsonObject {
  return new Map(entries.filter((entry) => entry?.[1] !== undefined) as [string, Json][]);
}

export function number(value: bigint | number | string): RawNumber {
  return { raw: String(value) };
}

/** JSON as a person lays it out: what fits on a line stands on one, except the outermost object and what `broken` names. */
export function printJson(json: JsonObject, broken: ReadonlySet<string>): string {
  const print = (value: Json, indent: string, used: number, open: boolean): string => {
    if (!isContainer(value)) return inline(value);
    const line = inline(value);
    if (!open && indent.length + used + line.length + 1 <= WIDTH) return line;
    const inner = `${indent}  `;
    if (Array.isArray(value) && !value.some(isContainer)) {
      return `[\n${filled(value, inner)}\n${indent}]`;
    }
    if (Array.isArray(value)) {
      const items = (value as readonly Json[]).map((item) => inner + print(item, inner, 0, false));
      return `[\n${items.join(',\n')}\n${indent}]`;
    }
    const members = [...(value as JsonObject)].map(([key, member]) => {
      const name = `${quoted(key)}: `;
      return inner + name + print(member, inner, name.length, broken.has(key) && isFull(member));
    });
    return `{\n${members.join(',\n')}\n${indent}}`;
  };
  return `${print(json, '', 0, true)}\n`;
}

function isContainer(value: Json): value is readonly Json[] | JsonObject {
  return Array.isArray(value) || value instanceof Map;
}

/** As many items a line as fit. */
function filled(items: readonly Json[], indent: string): string {
  const lines: string[] = [];
  for (const item of items.map(inline)) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + last.length + item.length + 3 <= WIDTH)
      lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(item);
  }
  return lines.map((line) => indent + line).join(',\n');
}

function isFull(value: Json): boolean {
  return value instanceof Map && value.size > 0;
}

function inline(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inline).join(', ')}]`;
  if (!(value instanceof Map)) return (value as RawNumber).raw;
  const members = [...(value as JsonObject)].map(([key, member]) => `${quoted(key)}: ${inline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Without the characters that JavaScript and terminals take for more than text. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
