import type { Json } from './yaml.ts';

type Properties = { readonly [key: string]: Json | undefined };

/** Without what is absent or empty, at any depth; a text may be empty. */
export function compact(properties: Properties): Properties {
  const entries = Object.entries(properties).flatMap(([key, value]) => {
    const kept = value === undefined ? undefined : filled(value);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(entries);
}

function filled(value: Json): Json | undefined {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.length > 0 ? value : undefined;
  const inside = compact(value);
  return Object.keys(inside).length > 0 ? inside : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
