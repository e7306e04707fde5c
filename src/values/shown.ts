import { visible } from '../util/visible.ts';

const LIMIT = 60;
const OPEN = ['public', 'internal'];

/** Prints a value into a message. */
export type Show = (value: unknown) => string;

/** Whether values of a class may not stand in messages. */
export function isMasked(classification: string | undefined): boolean {
  return classification !== undefined && !OPEN.includes(classification);
}

/** How values of a class are shown: cut and without invisible characters, or `‹pii›` where they are personal. */
export function showOf(classification: string | undefined): Show {
  if (!isMasked(classification)) return shown;
  const mask = `‹${visible(classification ?? '', LIMIT)}›`;
  return () => mask;
}

function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${visible(value, LIMIT)}"`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return visible(String(value), LIMIT);
    case 'object':
      return kindOf(value);
    default:
      return `a ${typeof value}`;
  }
}

function kindOf(value: object | null): string {
  if (value === null) return 'null';
  if (value instanceof Date) return 'a Date';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return Array.isArray(value) ? 'a list' : 'an object';
}
