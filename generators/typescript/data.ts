import { type Code, type Layout, printCode } from '../code.ts';
import { literal } from './text.ts';

/** Plain data, as a constant of the module has it. Properties that are undefined are left out; their names are identifiers. */
export type Data = string | number | boolean | object;

const LAYOUT: Layout = { width: 120, step: 2 };

/** Properties of an object, a line each where they fit, indented by one step. */
export function propertiesText(properties: readonly (readonly [name: string, value: Code])[]): string {
  return properties
    .map(([name, value]) => {
      const key = `  ${name}: `;
      return `${key}${printCode(value, LAYOUT, 2, key.length, 1)},\n`;
    })
    .join('');
}

export function codeOf(data: Data): Code {
  if (typeof data === 'string') return literal(data);
  if (typeof data !== 'object') return String(data);
  if (isList(data)) {
    const items = data.map((each) => ({ value: codeOf(each) }));
    return { open: '[', close: ']', items, broken: data.length > 1 && data.every(isLarge) };
  }
  const entries = Object.entries(data) as readonly (readonly [name: string, value: Data | undefined])[];
  return objectOf(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, codeOf(value)] as const])));
}

export function objectOf(properties: readonly (readonly [name: string, value: Code])[]): Code {
  return {
    open: '{',
    close: '}',
    items: properties.map(([name, value]) => ({ key: `${name}: `, value })),
    spaced: true,
  };
}

/** Several objects of several properties stand a line each, even if they fit on one. */
function isLarge(data: Data): boolean {
  return typeof data === 'object' && !isList(data) && Object.keys(data).length > 1;
}

function isList(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}
